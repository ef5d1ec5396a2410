import { StoredConflict, type RecordFilter, type Vrf, type VrfStore } from '@cloudpam/pools';
import { recordMatcher } from './record-matcher';
import { byText, isPartOf, pageOf } from './page-of';
import type { Tables } from './stores';

/** VRFs over a Map. */
export class MemoryVrfStore implements VrfStore {
  constructor(private readonly tables: Tables) {}

  async get(id: number): Promise<Vrf | undefined> {
    return this.tables.vrfs.get(id);
  }

  async lock(id: number): Promise<Vrf | undefined> {
    return this.tables.vrfs.get(id);
  }

  async list(
    filter: RecordFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: Vrf[]; total: number }> {
    const { text } = filter;
    const fits = recordMatcher(this.tables, filter, 'vrfId');
    const found = this.tables.vrfs
      .all()
      .filter(
        (vrf) =>
          fits(vrf) &&
          (text === undefined || isPartOf(text, vrf.name, vrf.rd ?? '', vrf.description)),
      );
    return pageOf(
      found.sort((a, b) => byText(a.name, b.name)),
      page,
      pageSize,
    );
  }

  async insert(vrf: Omit<Vrf, 'id'>): Promise<Vrf> {
    const stored = { ...vrf, id: this.tables.vrfs.takeId() };
    this.check(stored);
    this.tables.vrfs.set(stored.id, stored);
    return stored;
  }

  async save(vrf: Vrf): Promise<void> {
    this.check(vrf);
    this.tables.vrfs.update(vrf.id, () => vrf);
  }

  async remove(id: number): Promise<void> {
    if (this.uses(id) > 0) throw new StoredConflict('vrf_in_use');
    this.tables.vrfs.delete(id);
  }

  async useCount(id: number): Promise<number> {
    return this.uses(id);
  }

  private uses(id: number): number {
    return (
      this.tables.pools.all().filter((pool) => pool.vrfId === id).length +
      this.tables.networks.all().filter((network) => network.vrfId === id).length
    );
  }

  private check(vrf: Vrf): void {
    for (const other of this.tables.vrfs.all()) {
      if (other.id === vrf.id) continue;
      if (other.name === vrf.name) throw new StoredConflict('vrf_name');
      if (vrf.rd !== null && other.rd === vrf.rd) throw new StoredConflict('vrf_rd');
    }
  }
}
