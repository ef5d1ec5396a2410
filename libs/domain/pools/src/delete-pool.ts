import { addressCount } from '@cloudpam/cidr';
import { write, type Change } from '@cloudpam/audit';
import { addressDeleted } from './addresses/address-events';
import type { AddressRecord } from './addresses/address-record';
import { leavesOf, settleLeaves } from './addresses/follow-tree';
import { rangeEnded } from './addresses/range-events';
import { quarantinePools } from './addresses/quarantine';
import type { RangeRecord } from './addresses/range-record';
import { addUsage } from './insert-into-tree';
import { PoolError } from './pool-error';
import { poolDeleted } from './pool-events';
import { followsCloud, type Pool } from './pool';
import { checkVersion, namePools } from './pool-rules';
import type { PoolStores, PoolUnitOfWork } from './pool-stores';
import { lockForChange } from './update-pool';

/** What a delete takes, or took. */
export interface Deletion {
  /** In address order, the pool itself first. */
  readonly deleted: readonly Pool[];
  /** Children that went to the pool's parent. */
  readonly reparented: readonly Pool[];
  /** Address records that went with the pools, in address order. */
  readonly addresses: readonly AddressRecord[];
  /** Ranges that went with the pools, in address order. */
  readonly ranges: readonly RangeRecord[];
}

/**
 * Deletes a pool. Its children and addresses go to its parent, or are deleted with it (`cascade`). A pool that
 * stands for a live cloud resource is not deleted: it would come back with the next discovery, and
 * until then its space would look free.
 */
export class DeletePool {
  constructor(private readonly unitOfWork: PoolUnitOfWork) {}

  /** @throws PoolError `pool_not_found` | `cloud_owned` (names the pools) | `version_mismatch` */
  async execute(
    change: Change,
    id: number,
    options: { readonly cascade?: boolean; readonly expected?: number } = {},
  ): Promise<Deletion> {
    return write(this.unitOfWork, change, async (stores) => {
      const pool = await lockForChange(stores, id, undefined, true);
      checkVersion(pool, options.expected);
      const below = options.cascade ? await lockBelow(stores, id) : [];
      const children = options.cascade
        ? []
        : await stores.pools.childrenWithin(pool.vrfId, id, [pool.cidr]);
      const doomed = [pool, ...below];
      const ids = options.cascade ? doomed.map((each) => each.id) : [];
      const inside = await leavesOf(stores, ids);
      const addresses = await stores.addresses.lock(inside.addresses.map((record) => record.id));
      // What is in quarantine ends at its own time.
      const doomedRanges = inside.ranges.filter(({ purpose }) => purpose !== 'quarantine');
      const ranges = await stores.ranges.lock(doomedRanges.map((record) => record.id));
      await stores.audit.append([
        ...addresses.map((record) => addressDeleted(change, record)),
        ...ranges.map((record) => rangeEnded(change, record)),
      ]);
      await stores.addresses.remove(addresses.map((record) => record.id));
      await stores.ranges.remove(ranges.map((record) => record.id));
      const deletion = await deletePools(stores, change, pool, doomed, children);
      const whole = { ...deletion, addresses, ranges };
      await quarantinePools(stores, change, whole);
      return whole;
    });
  }
}

/** Every pool below one, locked, so that no allocation puts another one there. */
export async function lockBelow(stores: PoolStores, id: number): Promise<Pool[]> {
  for (let locked = 0; ;) {
    const below = await stores.pools.descendants([id]);
    if (below.length === locked) return below;
    locked = (await stores.pools.lock(below.map((pool) => pool.id))).length;
  }
}

/**
 * Removes pools whose children are removed too or handed to the first one's parent, as their addresses are. VRF
 * and pool are locked by the caller.
 */
export async function deletePools(
  stores: PoolStores,
  change: Change,
  top: Pool,
  deleted: readonly Pool[],
  reparented: readonly Pool[],
): Promise<Deletion> {
  const live = deleted.filter(
    // What came in with a file, and no collector has listed here, is nobody's.
    (pool) => followsCloud(pool) && pool.scopeId !== null,
  );
  if (live.length > 0) {
    throw new PoolError(
      'cloud_owned',
      `${namePools(live)} still exist${live.length === 1 ? 's' : ''} in the cloud. Delete the ` +
        'resource there; discovery then marks the pool orphaned and it can be released.',
      { conflicts: live },
    );
  }
  const ids = deleted.map((pool) => pool.id);
  const leaves = await leavesOf(stores, ids);
  await stores.audit.append(deleted.map((pool) => poolDeleted(change, pool)));
  await stores.pools.remove(ids);
  await stores.pools.setParent(
    reparented.map((pool) => pool.id),
    top.parentId,
  );
  if (top.parentId !== null) {
    const kept = reparented.reduce((sum, pool) => sum + addressCount(pool.cidr), 0n);
    await addUsage(stores, new Map([[top.parentId, kept - addressCount(top.cidr)]]));
  }
  await settleLeaves(stores, top.vrfId, leaves, new Set(ids));
  return {
    deleted,
    reparented: reparented.map((pool) => ({ ...pool, parentId: top.parentId })),
    addresses: [],
    ranges: [],
  };
}
