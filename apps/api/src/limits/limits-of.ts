import type { Limits } from '@cloudpam/identity';
import { PoolError } from '@cloudpam/pools';
import type { Storage } from '../storage/storage';

/** @throws PoolError `pool_not_found` for a pool that is not there; accounts may come later */
export async function checkLimitPools(
  { unitOfWork }: Storage,
  pools: Limits['pools'] | undefined,
): Promise<void> {
  if (!pools) return;
  const known = new Set(
    (await unitOfWork.read((stores) => stores.pools.getMany(pools))).map((pool) => pool.id),
  );
  const unknown = pools.find((each) => !known.has(each));
  if (unknown !== undefined)
    throw new PoolError('pool_not_found', `There is no pool ${unknown}.`, { field: 'pools' });
}
