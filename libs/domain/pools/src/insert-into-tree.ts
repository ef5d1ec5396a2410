import type { Change } from '@cloudpam/audit';
import { compareCidrs, contains, type Cidr } from '@cloudpam/cidr';
import { leavesInside, settleLeaves } from './addresses/follow-tree';
import { takeBack } from './addresses/quarantine';
import type { RangeRecord } from './addresses/range-record';
import { crossedRanges } from './addresses/range-rules';
import type { Pool } from './pool';
import { placePools, type Placement, type PoolToPlace } from './place-pools';
import type { PoolStores } from './pool-stores';

type TreeStores = Pick<PoolStores, 'pools' | 'vrfs' | 'addresses' | 'ranges'>;

/** What is in the way of pools, by the id of the pool. */
export type InTheWay = ReadonlyMap<number, Pool | PoolToPlace | RangeRecord>;

/**
 * Puts new pools into the tree of a VRF: finds their parents, reparents the pools and addresses that they
 * contain, keeps the usage of all parents. Locks the VRF, then every parent, so that nothing moves between the
 * look and the write.
 * @param pools complete but for parentId and childUsed, ids from `reserveIds`
 * @param accepts sees the conflicts and decides: false writes nothing
 * @param takenBackBy gets what it holds in quarantine back where pools are written; without it that is in the way
 * @returns the pools that were written, in the order given, and the conflicts by id
 */
export async function insertIntoTree(
  stores: TreeStores & Pick<PoolStores, 'audit'>,
  vrfId: number,
  pools: readonly Pool[],
  accepts: (placement: Placement) => boolean = () => true,
  takenBackBy?: Change,
): Promise<{ inserted: Pool[]; conflicts: InTheWay }> {
  await stores.vrfs.lock(vrfId);
  const around = await lockAround(stores, vrfId, pools);
  const cidrs = pools.map(({ cidr }) => cidr);
  const crossed = await crossedRanges(stores, vrfId, cidrs, takenBackBy);
  const fitting = crossed.size === 0 ? pools : pools.filter((_, at) => !crossed.has(at));
  const placement = placePools(fitting, around);
  const conflicts: InTheWay = new Map<number, Pool | PoolToPlace | RangeRecord>([
    ...placement.conflicts,
    ...[...crossed].map(([at, range]) => [pools[at]?.id ?? 0, range] as const),
  ]);
  const inserted: Pool[] = [];
  if (!accepts(placement)) return { inserted, conflicts };
  for (const pool of fitting) {
    const place = placement.placed.get(pool.id);
    if (place) inserted.push({ ...pool, ...place });
  }
  if (takenBackBy)
    await takeBack(
      stores,
      takenBackBy,
      vrfId,
      inserted.map(({ cidr }) => cidr),
    );
  await adopt(stores, placement);
  // None waits for another: they go out together.
  const [leaves] = await Promise.all([
    leavesInside(stores, vrfId, inserted),
    stores.pools.insert(inserted),
    addUsage(stores, placement.usage, around),
  ]);
  await settleLeaves(stores, vrfId, leaves);
  return { inserted, conflicts };
}

/**
 * The stored pools around those to place, parents locked. The VRF is locked by the caller. What is placed inside
 * another one is looked for only where something stored lies inside that: else nothing can be between the two.
 */
export async function lockAround(
  stores: TreeStores,
  vrfId: number,
  poolsToPlace: readonly PoolToPlace[],
): Promise<Pool[]> {
  const layers = layersOf(poolsToPlace);
  const outer = layers.map((each) => each.outer);
  const around = await lockAroundEach(stores, vrfId, outer);
  const stored = [...around].sort((a, b) => compareCidrs(a.cidr, b.cidr));
  let from = 0;
  const inner = layers.flatMap(({ outer: { cidr }, inner: pools }) => {
    while (from < stored.length && (stored[from]?.cidr.first ?? 0n) < cidr.first) from++;
    // Those around it may begin where it does.
    let at = from;
    let next = stored[at];
    while (next && contains(next.cidr, cidr) && !contains(cidr, next.cidr)) next = stored[++at];
    return next && contains(cidr, next.cidr) ? pools : [];
  });
  return inner.length === 0 ? around : lockAroundEach(stores, vrfId, [...outer, ...inner]);
}

/** A pool to place that lies in no other one, and those that lie in it. */
interface Layer {
  readonly outer: PoolToPlace;
  readonly inner: PoolToPlace[];
}

/** In address order. */
function layersOf(pools: readonly PoolToPlace[]): Layer[] {
  const layers: Layer[] = [];
  for (const pool of [...pools].sort((a, b) => compareCidrs(a.cidr, b.cidr))) {
    const last = layers.at(-1);
    if (last && contains(last.outer.cidr, pool.cidr)) last.inner.push(pool);
    else layers.push({ outer: pool, inner: [] });
  }
  return layers;
}

async function lockAroundEach(
  stores: TreeStores,
  vrfId: number,
  poolsToPlace: readonly PoolToPlace[],
): Promise<Pool[]> {
  const locked = new Map<number, Pool>();
  for (let parents = await parentsOf(stores, vrfId, poolsToPlace); ;) {
    const around = parents;
    const unlocked = around.flatMap((each) => (each && !locked.has(each.id) ? [each.id] : []));
    for (const pool of await stores.pools.lock([...new Set(unlocked)])) locked.set(pool.id, pool);
    // An allocation may have put a smaller pool around a pool that is placed before its parent was locked:
    // look again. Neither look waits for the other.
    const [children, now] = await Promise.all([
      childrenInside(stores, vrfId, poolsToPlace, around, locked),
      unlocked.length === 0 ? around : parentsOf(stores, vrfId, poolsToPlace),
    ]);
    if (now.every((each, at) => each?.id === around[at]?.id))
      return [...locked.values(), ...children];
    parents = now;
  }
}

/**
 * The smallest pool that each pool that is placed will have above it. A VPC goes above the subnet that fills
 * it, so beside its parent.
 */
async function parentsOf(
  stores: TreeStores,
  vrfId: number,
  poolsToPlace: readonly PoolToPlace[],
): Promise<(Pool | undefined)[]> {
  const smallest = await stores.pools.smallestContaining(
    vrfId,
    poolsToPlace.map((each) => each.cidr),
  );
  const result: (Pool | undefined)[] = [];
  for (const [index, pool] of smallest.entries()) {
    const toPlace = poolsToPlace[index];
    const fills =
      pool &&
      toPlace?.kind === 'vpc' &&
      pool.kind === 'subnet' &&
      pool.cidr.prefixLength === toPlace.cidr.prefixLength;
    result.push(
      fills && pool.parentId !== null
        ? await stores.pools.get(pool.parentId)
        : fills
          ? undefined
          : pool,
    );
  }
  return result;
}

async function childrenInside(
  stores: TreeStores,
  vrfId: number,
  poolsToPlace: readonly PoolToPlace[],
  parents: readonly (Pool | undefined)[],
  locked: ReadonlyMap<number, Pool>,
): Promise<Pool[]> {
  const ranges = new Map<number | null, Cidr[]>();
  for (const [index, parent] of parents.entries()) {
    const toPlace = poolsToPlace[index];
    if (!toPlace) continue;
    const key = parent?.id ?? null;
    const list = ranges.get(key);
    if (list) list.push(toPlace.cidr);
    else ranges.set(key, [toPlace.cidr]);
  }
  const found = new Map<number, Pool>();
  for (const [parentId, inside] of ranges) {
    for (const child of await stores.pools.childrenWithin(vrfId, parentId, inside)) {
      if (!locked.has(child.id)) found.set(child.id, child);
    }
  }
  return [...found.values()];
}

/** Gives the adopted pools their new parents. */
export async function adopt(stores: TreeStores, placement: Placement): Promise<void> {
  const byParent = new Map<number, number[]>();
  for (const { pool, parentId } of placement.adopted) {
    const ids = byParent.get(parentId);
    if (ids) ids.push(pool.id);
    else byParent.set(parentId, [pool.id]);
  }
  for (const [parentId, ids] of byParent) await stores.pools.setParent(ids, parentId);
}

/**
 * Adds the differences to the usage of stored pools, which are locked.
 * @param known those of them that were read since they were locked
 */
export async function addUsage(
  stores: TreeStores,
  usage: ReadonlyMap<number, bigint>,
  known: readonly Pool[] = [],
): Promise<void> {
  const read = known.filter(({ id }) => usage.has(id));
  const missing = new Set(usage.keys());
  for (const { id } of read) missing.delete(id);
  const others = missing.size > 0 ? await stores.pools.getMany([...missing]) : [];
  const changed = [...read, ...others];
  await stores.pools.setChildUsed(
    changed.map((pool) => ({
      id: pool.id,
      childUsed: pool.childUsed + (usage.get(pool.id) ?? 0n),
    })),
  );
}
