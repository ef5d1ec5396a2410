import { isInScope, canonicalJson, type DiffValue, type AccessScope } from '@cloudpam/audit';
import type { AllocationRequest } from './allocate-subnet';
import type { LiveKey, Pool } from './pool';
import { PoolError } from './pool-error';
import { checkText } from './pool-rules';
import type { PoolStores } from './pool-stores';

/** Longest key that an allocation may carry, in characters. */
export const LIVE_KEY_LENGTH = 200;

/** An allocation that is made once for its key, as long as its pool lives. */
export interface KeyedRequest extends AllocationRequest {
  readonly key: string;
  /** What the caller may see; a living pool beyond it is not shown. */
  readonly accessScope?: AccessScope;
}

/** @throws PoolError `invalid_field` for a key that is none, and for more than one block */
export function liveKeyOf(request: KeyedRequest): LiveKey {
  checkText('key', request.key, LIVE_KEY_LENGTH, true);
  if ((request.count ?? 1) !== 1)
    throw new PoolError(
      'invalid_field',
      'An allocation with a key takes one block: leave count out.',
      {
        field: 'count',
      },
    );
  return { key: request.key, wish: wishOf(request) };
}

/** What is wished for, as text: two requests with the same text ask for the same. */
function wishOf({
  key: _key,
  accessScope: _reach,
  from,
  expiresAt,
  rules,
  ...fields
}: KeyedRequest): string {
  const selector =
    'selector' in from ? withoutUndefined({ ...from.selector, accessScope: undefined }) : undefined;
  return canonicalJson(
    withoutUndefined({
      ...fields,
      count: 1,
      strategy: fields.strategy ?? 'first_fit',
      from: 'poolId' in from ? { poolId: from.poolId } : { selector },
      expiresAt: expiresAt?.toISOString(),
      rules: rules && { ...rules },
    }),
  );
}

function withoutUndefined(fields: { readonly [name: string]: unknown }): {
  readonly [name: string]: DiffValue;
} {
  return Object.fromEntries(
    Object.entries(fields).filter((each): each is [string, DiffValue] => each[1] !== undefined),
  ); // numbers, texts and plain objects of them
}

/**
 * The living pool that a key was asked for with, or undefined when the key is free.
 * @param vrfId the VRF of the pools, where there is but one
 * @throws PoolError `key_in_use` when it was asked for with another wish, or its pool is not shown
 *   to the caller
 */
export function livingPool(
  pools: readonly Pool[],
  { key, wish }: LiveKey,
  vrfId: number | undefined,
  accessScope: AccessScope | undefined,
): Pool | undefined {
  const same = pools.find(
    (pool) => pool.liveKey?.wish === wish && (!accessScope || isInScope(accessScope, pool)),
  );
  // In another VRF another wish may have the key; where it is taken, the storage tells.
  if (same || pools.length === 0 || vrfId === undefined) return same;
  throw keyInUse(key);
}

/**
 * Whether the keys of pools are free in the VRF that they are to go to. @throws PoolError
 * `key_in_use`
 */
export async function checkLiveKeys(
  stores: PoolStores,
  pools: readonly Pool[],
  vrfId: number,
): Promise<void> {
  for (const { liveKey } of pools) {
    if (liveKey && (await stores.pools.byLiveKey(liveKey.key, vrfId)).length > 0)
      throw keyInUse(liveKey.key);
  }
}

/** @returns what is told to whom the key is refused */
export function keyInUse(key: string): PoolError {
  return new PoolError(
    'key_in_use',
    `The key ${JSON.stringify(key)} belongs to a living pool of the VRF that was asked for differently. ` +
      'Use that pool, repeat its request as it was, choose another key, or delete the pool.',
    { field: 'key' },
  );
}
