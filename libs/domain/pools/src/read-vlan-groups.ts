import type { Reader } from '@cloudpam/audit';
import { recordNotFound } from './pool-rules';
import type { PoolStores } from './pool-stores';
import { freeVids, vidCount, type VidRange } from './vid-ranges';
import { VLAN_GROUPS } from './vlan-group';

/** The VLAN ids of a group that no VLAN has. */
export interface FreeVids {
  readonly ranges: readonly VidRange[];
  readonly count: number;
  /** The lowest one, which is taken next; null where there is none. */
  readonly next: number | null;
}

/** What is asked of VLAN groups beside what is asked of every record. */
export class ReadVlanGroups {
  constructor(private readonly reader: Reader<Pick<PoolStores, 'vlanGroups' | 'vlans'>>) {}

  /** @throws PoolError `vlan_group_not_found` */
  free(id: number): Promise<FreeVids> {
    return this.reader.read(async ({ vlanGroups, vlans }) => {
      const group = await vlanGroups.get(id);
      if (!group) throw recordNotFound(VLAN_GROUPS, id);
      const taken = (await vlans.inGroup(group.name)).map(({ vid }) => vid);
      const ranges = freeVids(group.vidRanges, taken);
      return { ranges, count: vidCount(ranges), next: ranges[0]?.[0] ?? null };
    });
  }
}
