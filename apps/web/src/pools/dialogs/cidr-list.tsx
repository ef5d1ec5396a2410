import { Badge, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';

const SHOWN = 12;

/** Blocks that a dry run gave; a long list is cut and counted. */
export function CidrList({ cidrs, label, stale = false, children }: CidrListProps) {
  return (
    <div
      role="status"
      aria-label={label}
      aria-busy={stale}
      style={{ opacity: stale ? 0.5 : 1, minHeight: 44 }}
    >
      <Text size="xs" fw={500} mb={4}>
        {label}
      </Text>
      {children}
      <Group gap={6}>
        {cidrs.slice(0, SHOWN).map((cidr) => (
          <Badge key={cidr} variant="outline" size="md" color="teal" className="mono" radius="sm">
            {cidr}
          </Badge>
        ))}
        {cidrs.length > SHOWN && (
          <Text size="xs" c="dimmed" title={cidrs.slice(SHOWN).join(', ')}>
            and {cidrs.length - SHOWN} more, up to <span className="mono">{cidrs.at(-1)}</span>
          </Text>
        )}
      </Group>
    </div>
  );
}

interface CidrListProps {
  readonly cidrs: readonly string[];
  readonly label: string;
  readonly stale?: boolean;
  readonly children?: ReactNode;
}
