import fc from 'fast-check';
import type { Change } from '@cloudpam/audit';
import { addressCount, cidrAt, parseCidr, type Cidr } from '@cloudpam/cidr';
import {
  AllocateAddresses,
  AllocateSubnet,
  CreatePools,
  DeletePool,
  hostOf,
  KeepAddresses,
  MergePools,
  MoveTree,
  SplitPool,
  UpdatePool,
  type AddressRecord,
  type Pool,
  type PoolUnitOfWork,
  type RangeRecord,
} from '@cloudpam/pools';
import { SAMPLE_TIME } from './samples';
import type { AllStores } from './stores';
import type { Opened } from './under-test';

/** Everything happens in here. */
export const SPACE = parseCidr('10.0.0.0/25');
/** Who makes the changes, and when. */
export const CHANGE: Change = {
  at: SAMPLE_TIME,
  actor: { type: 'token', id: '1', name: 'test' },
  requestId: 'property',
};

const cidr = fc
  .tuple(fc.integer({ min: 25, max: 31 }), fc.nat(127))
  .map(([length, offset]): Cidr => {
    const size = 1n << BigInt(32 - length);
    return cidrAt(4, ((SPACE.first + BigInt(offset)) / size) * size, length);
  });
const pick = fc.nat(1_000);

/** A use case that changes the tree, with what it is drawn to do. */
export const treeStep = fc.oneof(
  fc.record({ op: fc.constant('pool' as const), cidr }),
  fc.record({ op: fc.constant('subnet' as const), pick, length: fc.integer({ min: 26, max: 32 }) }),
  fc.record({ op: fc.constant('delete' as const), pick, cascade: fc.boolean() }),
  fc.record({ op: fc.constant('resize' as const), pick, cidr, other: fc.boolean() }),
  fc.record({ op: fc.constant('move' as const), pick, cidr, other: fc.boolean() }),
  fc.record({ op: fc.constant('split' as const), pick }),
  fc.record({ op: fc.constant('merge' as const), pick }),
  fc.record({ op: fc.constant('address' as const), offset: fc.nat(127), other: fc.boolean() }),
  fc.record({
    op: fc.constant('take' as const),
    pick,
    count: fc.integer({ min: 1, max: 5 }),
    strategy: fc.constantFrom('first' as const, 'last' as const, 'random' as const),
  }),
  fc.record({ op: fc.constant('give back' as const), pick }),
);
/** See `treeStep`. */
export type TreeStep = typeof treeStep extends fc.Arbitrary<infer T> ? T : never;

/** VRFs in which the steps take place. */
export interface TreePlace {
  readonly vrfId: number;
  readonly otherId: number;
}

/** What is in both VRFs. */
export interface TreeState {
  readonly pools: readonly Pool[];
  readonly addresses: readonly AddressRecord[];
  readonly ranges: readonly RangeRecord[];
}

/** Reads what is there. */
export async function stateOf(
  stores: AllStores,
  { vrfId, otherId }: TreePlace,
): Promise<TreeState> {
  const page = { sort: [{ field: 'cidr', descending: false }], size: 1_000 } as const;
  const lists = [vrfId, otherId].map(async (id) => ({
    pools: (await stores.pools.list({ vrfId: id }, page)).items,
    addresses: (await stores.addresses.list({ vrfId: id }, { size: 1_000 })).items,
    ranges: (await stores.ranges.list({ vrfId: id }, { size: 1_000 })).items,
  }));
  const found = await Promise.all(lists);
  return {
    pools: found.flatMap(({ pools }) => pools),
    addresses: found.flatMap(({ addresses }) => addresses),
    ranges: found.flatMap(({ ranges }) => ranges),
  };
}

/** The units of work of a storage, in which nothing follows from the end of a pool. */
export function unitOfWorkOver(storage: Opened): PoolUnitOfWork {
  return {
    run: (work, options) => storage.run(work, options),
    read: (work, options) => storage.read(work, options),
    handlers: { 'pool.delete': [] },
  };
}

/** Does a step, as far as it can be done. @throws PoolError where it cannot */
export async function applyStep(
  storage: Opened,
  { vrfId, otherId }: TreePlace,
  pools: readonly Pool[],
  addresses: readonly AddressRecord[],
  what: TreeStep,
  change: Change = CHANGE,
): Promise<void> {
  const unitOfWork = unitOfWorkOver(storage);
  const pool = 'pick' in what ? pools[what.pick % Math.max(pools.length, 1)] : undefined;
  switch (what.op) {
    case 'pool':
      await new CreatePools(unitOfWork).one(change, { name: 'p', cidr: what.cidr, vrfId });
      return;
    case 'address':
      await new KeepAddresses(unitOfWork).create(
        change,
        what.other ? otherId : vrfId,
        hostOf(4, SPACE.first + BigInt(what.offset)),
        {},
      );
      return;
    case 'give back': {
      const record = addresses[what.pick % Math.max(addresses.length, 1)];
      if (record) await new KeepAddresses(unitOfWork).delete(change, record.id);
      return;
    }
  }
  if (!pool) return;
  switch (what.op) {
    case 'subnet':
      await new AllocateSubnet(unitOfWork).execute(change, {
        from: { poolId: pool.id },
        name: 's',
        prefixLength: what.length,
      });
      return;
    case 'delete':
      await new DeletePool(unitOfWork).execute(change, pool.id, { cascade: what.cascade });
      return;
    case 'resize':
      await new UpdatePool(unitOfWork).execute(change, pool.id, {
        cidr: what.cidr,
        vrfId: what.other ? otherId : vrfId,
      });
      return;
    case 'move': {
      const to = cidrAt(
        4,
        (what.cidr.first / addressCount(pool.cidr)) * addressCount(pool.cidr),
        pool.cidr.prefixLength,
      );
      await new MoveTree(unitOfWork).execute(change, pool.id, {
        cidr: to,
        vrfId: what.other ? otherId : vrfId,
      });
      return;
    }
    case 'split':
      await new SplitPool(unitOfWork).execute(change, pool.id, pool.cidr.prefixLength + 1);
      return;
    case 'merge': {
      const sibling = pools.find(
        (each) =>
          each.id !== pool.id &&
          each.parentId === pool.parentId &&
          each.vrfId === pool.vrfId &&
          each.cidr.prefixLength === pool.cidr.prefixLength &&
          each.cidr.first === (pool.cidr.first ^ addressCount(pool.cidr)),
      );
      if (sibling) await new MergePools(unitOfWork).execute(change, [pool.id, sibling.id]);
      return;
    }
    case 'take': {
      const allocate = new AllocateAddresses(
        unitOfWork,
        (bound) => BigInt(what.pick * 7_919) % bound,
      );
      const { count, strategy } = what;
      const taken = await allocate.execute(change, { poolId: pool.id, count, strategy });
      expect(taken).toHaveLength(count);
      return;
    }
  }
}
