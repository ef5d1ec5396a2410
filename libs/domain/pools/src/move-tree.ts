import { write, type Change } from '@cloudpam/audit';
import { addressCount, cidrAt, contains, formatCidr, sameCidr, type Cidr } from '@cloudpam/cidr';
import {
  leavesInside,
  leavesOf,
  moveLeaves,
  partedByPlace,
  settleLeaves,
} from './addresses/follow-tree';
import { checkNoRange } from './addresses/range-rules';
import { cloudUses, type CloudUse } from './cloud-use';
import { lockBelow } from './delete-pool';
import { checkLiveKeys } from './live-key';
import { addUsage, lockAround } from './insert-into-tree';
import { poolChanged } from './pool-events';
import type { Pool } from './pool';
import { PoolError } from './pool-error';
import { checkPoolCidr, checkVersion, namePools } from './pool-rules';
import type { PoolStores, PoolUnitOfWork } from './pool-stores';
import { lockForChange } from './update-pool';

/** Most pools and addresses that one move takes along. */
export const MOVE_LIMIT = 10_000;

/** What a move did, the pool itself first. */
export interface TreeMove {
  readonly pool: Pool;
  readonly moved: readonly { readonly before: Pool; readonly after: Pool }[];
  /** What a cloud uses where the pool went. */
  readonly uses: readonly CloudUse[];
}

/**
 * Moves a pool with everything below it to another place of the same size, in its VRF or another
 * one, all or nothing.
 */
export class MoveTree {
  constructor(private readonly unitOfWork: PoolUnitOfWork) {}

  /**
   * @param expected version of the caller's `If-Match`. @throws PoolError that names what cannot
   * move, or what is in the way
   */
  async execute(
    change: Change,
    id: number,
    to: { readonly cidr: Cidr; readonly vrfId?: number },
    expected?: number,
  ): Promise<TreeMove> {
    return write(this.unitOfWork, change, async (stores) => {
      const pool = await lockForChange(stores, id, to.vrfId, true);
      checkVersion(pool, expected);
      const { cidr, vrfId = pool.vrfId } = to;
      if (sameCidr(cidr, pool.cidr) && vrfId === pool.vrfId) return { pool, moved: [], uses: [] };
      checkSize(pool, cidr);
      const all = [pool, ...(await lockBelow(stores, id))];
      const { own, staying } = partedByPlace(
        await leavesOf(
          stores,
          all.map((each) => each.id),
        ),
      );
      checkMovable(all, own.addresses.length + own.ranges.length);
      if (vrfId !== pool.vrfId) await checkLiveKeys(stores, all, vrfId);
      const parent = await freePlace(stores, pool, cidr, vrfId);
      await checkNoRange(stores, vrfId, cidr);
      const around = { id, cidr, parentId: parent?.id ?? null };
      const there = await leavesInside(stores, vrfId, [around]);
      const offset = cidr.first - pool.cidr.first;
      const moved = all.map((before) => ({
        before,
        after: {
          ...before,
          vrfId,
          cidr: cidrAt(cidr.family, before.cidr.first + offset, before.cidr.prefixLength),
          version: before.version + 1,
          updatedAt: change.at,
          parentId: before.id === id ? (parent?.id ?? null) : before.parentId,
        },
      }));
      await stores.pools.save(moved.map(({ after }) => after));
      await moveLeaves(stores, change, own, { vrfId, offset }, there);
      await addUsage(stores, usageOf(pool, parent));
      await settleLeaves(stores, vrfId, there);
      await settleLeaves(stores, pool.vrfId, staying);
      await stores.audit.append(
        moved.flatMap(({ before, after }) => poolChanged(change, 'pool.move', before, after)),
      );
      const stored = (await stores.pools.get(id)) ?? pool;
      return { pool: stored, moved, uses: (await cloudUses(stores, [stored])).get(id) ?? [] };
    });
  }
}

/**
 * What is below a pool keeps its place in it, so the pool keeps its size. @throws PoolError
 * `invalid_prefix_length` and as `checkPoolCidr`
 */
function checkSize(pool: Pool, cidr: Cidr): void {
  checkPoolCidr(cidr);
  if (cidr.family === pool.cidr.family && cidr.prefixLength === pool.cidr.prefixLength) return;
  throw new PoolError(
    'invalid_prefix_length',
    `With everything below it
      ${formatCidr(pool.cidr)} moves to another /${pool.cidr.prefixLength} of IPv${pool.cidr.family}; ` +
      `${formatCidr(cidr)} is none. Move it first, then resize it.`,
    { field: 'cidr' },
  );
}

/**
 * @throws PoolError `cloud_owned` that names what follows a cloud, `invalid_field` for too much at
 * once
 */
function checkMovable(pools: readonly Pool[], addresses: number): void {
  if (pools.length + addresses > MOVE_LIMIT)
    throw new PoolError(
      'invalid_field',
      `One move takes at most ${MOVE_LIMIT} pools, addresses and ranges along; these are ` +
        `${pools.length + addresses}. Move the pools below it first.`,
      { field: 'cidr' },
    );
  const live = pools.filter(
    ({ externalId, syncStatus }) => externalId !== null && syncStatus !== 'orphaned',
  );
  if (live.length === 0) return;
  throw new PoolError(
    'cloud_owned',
    `${namePools(live)} cannot move: ${live.length === 1 ? 'it follows' : 'they follow'} ` +
      'the cloud. Change the network there, or give it a VRF of its own in Discovery.',
    { field: 'cidr', conflicts: live },
  );
}

/**
 * The parent at a free place, locked; undefined at the top of the VRF. @throws PoolError
 * `pool_overlap` that names what is there
 */
async function freePlace(
  stores: PoolStores,
  pool: Pool,
  cidr: Cidr,
  vrfId: number,
): Promise<Pool | undefined> {
  const around = await lockAround(stores, vrfId, [{ id: pool.id, cidr, kind: pool.kind }]);
  const inTheWay = around.filter((each) => contains(cidr, each.cidr));
  if (inTheWay.length > 0) {
    throw new PoolError(
      'pool_overlap',
      `${formatCidr(cidr)} is not free: ${namePools(inTheWay)} ` +
        `${inTheWay.length === 1 ? 'is' : 'are'} there. Choose another place, or move or delete ` +
        'what is there first.',
      { field: 'cidr', conflicts: inTheWay },
    );
  }
  // Around a free place pools nest: the smallest is the parent.
  return around
    .filter((each) => contains(each.cidr, cidr))
    .sort(
      (a, b) =>
        b.cidr.prefixLength - a.cidr.prefixLength ||
        Number(a.kind === 'vpc') - Number(b.kind === 'vpc'),
    )[0];
}

function usageOf(pool: Pool, parent: Pool | undefined): Map<number, bigint> {
  const size = addressCount(pool.cidr);
  const usage = new Map<number, bigint>();
  if (pool.parentId !== null) usage.set(pool.parentId, -size);
  if (parent) usage.set(parent.id, (usage.get(parent.id) ?? 0n) + size);
  return usage;
}
