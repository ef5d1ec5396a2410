import { Code, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyText } from '../actions/copy-button';

/** Says that there is nothing, why, and what to do next. */
export function EmptyState({
  icon,
  title,
  children,
}: {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
}) {
  return (
    <Stack align="center" gap="xs" py={48} px="md" ta="center">
      <span style={{ color: 'var(--mantine-color-dimmed)' }} aria-hidden>
        {icon}
      </span>
      <Text fw={600} size="lg">
        {title}
      </Text>
      <Stack gap="sm" align="center" maw={640} c="dimmed">
        {children}
      </Stack>
    </Stack>
  );
}

/** The command that brings in what the clouds have, once or again and again, ready to copy. */
export function CollectorCommand({ mode }: { mode: 'run' | 'agent' }) {
  const command = `npm run collector -- ${mode} --provider aws --server ${window.location.origin} --token cpam_…`;
  return (
    <Group gap={4} wrap="nowrap" maw="100%">
      <Code block style={{ overflowX: 'auto', textAlign: 'left' }}>
        {command}
      </Code>
      <CopyText text={command} label="Copy collector command" />
    </Group>
  );
}
