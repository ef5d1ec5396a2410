import {
  chooseBlocks,
  familyBits,
  formatCidr,
  largestFree,
  type Cidr,
  type Family,
  type Strategy,
} from '@cloudpam/cidr';
import { write, writeTogether, type Change, type AccessScope } from '@cloudpam/audit';
import { allocateTogether } from './allocate-together';
import { keyInUse, livingPool, liveKeyOf, type KeyedRequest } from './live-key';
import { PoolError } from './pool-error';
import { hasUnlistedHosts } from './observed-space';
import type { LiveKey, Pool, PoolFields, PoolKind, Tags } from './pool';
import { checkReferences, poolNotFound } from './pool-rules';
import { StoredConflict } from './pool-store';
import type { PoolStores, PoolUnitOfWork } from './pool-stores';
import {
  checkedCount,
  hostsNotCounted,
  prefixLengthIn,
  rulesBroken,
  takeBlocks,
} from './take-blocks';

/** Which pools may be allocated from: all that match. */
export interface PoolSelector {
  readonly vrfId?: number;
  readonly kind?: PoolKind;
  readonly region?: string;
  readonly tags?: Tags;
  readonly family?: Family;
  readonly accessScope?: AccessScope;
}

/** Which blocks are asked for, and what the pools made of them are like. */
export interface AllocationRequest extends Partial<PoolFields> {
  readonly from: { readonly poolId: number } | { readonly selector: PoolSelector };
  /** Of the blocks to take, in the family's own bits; left out: what the rules of the pool say. */
  readonly prefixLength?: number;
  readonly name: string;
  /** How many blocks, all or none; default 1. */
  readonly count?: number;
  readonly strategy?: Strategy;
  /**
   * Also takes what looks free in a living subnet of a cloud, where hosts are that nobody has
   * counted.
   */
  readonly acceptUncountedHosts?: boolean;
}

/**
 * Takes the next free blocks of a pool, or of the first of several pools that has room, and makes
 * them pools. Free is what no pool and no discovered resource of the VRF covers, under the pool's
 * lock: no two callers ever get one block, on any number of servers.
 */
export class AllocateSubnet {
  constructor(private readonly unitOfWork: PoolUnitOfWork) {}

  /**
   * @throws PoolError `pool_not_found` | `no_matching_pool` | `pool_exhausted` (with the largest
   * free block) | `invalid_prefix_length` | ...
   */
  async execute(change: Change, request: AllocationRequest): Promise<Pool[]> {
    const { from } = request;
    if (!('poolId' in from))
      return write(this.unitOfWork, change, (stores) => allocate(stores, change, request));
    return writeTogether(this.unitOfWork, change, {
      key: `allocate from pool ${from.poolId}`,
      request,
      alone: allocate,
      together: (stores, asked) => allocateTogether(stores, from.poolId, asked),
    });
  }

  /**
   * Allocates one block for a key, once: while its pool lives, the same request finds it, and
   * nothing is written.
   * @throws PoolError as `execute`, and `key_in_use` when the key was asked for with another wish
   */
  async executeKeyed(
    change: Change,
    request: KeyedRequest,
  ): Promise<{ readonly pool: Pool; readonly created: boolean }> {
    const { key, accessScope, ...wish } = request;
    const liveKey = liveKeyOf(request);
    const attempt = (): Promise<{ readonly pool: Pool; readonly created: boolean }> =>
      write(this.unitOfWork, change, async (stores) => {
        const vrfId = await vrfOf(stores, wish.from);
        const living = livingPool(
          await stores.pools.byLiveKey(key, vrfId),
          liveKey,
          vrfId,
          accessScope,
        );
        if (living) return { pool: living, created: false };
        const [pool] = await allocate(stores, change, wish, liveKey);
        if (!pool) throw new PoolError('invalid_field', 'Nothing was allocated.', { field: 'key' });
        return { pool, created: true };
      });
    try {
      return await attempt();
    } catch (error) {
      // Somebody else was first with the key, in another pool: now it is there.
      if (!isLiveKeyTaken(error)) throw error;
      return attempt().catch((again: unknown) => {
        throw isLiveKeyTaken(again) ? keyInUse(key) : again;
      });
    }
  }
}

/** Whether a storage refused a row for its live key; each names the constraint in its own way. */
function isLiveKeyTaken(error: unknown): boolean {
  return error instanceof StoredConflict && error.constraint.includes('live_key');
}

/**
 * The VRF in which a key is looked for; undefined: in all that the selector may reach. The pool is
 * locked.
 */
async function vrfOf(
  stores: PoolStores,
  from: AllocationRequest['from'],
): Promise<number | undefined> {
  if ('selector' in from) return from.selector.vrfId;
  const [pool] = await stores.pools.lock([from.poolId]);
  if (!pool) throw poolNotFound(from.poolId);
  return pool.vrfId;
}

async function allocate(
  stores: PoolStores,
  change: Change,
  request: AllocationRequest,
  liveKey: LiveKey | null = null,
): Promise<Pool[]> {
  const count = checkedCount(request);
  await checkReferences(stores, [request]);
  const candidates =
    'poolId' in request.from
      ? [request.from.poolId]
      : await matching(stores, request.from.selector, request.prefixLength);
  let wanted = request.prefixLength ?? 0;
  let largest: Cidr | undefined;
  let uncounted: Pool | undefined;
  for (const id of candidates) {
    const [pool] = await stores.pools.lock([id]);
    if (!pool) {
      if ('poolId' in request.from) throw poolNotFound(id);
      continue;
    }
    if (request.acceptUncountedHosts !== true && (await hasUnlistedHosts(stores, pool))) {
      uncounted = pool;
      continue;
    }
    wanted = prefixLengthIn(pool, request);
    const broken = rulesBroken(pool, wanted, request);
    if (broken) {
      if (candidates.length > 1) continue;
      throw broken;
    }
    const [blocks, ids] = await Promise.all([
      choose(stores, pool, wanted, count, request.strategy ?? 'first_fit'),
      stores.pools.reserveIds(count),
    ]);
    if (blocks) {
      const [taken] = await takeBlocks(stores, pool, [{ change, request, blocks, liveKey }], ids);
      return taken ?? [];
    }
    const free = await stores.pools.freeBlocks(pool.id, {
      order: 'address',
      limit: 1,
      maxPrefixLength: familyBits(pool.cidr.family),
    });
    largest = largestFree([...free, ...(largest ? [largest] : [])]);
  }
  if (uncounted && largest === undefined) throw hostsNotCounted(uncounted);
  throw exhausted(candidates, wanted, count, largest);
}

async function matching(
  stores: PoolStores,
  selector: PoolSelector,
  asked: number | undefined,
): Promise<number[]> {
  const tags = Object.entries(selector.tags ?? {}).map(([key, value]) => [{ key, value }]);
  if (tags.length === 0 && !selector.region) {
    throw new PoolError('invalid_field', 'A selector names at least a tag or a region.', {
      field: 'selector',
    });
  }
  const { items } = await stores.pools.list(
    {
      vrfId: selector.vrfId,
      kind: selector.kind,
      region: selector.region,
      tags,
      accessScope: selector.accessScope,
    },
    { sort: [{ field: 'cidr', descending: false }], size: 500 },
  );
  const fitting = items.filter((pool) => {
    const prefixLength = asked ?? pool.rules?.defaultPrefixLength ?? 0;
    return (
      pool.cidr.prefixLength < prefixLength &&
      prefixLength <= familyBits(pool.cidr.family) &&
      (selector.family === undefined || pool.cidr.family === selector.family)
    );
  });
  if (fitting.length === 0) {
    throw new PoolError(
      'no_matching_pool',
      asked === undefined
        ? 'No pool matches the selector and has a default prefix length.'
        : `No pool matches the selector and is wider than /${asked}.`,
      { field: 'selector' },
    );
  }
  return fitting.map((pool) => pool.id);
}

/** The blocks that the strategy takes, or undefined when not all of them fit. */
async function choose(
  stores: PoolStores,
  pool: Pool,
  prefixLength: number,
  count: number,
  strategy: Strategy,
): Promise<Cidr[] | undefined> {
  const order = ({ first_fit: 'address', last_fit: 'address_desc', best_fit: 'size' } as const)[
    strategy
  ];
  // Of each prefix length, or smallest first, the first `count` blocks hold all that `count`
  // choices can need.
  const free = await stores.pools.freeBlocks(pool.id, {
    order,
    limit: count,
    maxPrefixLength: prefixLength,
  });
  return chooseBlocks(free, prefixLength, count, strategy)?.chosen;
}

function exhausted(
  candidates: readonly number[],
  prefixLength: number,
  count: number,
  largest: Cidr | undefined,
): PoolError {
  const where =
    candidates.length === 1
      ? `Pool ${candidates[0]}`
      : `None of the ${candidates.length} matching pools`;
  const no = candidates.length === 1 ? 'no ' : '';
  const wanted =
    count === 1
      ? `${no || 'a '}free /${prefixLength}`
      : `${no}room for ${count} blocks of /${prefixLength}`;
  const hint = largest
    ? `the largest free block is /${largest.prefixLength} (${formatCidr(largest)}).`
    : 'nothing in it is free.';
  return new PoolError(
    'pool_exhausted',
    `${where} has ${wanted}; ${hint}`,
    largest ? { largestFree: largest } : {},
  );
}
