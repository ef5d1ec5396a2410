import type { Reader } from '@cloudpam/audit';
import { poolNotFound } from '../pool-rules';
import type { PoolReadStores } from '../pool-stores';
import type { AddressPage } from './address-record';
import type { RangeFilter, RangeList, RangeRecord } from './range-record';
import { rangeNotFound } from './range-rules';

/** Queries of ranges. */
export class ReadRanges {
  constructor(private readonly reader: Reader<PoolReadStores>) {}

  /** @throws PoolError `range_not_found` */
  async get(id: number): Promise<RangeRecord> {
    const record = await this.reader.read((stores) => stores.ranges.get(id));
    if (!record) throw rangeNotFound(id);
    return record;
  }

  /** A page of those that fit the filter. */
  list(filter: RangeFilter, page: AddressPage): Promise<RangeList> {
    return this.reader.read((stores) => stores.ranges.list(filter, page));
  }

  /** Whether there is such a range. */
  async has(id: number): Promise<boolean> {
    return (await this.reader.read((stores) => stores.ranges.getMany([id]))).length > 0;
  }

  /** A page of those in a pool and in no pool below it. @throws PoolError `pool_not_found` */
  ofPool(poolId: number, filter: RangeFilter, page: AddressPage): Promise<RangeList> {
    return this.reader.read(async (stores) => {
      if (!(await stores.pools.get(poolId))) throw poolNotFound(poolId);
      return stores.ranges.list({ ...filter, poolId }, page);
    });
  }
}
