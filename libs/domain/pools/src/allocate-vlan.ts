import { write, type Change, type UnitOfWork } from '@cloudpam/audit';
import { PoolError } from './pool-error';
import { checkNamed, recordNotFound } from './pool-rules';
import type { PoolStores } from './pool-stores';
import { formatVidRanges, freeVids } from './vid-ranges';
import { checkFitsGroup, VLANS, type Vlan } from './vlan';
import { VLAN_GROUPS } from './vlan-group';

/** What a user sets of a VLAN whose id is chosen. */
export type NewVlanInGroup = Pick<Vlan, 'name' | 'description'>;

/** Takes the lowest free VLAN id of a group, and makes a VLAN with it. */
export class AllocateVlan {
  constructor(private readonly unitOfWork: UnitOfWork<PoolStores>) {}

  /** @throws PoolError `vlan_group_not_found` | `vlan_group_exhausted` | `name_taken` | `invalid_field` */
  execute(change: Change, groupId: number, { name, description }: NewVlanInGroup): Promise<Vlan> {
    checkNamed({ name, description });
    return write(this.unitOfWork, change, async (stores) => {
      // Whoever else takes one of the group waits here, on any server.
      const group = await stores.vlanGroups.lock(groupId);
      if (!group) throw recordNotFound(VLAN_GROUPS, groupId);
      const others = await stores.vlans.inGroup(group.name);
      const [free] = freeVids(
        group.vidRanges,
        others.map(({ vid }) => vid),
      );
      if (!free)
        throw new PoolError(
          'vlan_group_exhausted',
          `The VLAN group ${group.name} has no free VLAN id: all of ${formatVidRanges(group.vidRanges)} ` +
            'are taken. Widen its ranges, or delete VLANs that nobody needs.',
        );
      const [vid] = free;
      checkFitsGroup({ vid, name }, group, others);
      const vlan = await stores.vlans.insert({
        ...{ vid, name, description, group: group.name, groupId },
        ...{ version: 1, createdAt: change.at, updatedAt: change.at },
      });
      await stores.audit.append(VLANS.tell(change, null, vlan));
      return vlan;
    });
  }
}
