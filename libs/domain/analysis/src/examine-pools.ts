import { sameCidr, sibling, type Cidr } from '@cloudpam/cidr';
import type { UsageReader } from '@cloudpam/forecast';
import {
  followsCloud,
  haveSameRules,
  heldByRanges,
  hasUncountedHosts,
  hostUsagesOf,
  type HostCounts,
  type Pool,
  type PoolReadStores,
  type VrfStore,
} from '@cloudpam/pools';
import type { ExaminedPool } from './examined-pool';
import { IDLE_DAYS, isOutermostNetwork } from './recommend';
import { isUndersized, type Beside } from './sizing';

/** What examining pools reads: all of it, or what lies in an access scope. */
export interface ExamineStores {
  readonly pools: Pick<
    PoolReadStores['pools'],
    'getMany' | 'childrenWithin' | 'smallestContaining' | 'freeBlocks'
  >;
  readonly ranges: Pick<PoolReadStores['ranges'], 'ofPools'>;
  readonly discovery: HostCounts;
  readonly usage: Pick<UsageReader, 'days'>;
}

/** The VRFs of the domain of each VRF, itself among them, by its id; those that reach no other are left out. */
export type ReachableVrfs = ReadonlyMap<number, readonly number[]>;

const VRFS_AT_ONCE = 500;
/** VRFs of one domain that are looked through: each asks for the pools around every network. */
const MOST_OF_DOMAIN = 200;

/** Which VRFs can reach each other: those of one reachability domain. */
export async function reachableVrfs(vrfs: Pick<VrfStore, 'list'>): Promise<ReachableVrfs> {
  const domains = new Map<string, number[]>();
  for (let page = 1; ; page++) {
    const { items } = await vrfs.list({}, page, VRFS_AT_ONCE);
    for (const { id, reachabilityDomain } of items) {
      if (reachabilityDomain === null) continue;
      const ids = domains.get(reachabilityDomain) ?? [];
      if (ids.length < MOST_OF_DOMAIN) ids.push(id);
      domains.set(reachabilityDomain, ids);
    }
    if (items.length < VRFS_AT_ONCE) break;
  }
  return new Map(
    [...domains.values()]
      .filter((ids) => ids.length > 1)
      .flatMap((ids) => ids.map((id) => [id, ids] as const)),
  );
}

/** What recommendations about pools rest on, in a few statements whatever their number. */
export async function examinePools(
  stores: ExamineStores,
  pools: readonly Pool[],
  reachable: ReachableVrfs,
  today: number,
): Promise<ExaminedPool[]> {
  const window = { from: today - IDLE_DAYS, to: today };
  const ids = pools.map(({ id }) => id);
  const parentIds = new Set(pools.flatMap(({ parentId }) => parentId ?? []));
  const parents = new Map(
    (await stores.pools.getMany([...parentIds])).map((parent) => [parent.id, parent]),
  );
  const days = await stores.usage.days(ids, window);
  const held = await heldByRanges(stores, pools);
  const hosts = await hostUsagesOf(stores, pools);
  const parentOf = ({ parentId }: Pool): Pool | undefined =>
    parentId === null ? undefined : parents.get(parentId);
  const outermost = pools.filter((pool) => isOutermostNetwork(pool, parentOf(pool)));
  const elsewhere = await elsewhereOf(stores, outermost, reachable);
  return pools.map((pool) => ({
    pool,
    parent: parentOf(pool),
    days: days.get(pool.id) ?? [],
    hosts: hosts.get(pool.id) ?? null,
    hasRange: held.has(pool.id),
    elsewhere: elsewhere.get(pool.id) ?? [],
  }));
}

/** The networks of other VRFs that the addresses of pools also lie in. */
async function elsewhereOf(
  { pools: store }: ExamineStores,
  pools: readonly Pool[],
  reachable: ReachableVrfs,
): Promise<ReadonlyMap<number, readonly Pool[]>> {
  const asked = new Map<number, Pool[]>();
  for (const pool of pools)
    for (const vrfId of reachable.get(pool.vrfId) ?? []) {
      if (vrfId === pool.vrfId) continue;
      const some = asked.get(vrfId) ?? [];
      some.push(pool);
      asked.set(vrfId, some);
    }
  const found = new Map<number, Pool[]>();
  for (const [vrfId, some] of asked) {
    const around = await store.smallestContaining(
      vrfId,
      some.map(({ cidr }) => cidr),
    );
    for (const [at, pool] of some.entries()) {
      const other = around[at];
      if (!other || other.kind === 'container') continue;
      found.set(pool.id, [...(found.get(pool.id) ?? []), other]);
    }
  }
  return found;
}

/** Free blocks of a parent that are read at once; where there are more it is asked for each of its pools. */
const FREE_BLOCKS = 2_000;
/** The free blocks of parents that were asked for, for one page of pools. */
export type FreeOfParents = Map<number, readonly Cidr[]>;

/** What the other half of the block around a pool is; looked up only where the pool is undersized. */
export async function besideOf(
  { pools }: ExamineStores,
  examined: ExaminedPool,
  free: FreeOfParents,
): Promise<Beside> {
  const { pool, parent } = examined;
  const half = sibling(pool.cidr);
  // A pool as large as its parent would not lie in it.
  if (!parent || !half || pool.cidr.prefixLength - 1 <= parent.cidr.prefixLength) return 'taken';
  if (!isUndersized(examined)) return 'taken';
  const [only, ...more] = await pools.childrenWithin(pool.vrfId, parent.id, [half]);
  if (only)
    return more.length === 0 && sameCidr(only.cidr, half) && canBeTakenUp(only, pool)
      ? only
      : 'taken';
  return (await isFree(pools, parent.id, half, free)) ? 'free' : 'taken';
}

/** Whether a block is free as it is; the free space of a parent may have to be made, so it is asked for once. */
async function isFree(
  pools: ExamineStores['pools'],
  parentId: number,
  half: Cidr,
  free: FreeOfParents,
): Promise<boolean> {
  const known =
    free.get(parentId) ??
    (await pools.freeBlocks(parentId, { order: 'address', limit: FREE_BLOCKS }));
  free.set(parentId, known);
  if (known.some((block) => sameCidr(block, half))) return true;
  const last = known.at(-1);
  if (known.length < FREE_BLOCKS || !last || half.first <= last.first) return false;
  const [next] = await pools.freeBlocks(parentId, {
    order: 'address',
    limit: 1,
    after: half.first - 1n,
  });
  return next !== undefined && sameCidr(next, half);
}

/** Whether nothing is lost when a pool becomes part of another one. */
function canBeTakenUp(other: Pool, pool: Pool): boolean {
  return (
    other.kind === pool.kind &&
    other.childUsed === 0n &&
    haveSameRules(other.rules, pool.rules) &&
    !followsCloud(other) &&
    !hasUncountedHosts(other)
  );
}
