import { StoredConflict, type RecordFilter, type Vlan, type VlanStore } from '@cloudpam/pools';
import { recordMatcher } from './record-matcher';
import { byText, isPartOf, pageOf } from './page-of';
import type { Tables } from './stores';

/** VLANs over a Map. */
export class MemoryVlanStore implements VlanStore {
  constructor(private readonly tables: Tables) {}

  async get(id: number): Promise<Vlan | undefined> {
    return this.tables.vlans.get(id);
  }

  async lock(id: number): Promise<Vlan | undefined> {
    return this.tables.vlans.get(id);
  }

  async list(
    filter: RecordFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: Vlan[]; total: number }> {
    const { text } = filter;
    const fits = recordMatcher(this.tables, filter, 'vlanId');
    const found = this.tables.vlans
      .all()
      .filter(
        (vlan) =>
          fits(vlan) &&
          (text === undefined ||
            String(vlan.vid) === text ||
            isPartOf(text, vlan.name, vlan.group, vlan.description)),
      );
    return pageOf(
      found.sort((a, b) => byText(a.group, b.group) || a.vid - b.vid),
      page,
      pageSize,
    );
  }

  async insert(vlan: Omit<Vlan, 'id'>): Promise<Vlan> {
    const stored = { ...vlan, id: this.tables.vlans.takeId() };
    this.check(stored);
    this.tables.vlans.set(stored.id, stored);
    return stored;
  }

  async save(vlan: Vlan): Promise<void> {
    this.check(vlan);
    this.tables.vlans.update(vlan.id, () => vlan);
  }

  async remove(id: number): Promise<void> {
    if (this.uses(id) > 0) throw new StoredConflict('vlan_in_use');
    this.tables.vlans.delete(id);
  }

  async useCount(id: number): Promise<number> {
    return this.uses(id);
  }

  private uses(id: number): number {
    return this.tables.pools.all().filter((pool) => pool.vlanId === id).length;
  }

  private check(vlan: Vlan): void {
    const taken = this.tables.vlans
      .all()
      .some(
        (other) => other.id !== vlan.id && other.group === vlan.group && other.vid === vlan.vid,
      );
    if (taken) throw new StoredConflict('vlan_group_vid');
  }
}
