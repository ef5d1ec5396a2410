import { Text } from '@mantine/core';
import type { Dismissal } from '../api/wire-discovery';

/** Who ignored a finding, why, and until when. */
export function IgnoredNote({ ignored: { by, reason, until } }: { ignored: Dismissal }) {
  return (
    <Text size="xs" c="dimmed">
      Ignored by {by}
      {until && <> until {new Date(until).toLocaleDateString()}</>}: {reason}
    </Text>
  );
}
