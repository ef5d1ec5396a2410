import fc from 'fast-check';
import type { Change } from '@cloudpam/audit';
import {
  addressCount,
  cidrAt,
  contains,
  formatCidr,
  freeBlocks,
  overlaps,
  parseCidr,
  type AddressRange,
  type Cidr,
} from '@cloudpam/cidr';
import {
  AllocateAddresses,
  AllocateSubnet,
  CreatePools,
  DeletePool,
  formatHost,
  formatSpan,
  hostOf,
  KeepAddresses,
  KeepRanges,
  MergePools,
  MoveTree,
  PoolError,
  ReleaseExpired,
  SplitPool,
  UpdatePool,
  type AddressRecord,
  type Pool,
  type RangeRecord,
  type PoolUnitOfWork,
} from '@cloudpam/pools';
import { SAMPLE_TIME, sampleVrf } from './samples';
import type { AllStores } from './stores';
import { openedForEachTest, type Opened, type OpenStorage } from './under-test';

/** Everything happens in here. */
const SPACE = parseCidr('10.0.0.0/25');
const EVERYTHING = { order: 'address', limit: 100_000 } as const;
const CHANGE: Change = {
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

const step = fc.oneof(
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
  fc.record({
    op: fc.constant('range' as const),
    pick,
    offset: fc.nat(127),
    size: fc.integer({ min: 1, max: 40 }),
    counts: fc.boolean(),
    withAddresses: fc.boolean(),
  }),
  fc.record({ op: fc.constant('change range' as const), pick, counts: fc.boolean() }),
  fc.record({ op: fc.constant('end range' as const), pick }),
  fc.record({ op: fc.constant('take of range' as const), pick, last: fc.boolean() }),
  fc.record({ op: fc.constant('rule' as const), pick, days: fc.constantFrom(null, 0, 30) }),
  fc.record({ op: fc.constant('end quarantine' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** VRFs in which the steps take place. */
interface Place {
  readonly vrfId: number;
  readonly otherId: number;
}

/**
 * After any use cases each address lies in the smallest pool around it, pools know how much is used of them, and
 * what is used, free and nobody's is all of a pool.
 */
export function addressesInTreeProperty(name: string, open: OpenStorage): void {
  describe(`${name}: addresses in the pool tree`, () => {
    const storage = openedForEachTest(open);

    it('lie in the smallest pool around them, and nothing is free that one of them takes', async () => {
      let runs = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
          runs += 2;
          const place = await storage.run(async ({ vrfs }) => ({
            vrfId: (await vrfs.insert(sampleVrf({ name: `vrf ${runs}` }))).id,
            otherId: (await vrfs.insert(sampleVrf({ name: `vrf ${runs + 1}` }))).id,
          }));
          for (const each of steps) {
            const state = await storage.read((stores) => stateOf(stores, place));
            try {
              await apply(storage, place, state, each);
            } catch (error) {
              if (!(error instanceof PoolError)) throw error;
            }
            await storage.read((stores) => expectRight(stores, place));
          }
          // What was kept of the free space is what is computed now.
          await storage.run((stores) => expectRight(stores, place));
        }),
        { numRuns: 25 },
      );
    }, 180_000);
  });
}

function sumOf(spans: readonly AddressRange[]): bigint {
  return spans.reduce((sum, span) => sum + addressCount(span), 0n);
}

interface State {
  readonly pools: readonly Pool[];
  readonly addresses: readonly AddressRecord[];
  readonly ranges: readonly RangeRecord[];
}

async function stateOf(stores: AllStores, { vrfId, otherId }: Place): Promise<State> {
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

async function expectRight(stores: AllStores, place: Place): Promise<void> {
  const { pools, addresses, ranges } = await stateOf(stores, place);
  for (const range of ranges) {
    const around = pools
      .filter((pool) => pool.vrfId === range.vrfId && contains(pool.cidr, range.span))
      .sort((a, b) => b.cidr.prefixLength - a.cidr.prefixLength)[0];
    expect([formatSpan(range.span), range.poolId]).toEqual([
      formatSpan(range.span),
      around?.id ?? null,
    ]);
    const inTheWay = [
      ...pools
        .filter((pool) => !contains(pool.cidr, range.span))
        .map((pool) => ({ ...pool, span: pool.cidr })),
      ...ranges.filter((each) => each.id !== range.id),
      ...addresses
        .filter((record) => record.rangeId !== range.id)
        .map((record) => ({ ...record, span: record.cidr })),
    ].filter((each) => each.vrfId === range.vrfId && overlaps(each.span, range.span));
    expect(inTheWay).toEqual([]);
  }
  for (const record of addresses) {
    const around = pools
      .filter((pool) => pool.vrfId === record.vrfId && contains(pool.cidr, record.cidr))
      .sort((a, b) => b.cidr.prefixLength - a.cidr.prefixLength)[0];
    expect([formatHost(record.cidr), record.poolId]).toEqual([
      formatHost(record.cidr),
      around?.id ?? null,
    ]);
  }
  for (const pool of pools) {
    const kept = ranges.filter((each) => each.poolId === pool.id);
    const own = addresses.filter((each) => each.poolId === pool.id);
    const children = pools.filter((each) => each.parentId === pool.id).map(({ cidr }) => cidr);
    const inside = [...children, ...own.map(({ cidr }) => cidr), ...kept.map(({ span }) => span)];
    const counted = kept.filter(({ countsAsUsed }) => countsAsUsed);
    const ids = new Set<number | null>(counted.map(({ id }) => id));
    const used = sumOf([
      ...children,
      ...counted.map(({ span }) => span),
      ...own.filter(({ rangeId }) => !ids.has(rangeId)).map(({ cidr }) => cidr),
    ]);
    const uncounted = kept.filter(({ countsAsUsed }) => !countsAsUsed);
    const held =
      sumOf(uncounted.map(({ span }) => span)) -
      BigInt(own.filter(({ rangeId }) => uncounted.some(({ id }) => id === rangeId)).length);
    const free = await stores.pools.freeBlocks(pool.id, EVERYTHING);
    const told = { used: pool.childUsed, free: free.map(formatCidr) };
    expect({ pool: formatCidr(pool.cidr), ...told }).toEqual({
      pool: formatCidr(pool.cidr),
      used,
      free: freeBlocks(pool.cidr, inside).map(formatCidr),
    });
    const left = free.reduce((sum, each) => sum + addressCount(each), 0n);
    expect(used + held + left).toBe(addressCount(pool.cidr));
  }
}

async function apply(
  storage: Opened,
  { vrfId, otherId }: Place,
  { pools, addresses, ranges }: State,
  what: Step,
): Promise<void> {
  const unitOfWork: PoolUnitOfWork = {
    run: (work, options) => storage.run(work, options),
    read: (work, options) => storage.read(work, options),
    handlers: { 'pool.delete': [] },
  };
  const pool = 'pick' in what ? pools[what.pick % Math.max(pools.length, 1)] : undefined;
  switch (what.op) {
    case 'pool':
      await new CreatePools(unitOfWork).one(CHANGE, { name: 'p', cidr: what.cidr, vrfId });
      return;
    case 'address':
      await new KeepAddresses(unitOfWork).create(
        CHANGE,
        what.other ? otherId : vrfId,
        hostOf(4, SPACE.first + BigInt(what.offset)),
        {},
      );
      return;
    case 'change range':
    case 'end range': {
      const range = ranges[what.pick % Math.max(ranges.length, 1)];
      const keep = new KeepRanges(unitOfWork);
      if (range && what.op === 'end range') await keep.delete(CHANGE, range.id);
      else if (range && 'counts' in what)
        await keep.update(CHANGE, range.id, { countsAsUsed: what.counts });
      return;
    }
    case 'take of range': {
      const range = ranges[what.pick % Math.max(ranges.length, 1)];
      if (!range || range.poolId === null) return;
      const allocate = new AllocateAddresses(unitOfWork, () => 0n);
      const strategy = what.last ? 'last' : 'first';
      const request = { poolId: range.poolId, rangeId: range.id, strategy } as const;
      const [taken] = await allocate.execute(CHANGE, request);
      expect(taken && contains(range.span, taken.cidr)).toBe(true);
      return;
    }
    case 'end quarantine':
      await new ReleaseExpired(unitOfWork).execute(CHANGE.actor, new Date('2100-01-01T00:00:00Z'));
      return;
    case 'give back': {
      const record = addresses[what.pick % Math.max(addresses.length, 1)];
      if (record) await new KeepAddresses(unitOfWork).delete(CHANGE, record.id);
      return;
    }
  }
  if (!pool) return;
  switch (what.op) {
    case 'subnet':
      await new AllocateSubnet(unitOfWork).execute(CHANGE, {
        from: { poolId: pool.id },
        name: 's',
        prefixLength: what.length,
      });
      return;
    case 'delete':
      await new DeletePool(unitOfWork).execute(CHANGE, pool.id, { cascade: what.cascade });
      return;
    case 'resize':
      await new UpdatePool(unitOfWork).execute(CHANGE, pool.id, {
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
      await new MoveTree(unitOfWork).execute(CHANGE, pool.id, {
        cidr: to,
        vrfId: what.other ? otherId : vrfId,
      });
      return;
    }
    case 'range': {
      const first = SPACE.first + BigInt(what.offset);
      const span = { family: 4, first, last: first + BigInt(what.size - 1) } as const;
      const { counts: countsAsUsed, withAddresses } = what;
      await new KeepRanges(unitOfWork).create(CHANGE, pool.id, {
        span,
        countsAsUsed,
        withAddresses,
      });
      return;
    }
    case 'rule':
      await new UpdatePool(unitOfWork).execute(CHANGE, pool.id, {
        rules: {
          minPrefixLength: null,
          maxPrefixLength: null,
          defaultPrefixLength: null,
          requiredTags: [],
          quarantineDays: what.days,
        },
      });
      return;
    case 'split':
      await new SplitPool(unitOfWork).execute(CHANGE, pool.id, pool.cidr.prefixLength + 1);
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
      if (sibling) await new MergePools(unitOfWork).execute(CHANGE, [pool.id, sibling.id]);
      return;
    }
    case 'take': {
      const allocate = new AllocateAddresses(
        unitOfWork,
        (bound) => BigInt(what.pick * 7_919) % bound,
      );
      const { count, strategy } = what;
      const taken = await allocate.execute(CHANGE, { poolId: pool.id, count, strategy });
      expect(taken).toHaveLength(count);
      return;
    }
  }
}
