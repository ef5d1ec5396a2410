import { addressCount, contains, formatCidr, sameCidr, type Cidr } from '@cloudpam/cidr';
import type { Change } from '@cloudpam/audit';
import { followResize } from './addresses/follow-tree';
import { crossedRanges, isHeldBy, isInQuarantine, rangeTaken } from './addresses/range-rules';
import { overlapError } from './create-pools';
import { addUsage, adopt, lockAround } from './insert-into-tree';
import { placePools } from './place-pools';
import { PoolError } from './pool-error';
import type { Pool, PoolKind } from './pool';
import { checkPoolCidr, namePools } from './pool-rules';
import { checkLiveKeys } from './live-key';
import type { PoolStore } from './pool-store';
import type { PoolStores } from './pool-stores';

/**
 * Whether a pool can have another CIDR or VRF as far as the pools in and around it are concerned. Gives its children.
 * @throws PoolError `pool_overlap` | `would_orphan_children` | `invalid_prefix_length` |
 *   `refused_range`
 */
export async function checkResize(
  stores: { readonly pools: Pick<PoolStore, 'ancestors' | 'childrenWithin'> },
  pool: Pool,
  cidr: Cidr,
  vrfId: number,
  kind: PoolKind = pool.kind,
): Promise<Pool[]> {
  checkPoolCidr(cidr);
  const children = await stores.pools.childrenWithin(pool.vrfId, pool.id, [pool.cidr]);
  const left = children.filter(
    (child) =>
      vrfId !== pool.vrfId ||
      !contains(cidr, child.cidr) ||
      (sameCidr(cidr, child.cidr) && !(kind === 'vpc' && child.kind === 'subnet')),
  );
  if (left.length > 0) {
    throw new PoolError(
      'would_orphan_children',
      `${formatCidr(cidr)} would leave out ${namePools(left)}. Move or delete what lies there ` +
        'first, or choose a CIDR around it.',
      { field: 'cidr', conflicts: left },
    );
  }
  const swallowed =
    vrfId !== pool.vrfId
      ? []
      : (await stores.pools.ancestors(pool.id)).filter(
          (each) =>
            contains(cidr, each.cidr) &&
            !(sameCidr(cidr, each.cidr) && kind === 'subnet' && each.kind === 'vpc'),
        );
  if (swallowed.length > 0) {
    throw new PoolError(
      'pool_overlap',
      `${formatCidr(cidr)} would hold ${namePools(swallowed)}, in which pool ${pool.id} lies. ` +
        'Choose a CIDR inside, or delete the pools around it first.',
      { field: 'cidr', conflicts: swallowed },
    );
  }
  return children;
}

/**
 * Gives a pool another CIDR (or VRF) and the place in the tree that follows from it. Its children
 * stay inside it, or the change is refused; its addresses go by `followResize`. The VRFs and the pool
 * are locked by the caller. Gives the pool as saved, version and time as they were.
 * @param kind that the pool is about to have: it decides which equal pools it may stand beside
 * @throws PoolError `pool_overlap` | `would_orphan_children` | `invalid_prefix_length` |
 *   `refused_range` | `address_taken`
 */
export async function resizePool(
  stores: PoolStores,
  change: Change,
  pool: Pool,
  cidr: Cidr,
  vrfId: number,
  kind: PoolKind = pool.kind,
): Promise<Pool> {
  if (sameCidr(pool.cidr, cidr) && pool.vrfId === vrfId) return pool;
  const children = await checkResize(stores, pool, cidr, vrfId, kind);
  if (vrfId !== pool.vrfId) await checkLiveKeys(stores, [pool], vrfId);
  const moved = { ...pool, cidr, vrfId, kind };
  const inside = new Set(children.map((child) => child.id));
  // The pool and what it holds already are no obstacle to itself.
  const around = (await lockAround(stores, vrfId, [moved])).filter(
    (each) => each.id !== pool.id && !inside.has(each.id),
  );
  const parent = await parentBeside(stores, moved, around, pool);
  const placement = placePools(
    [moved],
    parent && !around.some((each) => each.id === parent.id) ? [...around, parent] : around,
  );
  const inTheWay = placement.conflicts.get(pool.id);
  if (inTheWay) throw overlapError(cidr, inTheWay);
  await checkNoRangeBeside(stores, change, pool, cidr, vrfId);
  const place = placement.placed.get(pool.id) ?? { parentId: null, childUsed: 0n };

  const usage = new Map(placement.usage);
  if (pool.parentId !== null)
    usage.set(pool.parentId, (usage.get(pool.parentId) ?? 0n) - addressCount(pool.cidr));
  await adopt(stores, placement);
  const placed = { ...moved, parentId: place.parentId };
  await stores.pools.save([placed]);
  await addUsage(stores, new Map([...usage, [pool.id, place.childUsed]]));
  await followResize(stores, change, pool, placed);
  const [stored] = await stores.pools.getMany([pool.id]);
  return { ...placed, childUsed: stored?.childUsed ?? 0n };
}

/** When the smallest pool around the new CIDR is the pool itself, its parent takes that place. */
async function parentBeside(
  stores: PoolStores,
  moved: Pool,
  around: readonly Pool[],
  pool: Pool,
): Promise<Pool | undefined> {
  if (
    around.some((each) => contains(each.cidr, moved.cidr)) ||
    moved.vrfId !== pool.vrfId ||
    pool.parentId === null
  )
    return undefined;
  const [parent] = await stores.pools.lock([pool.parentId]);
  return parent && contains(parent.cidr, moved.cidr) ? parent : undefined;
}

/**
 * Ranges of its own are no obstacle here, `followResize` looks after them; but for quarantine that would hold its ends,
 * unless the caller may take it back. @throws PoolError as `checkNoRange`
 */
async function checkNoRangeBeside(
  stores: PoolStores,
  change: Change,
  pool: Pool,
  cidr: Cidr,
  vrfId: number,
): Promise<void> {
  const [range] = (await crossedRanges(stores, vrfId, [cidr])).values();
  if (!range) return;
  const isInside = range.poolId === pool.id;
  if (!isInside || (isInQuarantine(range) && !isHeldBy(range, change)))
    throw rangeTaken(formatCidr(cidr), range, 'cidr');
}
