import type { AccessScope } from '@cloudpam/audit';
import type { PoolReadStores, RangeRecord } from '@cloudpam/pools';
import type { Stores } from '../../storage/storage';
import { isRangeInScope, rangesAsVisible } from '../entities/range-access';
import { visibleLeaves } from './visible-leaves';

/** What can be read of ranges. */
export type VisibleRanges = PoolReadStores['ranges'];

/** Ranges of the access scope. */
export function visibleRanges({ ranges, pools }: Stores, accessScope: AccessScope): VisibleRanges {
  const visible = (records: readonly RangeRecord[]): Promise<RangeRecord[]> =>
    rangesAsVisible(
      accessScope,
      pools,
      records.filter((record) => isRangeInScope(accessScope, record)),
    );
  return {
    ...visibleLeaves(ranges, pools, accessScope, visible),
    ofPools: async (poolIds) => visible(await ranges.ofPools(poolIds)),
  };
}
