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

  /** A page of those in a pool and in no pool below it. @throws PoolError `pool_not_found` */
  ofPool(poolId: number, filter: AddressFilter, page: AddressPage): Promise<AddressList> {
    return this.reader.read(async (stores) => {
      if (!(await stores.pools.get(poolId))) throw poolNotFound(poolId);
      return stores.addresses.list({ ...filter, poolId }, page);
    });
  }

  /** The addresses of a pool that nobody gets. @throws PoolError `pool_not_found` */
  async forbidden(poolId: number): Promise<ForbiddenAddress[]> {
    const pool = await this.reader.read((stores) => stores.pools.get(poolId));
    if (!pool) throw poolNotFound(poolId);
    return forbiddenIn(pool);
  }
}
