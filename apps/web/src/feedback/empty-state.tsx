import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Says that there is nothing, why, and what to do next. */
export function EmptyState({
  icon,
  title,
  isPage = false,
  maxWidth = 640,
  children,
}: {
  icon: ReactNode;
  title: string;
  /** It is all that the page has: its title is that of the page. */
  isPage?: boolean;
  /** Pixels. */
  maxWidth?: number;
  children?: ReactNode;
}) {
  return (
    <Stack align="center" gap="xs" py={48} px="md" ta="center">
      <span style={{ color: 'var(--mantine-color-dimmed)' }} aria-hidden>
        {icon}
      </span>
      <Text fw={600} size="lg" m={0} component={isPage ? 'h1' : 'p'}>
        {title}
      </Text>
      <Stack gap="sm" align="center" maw={maxWidth} c="dimmed">
        {children}
      </Stack>
    </Stack>
  );
}
