import type { Schemas } from '@cloudpam/api-client';
import { Text } from '@mantine/core';
import { previewVlanGroup } from '../api/vlan-groups';
import { ProblemAlert } from '../feedback/problem-alert';
import { plural } from '../format/counts';
import { usePreview } from '../pools/dialogs/use-preview';
import type { PreviewProps } from '../records/record-dialog';

/** What becomes of a VLAN group and its VLANs with what is typed; the server is asked. */
export function VlanGroupPreview({ record, body }: PreviewProps<Schemas['VlanGroup']>) {
  const isAsked = Object.keys(body).length > 0 && (record !== undefined || 'name' in body);
  const preview = usePreview(
    'vlan-group',
    isAsked ? { id: record?.id, body } : undefined,
    (asked, signal) => previewVlanGroup(asked.id, asked.body, signal),
  );
  const group = preview.data;
  const effects = group ? effectsOf(record, group) : [];
  return (
    <>
      {effects.length > 0 && (
        <Text size="sm" role="status" opacity={preview.stale ? 0.6 : 1}>
          {effects.join(' ')}
        </Text>
      )}
      <ProblemAlert error={preview.error} />
    </>
  );
}

function effectsOf(
  before: Schemas['VlanGroup'] | undefined,
  { name, vid_ranges, vid_count, vlan_count }: Schemas['VlanGroup'],
): readonly string[] {
  const vlans = plural(vlan_count, 'VLAN');
  const effects: string[] = [];
  if (!before && vlan_count > 0)
    effects.push(
      `${vlans} that ${vlan_count === 1 ? 'has' : 'have'} this name as group will lie in it.`,
    );
  if (before && before.name !== name && vlan_count > 0)
    effects.push(`${vlans} will be in ${name}.`);
  if (before?.vid_ranges !== vid_ranges)
    effects.push(`It will have ${plural(vid_count, 'VLAN id')}, ${vid_count - vlan_count} free.`);
  return effects;
}
