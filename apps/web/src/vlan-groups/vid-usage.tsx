import type { Schemas } from '@cloudpam/api-client';
import { plural } from '../format/counts';

/** How many VLAN ids of a group VLANs have: `57 of 100 ids taken`. */
export function VidUsage({
  group: { vlan_count, vid_count },
}: {
  group: Pick<Schemas['VlanGroup'], 'vlan_count' | 'vid_count'>;
}) {
  return (
    <>
      {vlan_count} of {plural(vid_count, 'id')} taken
    </>
  );
}
