import type { Reader } from '@cloudpam/audit';
import type { PoolReadStores } from '../pool-stores';
import { poolNotFound } from '../pool-rules';
import type { AddressFilter, AddressList, AddressPage, AddressRecord } from './address-record';
import { addressNotFound, forbiddenIn, type ForbiddenAddress } from './address-rules';

/** Queries of address records. */
export class ReadAddresses {
  constructor(private readonly reader: Reader<PoolReadStores>) {}

  /** @throws PoolError `address_not_found` */
  async get(id: number): Promise<AddressRecord> {
    const record = await this.reader.read((stores) => stores.addresses.get(id));
    if (!record) throw addressNotFound(id);
    return record;
  }

  /** A page of those that fit the filter. */
  list(filter: AddressFilter, page: AddressPage): Promise<AddressList> {
    return this.reader.read((stores) => stores.addresses.list(filter, page));
  }

  /** Whether all of these exist. */
  async has(ids: readonly number[]): Promise<boolean> {
    const found = await this.reader.read((stores) => stores.addresses.getMany(ids));
    return found.length === new Set(ids).size;
  }

  /**
   * A page of those in a pool and in no pool below it, and which of its addresses nobody gets.
   * @throws PoolError `pool_not_found`
   */
  ofPool(
    poolId: number,
    filter: AddressFilter,
    page: AddressPage,
  ): Promise<AddressList & { readonly forbidden: readonly ForbiddenAddress[] }> {
    return this.reader.read(async (stores) => {
      const pool = await stores.pools.get(poolId);
      if (!pool) throw poolNotFound(poolId);
      const found = await stores.addresses.list({ ...filter, poolId }, page);
      return { ...found, forbidden: forbiddenIn(pool) };
    });
  }
}
