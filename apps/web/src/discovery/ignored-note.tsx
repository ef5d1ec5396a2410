import type { Schemas } from '@cloudpam/api-client';
import { Text } from '@mantine/core';

/** Who ignored a finding, why, and until when. */
export function IgnoredNote({ ignored: { by, reason, until } }: { ignored: Schemas['Dismissal'] }) {
  return (
    <Text size="xs" c="dimmed">
      Ignored by {by}
      {until && <> until {new Date(until).toLocaleDateString()}</>}: {reason}
    </Text>
  );
}
