import type { Limits } from '@cloudpam/identity';
import { PoolError } from '@cloudpam/pools';
import { id, text, type Schema } from '../http/schema';
import type { Storage } from '../storage';

const MOST_ACCOUNTS = 1_000;
const MOST_POOLS = 100;

/** The limits of a token or user on the wire, both ways. */
export const LIMITS = {
  accounts: { type: ['array', 'null'], items: text(300), maxItems: MOST_ACCOUNTS },
  pools: { type: ['array', 'null'], items: id, maxItems: MOST_POOLS },
} as const satisfies Record<string, Schema>;

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
