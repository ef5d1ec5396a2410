import { PoolError } from './pool-error';
import { recordNotFound } from './pool-rules';
import type { PoolStores } from './pool-stores';
import { recordEventTypes, tellOf, type RecordKind } from './record';
import type { RecordFilter } from './record-filter';
import { hasVid, VID_LIMITS } from './vid-ranges';
import { vidOutsideGroup, VLAN_GROUPS, type VlanGroup } from './vlan-group';

/** A VLAN (IEEE 802.1Q), 1-4094, unique by vid within its group. */
export interface Vlan {
  readonly id: number;
  readonly vid: number;
  readonly name: string;
  /**
   * The name of its VLAN group, or of a site or switch fabric that has no record; vids are unique
   * inside it. Empty: the default group.
   */
  readonly group: string;
  /** The VLAN group of the name that `group` has; null where there is none. Stores derive it. */
  readonly groupId: number | null;
  readonly description: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

/** What a VLAN group knows of a VLAN that lies in it. */
export type VlanInGroup = Pick<Vlan, 'id' | 'vid' | 'name'>;

/** Which VLANs a list has: those that fit every given field. */
export interface VlanFilter extends RecordFilter {
  /** Those that lie in this VLAN group. */
  readonly groupId?: number;
}

/** VLANs, by group and vid in lists. */
export interface VlanStore {
  get(id: number): Promise<Vlan | undefined>;
  getMany(ids: readonly number[]): Promise<Vlan[]>;
  lock(id: number): Promise<Vlan | undefined>;
  /** Its texts are name, group and description, and the vid as a whole. */
  list(
    filter: VlanFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: Vlan[]; total: number }>;
  /** Those with exactly this text as their group, by vid. */
  inGroup(group: string): Promise<VlanInGroup[]>;
  /**
   * Gives the row with the VLAN group that it lies in.
   * @throws StoredConflict when group and vid are taken, in a VLAN group also when the name is, or
   *   when its ranges do not have the vid
   */
  insert(vlan: Omit<Vlan, 'id'>): Promise<Vlan>;
  /** @throws StoredConflict as `insert` */
  save(vlan: Vlan): Promise<void>;
  remove(id: number): Promise<void>;
  /** Pools that name the VLAN. */
  useCount(id: number): Promise<number>;
}

/** A VLAN's facts as its events tell them, in version 1. */
export type VlanFacts = {
  readonly vid: number;
  readonly name: string;
  readonly group: string;
  readonly description: string;
};

/** All that happens to VLANs. */
export const VLAN_EVENTS = recordEventTypes<'vlan', VlanFacts>('vlan');

/** VLANs, as records (IEEE 802.1Q). */
export const VLANS: RecordKind<Vlan, VlanFilter, 'vlan', 'vlans'> = {
  entity: 'vlan',
  list: 'vlans',
  title: 'VLAN',
  taken: 'vid',
  namedBy: ['pool'],
  users: 'pools',
  store: (stores) => stores.vlans,
  visible: (stores) => stores.vlans,
  tell: tellOf(
    'vlan',
    VLAN_EVENTS,
    () => null,
    ({ vid, name, group, description }: Vlan) => ({ vid, name, group, description }),
  ),
  check: ({ vid }) => {
    if (!Number.isInteger(vid) || vid < VID_LIMITS.min || vid > VID_LIMITS.max)
      throw new PoolError('invalid_field', 'vid must be from 1 to 4094 (IEEE 802.1Q).', {
        field: 'vid',
      });
  },
  settle: async (stores, vlan, before) => {
    const [name, group] = await groupOf(stores, vlan, before ?? NOWHERE);
    if (!group) return { ...vlan, group: name, groupId: null };
    const others = (await stores.vlans.inGroup(group.name)).filter(({ id }) => id !== before?.id);
    checkFitsGroup(vlan, group, others);
    return { ...vlan, group: group.name, groupId: group.id };
  },
};

/**
 * Checks a VLAN against its group; that the VLAN id is taken is left to the storage.
 * @param others that lie in the group
 * @throws PoolError `vid_outside_group` | `name_taken`
 */
export function checkFitsGroup(
  vlan: Pick<Vlan, 'vid' | 'name'>,
  group: Pick<VlanGroup, 'name' | 'vidRanges'>,
  others: readonly VlanInGroup[],
): void {
  if (!hasVid(group.vidRanges, vlan.vid)) throw vidOutsideGroup(group, [vlan], 'vid');
  const twin = others.find(({ name }) => name === vlan.name);
  if (twin && !others.some(({ vid }) => vid === vlan.vid))
    throw new PoolError(
      'name_taken',
      `VLAN ${twin.vid} of the group ${group.name} is called ${twin.name} already; in a ` +
        'VLAN group names are unique.',
      { field: 'name' },
    );
}

/** Where a VLAN lies before it is made. */
const NOWHERE = { group: '', groupId: null };

/**
 * The group that a VLAN is to have, locked: by its id or its name, whichever is to change.
 * @throws PoolError `vlan_group_not_found` | `invalid_field`
 */
async function groupOf(
  { vlanGroups }: PoolStores,
  { group: name, groupId }: Pick<Vlan, 'group' | 'groupId'>,
  before: Pick<Vlan, 'group' | 'groupId'>,
): Promise<[name: string, group: VlanGroup | undefined]> {
  const isById = groupId !== before.groupId;
  const isByName = name !== before.group;
  if (isById && groupId !== null) {
    const group = await vlanGroups.lock(groupId);
    if (!group) throw recordNotFound(VLAN_GROUPS, groupId, 'group_id');
    if (isByName && name !== group.name) throw twoGroups();
    return [group.name, group];
  }
  const wanted = isById && !isByName ? '' : name;
  if (wanted === '') return ['', undefined];
  const group = await vlanGroups.lockNamed(wanted);
  if (isById && group) throw twoGroups();
  return [wanted, group];
}

function twoGroups(): PoolError {
  return new PoolError(
    'invalid_field',
    'group and group_id mean different groups: give one of them.',
    { field: 'group_id' },
  );
}
