import { isInScope } from '@cloudpam/audit';
import { contains, overlaps, type AddressRange, type Cidr } from '@cloudpam/cidr';
import {
  isMeant,
  type AddressPage,
  type RangeFilter,
  type RangeList,
  type RangeRecord,
  type RangeStore,
} from '@cloudpam/pools';
import { joined } from './lookup';
import { locatedRange } from './memory-record-store';
import { addressCursor, cursorPage } from './page-of';
import type { Tables } from './stores';

/** Ranges over Maps. */
export class MemoryRangeStore implements RangeStore {
  constructor(private readonly tables: Tables) {}

  async get(id: number): Promise<RangeRecord | undefined> {
    return this.tables.ranges.get(id);
  }

  async getMany(ids: readonly number[]): Promise<RangeRecord[]> {
    return this.tables.ranges.getMany(ids).sort(byFirst);
  }

  lock(ids: readonly number[]): Promise<RangeRecord[]> {
    return this.getMany(ids);
  }

  async list(filter: RangeFilter, page: AddressPage): Promise<RangeList> {
    const found = this.tables.ranges
      .all()
      .filter((record) => fits(record, filter))
      .sort(byFirst);
    return cursorPage(found, page, ({ id, span }) => addressCursor(id, span.first));
  }

  async at(vrfId: number, hosts: readonly Cidr[]): Promise<(RangeRecord | undefined)[]> {
    const ofVrf = this.tables.ranges.all().filter((record) => record.vrfId === vrfId);
    return hosts.map((host) => ofVrf.find(({ span }) => contains(span, host)));
  }

  async inPool(
    vrfId: number,
    poolId: number | null,
    spans: readonly AddressRange[],
  ): Promise<RangeRecord[]> {
    const all = await this.getMany([...this.tables.rangesByPool.ids(joined(poolId ?? 0))]);
    return all.filter(
      (record) => record.vrfId === vrfId && spans.some((span) => contains(span, record.span)),
    );
  }

  async ofPools(poolIds: readonly number[]): Promise<RangeRecord[]> {
    return this.getMany(poolIds.flatMap((id) => [...this.tables.rangesByPool.ids(joined(id))]));
  }

  async insert(records: readonly Omit<RangeRecord, 'id'>[]): Promise<RangeRecord[]> {
    return records.map((record) => {
      const made = { ...record, id: this.tables.ranges.takeId() };
      this.tables.ranges.set(made.id, made);
      return made;
    });
  }

  async save(records: readonly RangeRecord[]): Promise<void> {
    for (const record of records) this.tables.ranges.update(record.id, () => record);
  }

  async setPool(
    values: readonly { readonly id: number; readonly poolId: number | null }[],
  ): Promise<void> {
    for (const { id, poolId } of values)
      this.tables.ranges.update(id, (record) => ({ ...record, poolId }));
  }

  async remove(ids: readonly number[]): Promise<void> {
    const gone = new Set(ids);
    for (const { id, rangeId } of this.tables.addresses.all())
      if (rangeId !== null && gone.has(rangeId))
        this.tables.addresses.update(id, (record) => ({ ...record, rangeId: null }));
    for (const id of ids) this.tables.ranges.delete(id);
  }
}

function fits(record: RangeRecord, filter: RangeFilter): boolean {
  const { vrfId, poolId, purpose, touching, within, name, typed, endedAt, accessScope } = filter;
  return (
    (vrfId === undefined || record.vrfId === vrfId) &&
    (poolId === undefined || record.poolId === poolId) &&
    (!purpose || record.purpose === purpose) &&
    (name === undefined || record.name === name) &&
    (!touching || overlaps(touching, record.span)) &&
    (!within || contains(within, record.span)) &&
    (!typed || isMeant(typed, { ...record, names: [record.name], cidr: record.span })) &&
    (!endedAt || (record.until !== null && record.until <= endedAt)) &&
    (!accessScope || isInScope(accessScope, locatedRange(record)))
  );
}

function byFirst(a: RangeRecord, b: RangeRecord): number {
  return a.span.first < b.span.first ? -1 : a.span.first > b.span.first ? 1 : a.id - b.id;
}
