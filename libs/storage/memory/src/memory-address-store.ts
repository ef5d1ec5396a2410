import { isInScope } from '@cloudpam/audit';
import { contains, type AddressRange, type Cidr } from '@cloudpam/cidr';
import {
  isMeant,
  StoredConflict,
  type AddressFilter,
  type AddressList,
  type AddressPage,
  type AddressRecord,
  type AddressStore,
} from '@cloudpam/pools';
import { byAddress } from './address-index';
import { joined } from './lookup';
import { addressCursor, cursorPage } from './page-of';
import type { Tables } from './stores';

/** Address records over Maps. */
export class MemoryAddressStore implements AddressStore {
  constructor(private readonly tables: Tables) {}

  async get(id: number): Promise<AddressRecord | undefined> {
    return this.tables.addresses.get(id);
  }

  async getMany(ids: readonly number[]): Promise<AddressRecord[]> {
    return this.tables.addresses.getMany(ids).sort(byAddress);
  }

  lock(ids: readonly number[]): Promise<AddressRecord[]> {
    return this.getMany(ids);
  }

  async list(filter: AddressFilter, page: AddressPage): Promise<AddressList> {
    const found = this.tables.addresses
      .all()
      .filter((record) => fits(record, filter))
      .sort(byAddress);
    return cursorPage(found, page, ({ id, cidr }) => addressCursor(id, cidr.first));
  }

  async equalTo(vrfId: number, hosts: readonly Cidr[]): Promise<AddressRecord[]> {
    const ids = hosts.flatMap(({ first }) => [
      ...this.tables.addressesByPlace.ids(joined(vrfId, first)),
    ]);
    return this.getMany(ids);
  }

  async inPool(
    vrfId: number,
    poolId: number | null,
    ranges: readonly AddressRange[],
  ): Promise<AddressRecord[]> {
    const all = await this.getMany([...this.tables.addressesByPool.ids(joined(poolId ?? 0))]);
    return all.filter(
      (record) => record.vrfId === vrfId && ranges.some((range) => contains(range, record.cidr)),
    );
  }

  async ofPools(poolIds: readonly number[]): Promise<AddressRecord[]> {
    return this.getMany(poolIds.flatMap((id) => [...this.tables.addressesByPool.ids(joined(id))]));
  }

  async insert(records: readonly Omit<AddressRecord, 'id'>[]): Promise<AddressRecord[]> {
    return records.map((record) => {
      const made = { ...record, id: this.tables.addresses.takeId() };
      this.put(made);
      return made;
    });
  }

  async save(records: readonly AddressRecord[]): Promise<void> {
    for (const record of records) if (this.tables.addresses.has(record.id)) this.put(record);
  }

  async setRange(ids: readonly number[], rangeId: number | null): Promise<void> {
    for (const id of ids) this.tables.addresses.update(id, (record) => ({ ...record, rangeId }));
  }

  async setPool(
    values: readonly { readonly id: number; readonly poolId: number | null }[],
  ): Promise<void> {
    for (const { id, poolId } of values)
      this.tables.addresses.update(id, (record) => ({ ...record, poolId }));
  }

  async remove(ids: readonly number[]): Promise<void> {
    for (const id of ids) this.tables.addresses.delete(id);
  }

  private put(record: AddressRecord): void {
    const place = joined(record.vrfId, record.cidr.first);
    for (const id of this.tables.addressesByPlace.ids(place))
      if (id !== record.id) throw new StoredConflict('address_unique');
    this.tables.addresses.set(record.id, record);
  }
}

function fits(record: AddressRecord, filter: AddressFilter): boolean {
  const { vrfId, accountId, poolId, rangeId, within, status, role, name } = filter;
  const { expiredAt, typed, accessScope } = filter;
  return (
    (vrfId === undefined || record.vrfId === vrfId) &&
    (accountId === undefined || record.accountId === accountId) &&
    (poolId === undefined || record.poolId === poolId) &&
    (rangeId === undefined || record.rangeId === rangeId) &&
    (!expiredAt || (record.expiresAt !== null && record.expiresAt <= expiredAt)) &&
    (!within || contains(within, record.cidr)) &&
    (!status || record.status === status) &&
    (!role || record.role === role) &&
    (name === undefined || record.name === name) &&
    (!typed || isMeant(typed, { ...record, names: [record.name, record.dnsName] })) &&
    (!accessScope || isInScope(accessScope, { ...record, kind: 'address' }))
  );
}
