import { isInScope } from '@cloudpam/audit';
import {
  hasVid,
  StoredConflict,
  VLAN_GROUPS,
  type RecordFilter,
  type Vlan,
  type VlanGroup,
  type VlanGroupStore,
} from '@cloudpam/pools';
import { MemoryRecordStore } from './memory-record-store';
import { byText } from './page-of';
import type { Tables } from './stores';

/** Groups of VLANs over a Map. */
export class MemoryVlanGroupStore
  extends MemoryRecordStore<VlanGroup, RecordFilter>
  implements VlanGroupStore
{
  constructor(tables: Tables) {
    super(tables, tables.vlanGroups, VLAN_GROUPS);
  }

  async lockNames(): Promise<void> {
    // There is one writer.
  }

  async lockNamed(name: string): Promise<VlanGroup | undefined> {
    const found = this.rows.all().find((group) => group.name === name);
    return found && this.lock(found.id);
  }

  override async insert(group: Omit<VlanGroup, 'id'>): Promise<VlanGroup> {
    this.checkVlans({ ...group, id: null }, this.vlansOf(group.name));
    const made = await super.insert(group);
    this.rename(this.vlansOf(group.name), made);
    return this.completed(made);
  }

  override async save(group: VlanGroup): Promise<void> {
    const before = this.rows.get(group.id);
    const vlans = before ? this.vlansOf(before.name) : [];
    if (before && before.name !== group.name && this.vlansOf(group.name).length > 0)
      throw new StoredConflict('vlan_group_vid_unique');
    this.checkVlans(group, vlans);
    await super.save(group);
    this.rename(vlans, group);
  }

  protected override get naming(): string {
    return 'groupId';
  }

  protected override texts({ name, site, description }: VlanGroup): readonly string[] {
    return [name, site ?? '', description];
  }

  protected override compare(a: VlanGroup, b: VlanGroup): number {
    return byText(a.name, b.name);
  }

  protected override conflict(a: VlanGroup, b: VlanGroup): string | undefined {
    return a.name === b.name ? 'name' : undefined;
  }

  protected override check(group: VlanGroup): void {
    super.check(group);
    if (group.accountId !== null && !this.tables.accounts.has(group.accountId))
      throw new StoredConflict('vlan_group_account');
  }

  protected override completed(group: VlanGroup, { accessScope }: RecordFilter = {}): VlanGroup {
    const vlans = this.vlansOf(group.name);
    const seen = accessScope
      ? new Set(
          this.tables.pools
            .all()
            .filter((pool) => isInScope(accessScope, pool))
            .map(({ vlanId }) => vlanId),
        )
      : undefined;
    return { ...group, vlanCount: vlans.filter(({ id }) => !seen || seen.has(id)).length };
  }

  private vlansOf(name: string): Vlan[] {
    return this.tables.vlans.all().filter(({ group }) => group === name);
  }

  private checkVlans(
    { vidRanges }: Pick<VlanGroup, 'vidRanges'> & { readonly id: number | null },
    vlans: readonly Vlan[],
  ): void {
    if (vlans.some(({ vid }) => !hasVid(vidRanges, vid)))
      throw new StoredConflict('vlan_in_ranges');
    if (new Set(vlans.map(({ name }) => name)).size < vlans.length)
      throw new StoredConflict('vlan_group_name_of_vlan');
  }

  private rename(vlans: readonly Vlan[], { id, name }: VlanGroup): void {
    for (const vlan of vlans)
      this.tables.vlans.update(vlan.id, (row) => ({ ...row, group: name, groupId: id }));
  }
}
