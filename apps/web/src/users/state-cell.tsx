import type { Schemas } from '@cloudpam/api-client';
import { Badge, Text } from '@mantine/core';
import { TimeAgo } from '../format/time-ago';

const WHY_REFUSED =
  'None of their groups had a role at the last login or check. They were not let in, and all ' +
  'their sessions ended.';

/** Whether a person may come in, and if not, since when and why. */
export function StateCell({ user: { active, refused_at: refusedAt } }: { user: Schemas['User'] }) {
  if (!active) return <Badge color="red">deactivated</Badge>;
  if (refusedAt === null) return <Badge color="teal">active</Badge>;
  return (
    <div title={WHY_REFUSED}>
      <Badge color="orange">no role</Badge>
      <Text size="xs" c="dimmed">
        refused <TimeAgo at={refusedAt} />, sessions ended
      </Text>
    </div>
  );
}
