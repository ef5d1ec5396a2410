import type { AccessScope } from '@cloudpam/audit';
import type { PoolReadStores, RangeList, RangeRecord, RangeStore } from '@cloudpam/pools';
import type { Stores } from '../../storage/storage';
import { visiblePoolIds } from '../entities/pool-access';
import { isRangeInScope, rangesAsVisible } from '../entities/range-access';

/** What can be read of ranges. */
export type VisibleRanges = PoolReadStores['ranges'];

/** Stands in queries for a pool beyond the access scope: an id that no pool has. */
const NO_POOL = 0;

/** Ranges of the access scope. */
export function visibleRanges({ ranges, pools }: Stores, accessScope: AccessScope): VisibleRanges {
  const shown = (records: readonly RangeRecord[]): Promise<RangeRecord[]> =>
    rangesAsVisible(
      accessScope,
      pools,
      records.filter((record) => isRangeInScope(accessScope, record)),
    );
  const getMany = async (ids: readonly number[]): Promise<RangeRecord[]> =>
    shown(await ranges.getMany(ids));
  return {
    get: async (id) => (await getMany([id]))[0],
    getMany,
    list: async (...[filter, page]: Parameters<RangeStore['list']>): Promise<RangeList> => {
      const { poolId } = filter;
      const known =
        poolId === undefined || (await visiblePoolIds(accessScope, pools, [poolId])).has(poolId);
      const { items, ...rest } = await ranges.list(
        { ...filter, accessScope, ...(known ? {} : { poolId: NO_POOL }) },
        page,
      );
      return { items: await shown(items), ...rest };
    },
  };
}
