import {
  hasVid,
  StoredConflict,
  VLANS,
  type Vlan,
  type VlanFilter,
  type VlanGroup,
  type VlanInGroup,
  type VlanStore,
} from '@cloudpam/pools';
import { MemoryRecordStore } from './memory-record-store';
import { byText } from './page-of';
import type { Tables } from './stores';

/** VLANs over a Map. */
export class MemoryVlanStore extends MemoryRecordStore<Vlan, VlanFilter> implements VlanStore {
  constructor(tables: Tables) {
    super(tables, tables.vlans, VLANS);
  }

  async inGroup(group: string): Promise<VlanInGroup[]> {
    return this.rows
      .all()
      .filter((vlan) => vlan.group === group)
      .sort((a, b) => a.vid - b.vid)
      .map(({ id, vid, name }) => ({ id, vid, name }));
  }

  override async insert(vlan: Omit<Vlan, 'id'>): Promise<Vlan> {
    return super.insert({ ...vlan, groupId: this.groupNamed(vlan.group)?.id ?? null });
  }

  override async save(vlan: Vlan): Promise<void> {
    await super.save({ ...vlan, groupId: this.groupNamed(vlan.group)?.id ?? null });
  }

  protected override fits(vlan: Vlan, filter: VlanFilter): boolean {
    const { text, groupId, ...others } = filter;
    return (
      (groupId === undefined || vlan.groupId === groupId) &&
      super.fits(vlan, String(vlan.vid) === text ? others : filter)
    );
  }

  protected override texts({ name, group, description }: Vlan): readonly string[] {
    return [name, group, description];
  }

  protected override compare(a: Vlan, b: Vlan): number {
    return byText(a.group, b.group) || a.vid - b.vid;
  }

  protected override conflict(a: Vlan, b: Vlan): string | undefined {
    if (a.group !== b.group) return undefined;
    if (a.vid === b.vid) return 'group_vid';
    return a.groupId !== null && a.name === b.name ? 'group_name' : undefined;
  }

  protected override check(vlan: Vlan): void {
    super.check(vlan);
    const group = this.groupNamed(vlan.group);
    if (group && !hasVid(group.vidRanges, vlan.vid)) throw new StoredConflict('vlan_in_ranges');
  }

  private groupNamed(name: string): VlanGroup | undefined {
    return this.tables.vlanGroups.all().find((group) => group.name === name);
  }
}
