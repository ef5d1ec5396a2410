import { ALL_VIDS, hasVid, vidOutsideGroup, VLAN_GROUPS, type VlanGroup } from '@cloudpam/pools';
import type { ImportedVlanGroup } from './import-row';
import type { KnownAccounts } from './known-accounts';
import type { KnownVlans } from './known-vlans';
import type { PlannedRows } from './planned-rows';
import { RecordTargets, type RecordTarget, type RowPlace } from './record-targets';
import { problemOf, RowProblem } from './row-problem';

/** VLAN groups as rows tell and name them: by name. */
export class KnownVlanGroups {
  readonly targets: RecordTargets<VlanGroup>;

  constructor(
    stored: readonly VlanGroup[],
    private readonly accounts: KnownAccounts,
  ) {
    this.targets = new RecordTargets<VlanGroup>(
      VLAN_GROUPS,
      { keysOf: ({ name }) => [nameKey(name)] },
      stored,
    );
  }

  /** Takes a row of a VLAN group. */
  take(item: ImportedVlanGroup, place: RowPlace): RecordTarget<VlanGroup> | RowProblem | 'same' {
    const { account: named, set } = item;
    const account = named ? this.accounts.named(named, place) : undefined;
    if (account instanceof RowProblem) return account;
    return this.targets.take({
      target: this.named(set.name),
      set: { ...set, ...(named === undefined ? {} : { accountId: account?.id ?? null }) },
      fresh: {
        name: set.name,
        description: '',
        vidRanges: ALL_VIDS,
        accountId: null,
        site: null,
        vlanCount: 0,
      },
      account,
      history: item.history,
      ...place,
    });
  }

  /** The group of a name, whether it is stored or will be. */
  named(name: string): RecordTarget<VlanGroup> | undefined {
    return name === '' ? undefined : this.targets.with(nameKey(name))[0];
  }
}

function nameKey(name: string): string {
  return `name:${name}`;
}

/**
 * Refuses what does not fit between VLANs and their groups once all rows are taken: of a VLAN that a row
 * changes its row, else that of the group.
 * @param rowOf the row that describes a record
 */
export function checkVlanGroups(
  groups: KnownVlanGroups,
  vlans: KnownVlans,
  rows: PlannedRows,
  rowOf: ReadonlyMap<unknown, number>,
): void {
  for (let isSettled = false; !isSettled;) {
    isSettled = true;
    for (const group of groups.targets.changed) {
      const problem = problemOfGroup(group, vlans);
      const at = rowOf.get(group);
      if (!problem || at === undefined) continue;
      rows.refuse(at, problem, group.id ?? undefined);
      groups.targets.takeBack(group);
      isSettled = false;
    }
    for (const vlan of vlans.targets.changed) {
      const problem = vlans.problemInGroup(vlan.fields, vlan);
      const at = rowOf.get(vlan);
      if (!problem || at === undefined) continue;
      rows.refuse(at, problem, vlan.id ?? undefined);
      vlans.targets.takeBack(vlan);
      isSettled = false;
    }
  }
}

/** What VLANs that are stored have against a group as it will be. */
function problemOfGroup(
  { stored, fields }: RecordTarget<VlanGroup>,
  vlans: KnownVlans,
): RowProblem | undefined {
  const inIt = vlans.storedIn(stored?.name ?? fields.name);
  const outside = inIt.filter(({ vid }) => !hasVid(fields.vidRanges, vid));
  if (outside.length > 0) return problemOf(vidOutsideGroup(fields, outside, 'vid_ranges'));
  const names = new Set(inIt.map(({ name }) => name));
  if (names.size === inIt.length) return undefined;
  return new RowProblem(
    'duplicate_row',
    `VLANs that have the group ${fields.name} here share a name; in a VLAN group names are unique. Rename them first.`,
    'name',
  );
}
