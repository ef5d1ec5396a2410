import { ACCOUNTS } from './account';
import { PoolError } from './pool-error';
import { checkStoredText, NAME_LENGTH, recordNotFound } from './pool-rules';
import { recordEventTypes, tellOf, type RecordKind } from './record';
import type { RecordFilter } from './record-filter';
import { formatVidRanges, hasVid, type VidRange } from './vid-ranges';
import type { VlanInGroup } from './vlan';

/** A group of VLANs: in it a VLAN id and a name are had once. The VLANs of its name lie in it. */
export interface VlanGroup {
  readonly id: number;
  /** Unique: VLANs name it. */
  readonly name: string;
  readonly description: string;
  /** The VLAN ids that its VLANs may have, in order, apart from each other. */
  readonly vidRanges: readonly VidRange[];
  /** The account that it is for; null: none, and then it may have a site. */
  readonly accountId: number | null;
  /** The site that it is for, as people call it; null: none. */
  readonly site: string | null;
  /**
   * How many VLANs lie in it; in a list with an access scope, those in the scope. Derived, never
   * written.
   */
  readonly vlanCount: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

/**
 * Groups of VLANs, by name in lists. A VLAN whose group has the name of one lies in it, whichever of
 * the two was there first.
 */
export interface VlanGroupStore {
  get(id: number): Promise<VlanGroup | undefined>;
  getMany(ids: readonly number[]): Promise<VlanGroup[]>;
  /** Locks the group until the end of the run: its ranges, and which VLANs lie in it. */
  lock(id: number): Promise<VlanGroup | undefined>;
  /**
   * Keeps others from making groups, renaming them, and from writing VLANs with groups, until the end of
   * the run. Not after `lockNamed`.
   */
  lockNames(): Promise<void>;
  /** Locks the group of a name; where there is none, there is none until the end of the run. */
  lockNamed(name: string): Promise<VlanGroup | undefined>;
  /** Its texts are name, site and description. */
  list(
    filter: RecordFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: VlanGroup[]; total: number }>;
  /** @throws StoredConflict when the name is taken, or does not fit the VLANs that have it */
  insert(group: Omit<VlanGroup, 'id'>): Promise<VlanGroup>;
  /**
   * Its VLANs take its name; a new one only after `lockNames`.
   * @throws StoredConflict when the name is taken, or a VLAN is not in the ranges
   */
  save(group: VlanGroup): Promise<void>;
  /** @throws StoredConflict when VLANs lie in it */
  remove(id: number): Promise<void>;
  /** VLANs that lie in it. */
  useCount(id: number): Promise<number>;
}

/** A group's facts as its events tell them, in version 1. */
export type VlanGroupFacts = {
  readonly name: string;
  readonly description: string;
  /** `100-199,300` */
  readonly vid_ranges: string;
  readonly account_id: number | null;
  readonly site: string | null;
};

/** All that happens to groups of VLANs. */
export const VLAN_GROUP_EVENTS = recordEventTypes<'vlan_group', VlanGroupFacts>('vlan_group');

/** VLANs that a message names. */
const NAMED = 5;

/** Groups of VLANs, as records. */
export const VLAN_GROUPS: RecordKind<VlanGroup, RecordFilter, 'vlan_group', 'vlan-groups'> = {
  entity: 'vlan_group',
  list: 'vlan-groups',
  title: 'VLAN group',
  taken: 'name',
  namedBy: ['vlan'],
  users: 'VLANs',
  store: (stores) => stores.vlanGroups,
  visible: (stores) => stores.vlanGroups,
  tell: tellOf(
    'vlan_group',
    VLAN_GROUP_EVENTS,
    () => null,
    (group: VlanGroup) => ({
      name: group.name,
      description: group.description,
      vid_ranges: formatVidRanges(group.vidRanges),
      account_id: group.accountId,
      site: group.site,
    }),
  ),
  check: ({ accountId, site }) => {
    checkStoredText('site', site, NAME_LENGTH);
    if (accountId !== null && site !== null)
      throw new PoolError(
        'invalid_field',
        'A VLAN group is for an account or for a site, not for both: set one of them to null.',
        { field: 'site' },
      );
  },
  settle: async (stores, group, before) => {
    const { accountId } = group;
    if (accountId !== null && !(await stores.accounts.get(accountId)))
      throw recordNotFound(ACCOUNTS, accountId, 'account_id');
    const vlans = before ? await stores.vlans.inGroup(before.name) : [];
    checkInRanges(group, vlans);
    if (before?.name === group.name) return { ...group, vlanCount: vlans.length };
    await stores.vlanGroups.lockNames();
    const named = await stores.vlans.inGroup(group.name);
    if (before && named.length > 0)
      throw new PoolError(
        'name_taken',
        `VLANs have the group ${group.name} already: ${namesOf(named)}. Choose another name.`,
        { field: 'name' },
      );
    checkInRanges(group, named);
    checkNamesDiffer(group, named);
    return { ...group, vlanCount: vlans.length + named.length };
  },
};

/** The error for a VLAN id that its group does not have. @param field of the request */
export function vidOutsideGroup(
  group: Pick<VlanGroup, 'name' | 'vidRanges'>,
  vlans: readonly Pick<VlanInGroup, 'vid' | 'name'>[],
  field: string,
): PoolError {
  return new PoolError(
    'vid_outside_group',
    `The VLAN group ${group.name} has the VLAN ids ${formatVidRanges(group.vidRanges)}, and not ` +
      `${vlans.length === 1 ? 'that' : 'those'} of ${namesOf(vlans)}.`,
    { field },
  );
}

function checkInRanges(
  group: Pick<VlanGroup, 'name' | 'vidRanges'>,
  vlans: readonly VlanInGroup[],
): void {
  const outside = vlans.filter(({ vid }) => !hasVid(group.vidRanges, vid));
  if (outside.length > 0) throw vidOutsideGroup(group, outside, 'vid_ranges');
}

/** Of VLANs that lie in a group from now on. */
function checkNamesDiffer({ name }: Pick<VlanGroup, 'name'>, vlans: readonly VlanInGroup[]): void {
  const seen = new Map(vlans.map((vlan) => [vlan.name, vlan]));
  const double = vlans.find((vlan) => seen.get(vlan.name) !== vlan);
  if (double)
    throw new PoolError(
      'name_taken',
      `Several VLANs that have the group ${name} are called ${double.name}; in a VLAN group names ` +
        'are unique. Rename them first.',
      { field: 'name' },
    );
}

/** `100 voice, 101 video, ...` for messages; at most five. */
function namesOf(vlans: readonly Pick<VlanInGroup, 'vid' | 'name'>[]): string {
  const named = vlans
    .slice(0, NAMED)
    .map(({ vid, name }) => `${vid} ${name}`)
    .join(', ');
  return vlans.length > NAMED ? `${named} and ${vlans.length - NAMED} more` : named;
}
