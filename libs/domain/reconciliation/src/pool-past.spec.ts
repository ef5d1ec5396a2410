import fc from 'fast-check';
import { formatCidr, parseCidr } from '@cloudpam/cidr';
import {
  FoldedPools,
  PastTree,
  pastTreeAt,
  poolFacts,
  poolMade,
  ReadHistory,
  PoolError,
  ReleaseExpired,
  type PlacedPastPool,
  type Pool,
} from '@cloudpam/pools';
import { DecideResources, IsolateNetwork, ReleaseOrphans } from './index';
import { estate, seen, snapshot, VPC, type Estate } from './estate.fixture';
import {
  allPools,
  change,
  created,
  createdOne,
  newPool,
  planning,
  START,
} from '@cloudpam/pools/testing';

const SYSTEM = { type: 'system', id: 'system', name: 'system' } as const;
const minute = (n: number): Date => new Date(START + n * 60_000);

/** What the log tells of a pool: its facts, and where it lies. */
function picture(pools: readonly Pool[]): unknown[] {
  return pools.map((pool) => told(pool.id, poolFacts(pool), pool.parentId));
}

function told(
  id: number,
  { parent_id: _, ...facts }: { readonly [field: string]: unknown },
  parentId: number | null,
): unknown {
  const { rules = null, ...rest } = facts;
  return { id, ...rest, rules, parentId };
}

function toldOf(tree: PastTree): unknown[] {
  return poolsOf(tree).map((pool) => told(pool.id, pool.facts, pool.parentId));
}

function poolsOf(tree: PastTree): PlacedPastPool[] {
  return Array.from({ length: tree.size }, (_, at) => tree.at(at));
}

const inOrder = (pools: readonly unknown[]): unknown[] =>
  [...pools].sort((a, b) => (a as { id: number }).id - (b as { id: number }).id); // made by `told`

const CIDRS = [
  '10.0.0.0/16',
  '10.0.1.0/24',
  '10.0.128.0/20',
  '10.0.0.0/14',
  '10.1.0.0/16',
  '10.2.64.0/18',
  '10.2.128.0/17',
];

type Step = readonly [kind: number, a: number, b: number];

/** One call of a use case, chosen by numbers; what a rule refuses changes nothing. */
async function act(cloud: Estate, at: number, [kind, a, b]: Step): Promise<void> {
  const pools = await allPools(cloud);
  const pool = pools[a % Math.max(pools.length, 1)];
  const when = change(at);
  const lists = [
    VPC,
    VPC.slice(0, 2),
    [
      VPC[0] ?? seen({ externalId: 'x', cidr: '10.0.0.0/16' }),
      seen({ externalId: 'subnet-a', cidr: '10.0.128.0/20', tags: { moved: 'yes' } }),
    ],
    [],
  ];
  const calls: (() => Promise<unknown>)[] = [
    () => cloud.create.execute(when, [newPool(CIDRS[b % CIDRS.length] ?? '10.0.0.0/16')]),
    () =>
      cloud.allocate.execute(when, {
        from: { poolId: pool?.id ?? 0 },
        prefixLength: (pool?.cidr.prefixLength ?? 8) + 1 + (b % 3),
        name: `taken ${b}`,
        kind: b % 2 ? 'reservation' : 'subnet',
        expiresAt: b % 2 ? minute(at + 2) : null,
      }),
    () =>
      cloud.update.execute(
        when,
        pool?.id ?? 0,
        b % 3 === 0
          ? { tags: { n: String(b) }, description: 'x' }
          : b % 3 === 1
            ? {
                rules:
                  a % 2
                    ? null
                    : {
                        minPrefixLength: null,
                        maxPrefixLength: null,
                        defaultPrefixLength: null,
                        requiredTags: ['env'],
                      },
              }
            : { name: `named ${b}`, status: 'deprecated' },
      ),
    () =>
      cloud.update.execute(when, pool?.id ?? 0, {
        cidr: parseCidr(
          b % 3 === 0
            ? '10.0.0.0/13'
            : b % 3 === 1
              ? `10.${b % 8}.0.0/16`
              : (CIDRS[b % CIDRS.length] ?? '10.0.0.0/16'),
        ),
      }),
    () => cloud.remove.execute(when, pool?.id ?? 0, { cascade: b % 2 === 0 }),
    () => cloud.split.execute(when, pool?.id ?? 0, (pool?.cidr.prefixLength ?? 8) + 1 + (b % 2)),
    () =>
      cloud.merge.execute(
        when,
        pools
          .filter(
            (each) =>
              each.parentId === pool?.parentId &&
              each.cidr.prefixLength === pool?.cidr.prefixLength,
          )
          .slice(0, 2)
          .map((each) => each.id),
      ),
    () => cloud.apply(snapshot(at, lists[b % lists.length] ?? VPC)),
    () => new ReleaseExpired(cloud.unitOfWork).execute(SYSTEM, minute(at)),
    () => new ReleaseOrphans(cloud.unitOfWork).execute(when, 60_000),
    async () =>
      new DecideResources(cloud.unitOfWork).execute(when, {
        decision: (['adopt', 'release', 'import'] as const)[b % 3] ?? 'adopt',
        mode: 'partial',
        ids: (await cloud.resources()).map((each) => each.id),
      }),
    () =>
      new IsolateNetwork(cloud.unitOfWork, 'auto').execute(when, 1, { vrfName: `isolated ${at}` }),
  ];
  // What is beyond the list is discovery, which has most ways to change a pool.
  await (calls[kind] ?? calls[7])?.().catch((error: unknown) => {
    if (
      !(error instanceof PoolError) &&
      !(error instanceof Error && error.name === 'DiscoveryError')
    )
      throw error;
  });
}

describe('the past of the pools', () => {
  it('is told by the log alone, for any time and whatever was done', async () => {
    const step = fc.tuple(fc.nat(15), fc.nat(50), fc.nat(50));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
        const cloud = estate();
        await cloud.create.execute(change(0), [newPool('10.0.0.0/8')]);
        const copies = [picture(await allPools(cloud))];
        for (const [at, each] of steps.entries()) {
          await act(cloud, at + 1, each);
          copies.push(picture(await allPools(cloud)));
        }
        let near: PastTree | undefined;
        for (const [at, copy] of copies.entries()) {
          near = await pastTreeAt(cloud.unitOfWork, minute(at), { near });
          expect(inOrder(toldOf(near))).toEqual(inOrder(copy));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('has nothing before the beginning, and includes the moment itself', async () => {
    const plan = planning();
    await created(plan, '10.0.0.0/8');
    expect((await pastTreeAt(plan.unitOfWork, new Date(START - 1))).size).toBe(0);
    expect((await pastTreeAt(plan.unitOfWork, new Date(START))).size).toBe(1);
  });

  it('places pools of several VRFs by nesting, a VPC above the subnet that fills it', async () => {
    const states = new FoldedPools();
    const sample = await createdOne(planning(), '10.0.0.0/8');
    for (const [id, cidr, vrf, kind = 'container' as const] of [
      [1, '10.0.0.0/24', 1, 'subnet'],
      [2, '10.0.0.0/24', 1, 'vpc'],
      [3, '10.0.0.0/8', 1],
      [4, '10.0.0.0/16', 2],
      [5, '10.0.0.0/8', 2],
      [6, '2001:db8::/32', 2],
      [7, '2001:db8:0:1::/64', 2],
      [8, '2001:db9::/64', 2],
    ] as const) {
      const pool = { ...sample, id, cidr: parseCidr(cidr), vrfId: vrf, kind };
      states.add([{ ...poolMade(change(0), 'pool.create', pool), id }]);
    }
    const tree = await PastTree.of(states, () => Promise.resolve());
    expect(poolsOf(tree).map((pool) => [pool.id, formatCidr(pool.cidr), pool.parentId])).toEqual([
      [3, '10.0.0.0/8', null],
      [5, '10.0.0.0/8', null],
      [4, '10.0.0.0/16', 5],
      [2, '10.0.0.0/24', 3],
      [1, '10.0.0.0/24', 2],
      [6, '2001:db8::/32', null],
      [7, '2001:db8:0:1::/64', 6],
      [8, '2001:db9::/64', null],
    ]);
    expect([tree.indexOf(4), tree.indexOf(99), tree.around(2)?.id, tree.around(0)]).toEqual([
      2,
      -1,
      5,
      undefined,
    ]);
  });

  it('is put in order piece by piece, however many pools there are', async () => {
    const states = new FoldedPools();
    const sample = await createdOne(planning(), '10.0.0.0/8');
    const count = 3_000;
    for (let n = 0; n < count; n++) {
      const place = (n * 1_789) % count;
      const cidr = parseCidr(`10.${place >> 8}.${place & 255}.0/24`);
      const pool = { ...sample, id: place + 1, cidr };
      states.add([{ ...poolMade(change(0), 'pool.create', pool), id: pool.id }]);
    }
    let pauses = 0;
    const tree = await PastTree.of(states, async () => void (pauses += 1));
    expect(poolsOf(tree).map(({ id }) => id)).toEqual(
      Array.from({ length: count }, (_, at) => at + 1),
    );
    // No step is longer than 250 pools: reading, sorting, four rounds of merging, looking for
    // parents.
    expect(pauses).toBeGreaterThanOrEqual((7 * count) / 250);
  });

  it('of one pool is its entries, newest first, with the state after each, its deletion too', async () => {
    const plan = planning();
    const { id } = await createdOne(plan, '10.0.0.0/16');
    await plan.update.execute(change(1), id, { name: 'second' });
    await created(plan, '10.1.0.0/16');
    await plan.update.execute(change(2), id, { tags: { a: 'b' } });
    await plan.remove.execute(change(3), id);
    const { events, total, hasMore } = await new ReadHistory(plan.unitOfWork).of(id, { size: 10 });
    expect(
      events.map(({ entry, state }) => [entry.type, state?.facts['name'], state?.facts['tags']]),
    ).toEqual([
      ['pool.delete', undefined, undefined],
      ['pool.update', 'second', { a: 'b' }],
      ['pool.update', 'second', {}],
      ['pool.create', '10.0.0.0/16', {}],
    ]);
    expect([total, hasMore]).toEqual([4, false]);
    const page = await new ReadHistory(plan.unitOfWork).of(id, { size: 2 });
    expect([page.events.map(({ entry }) => entry.type), page.total, page.hasMore]).toEqual([
      ['pool.delete', 'pool.update'],
      4,
      true,
    ]);
    const rest = await new ReadHistory(plan.unitOfWork).of(id, {
      size: 2,
      before: page.events[1]?.entry.id,
    });
    expect(rest).toEqual(await new ReadHistory(plan.unitOfWork).of(id, { size: 2, skip: 2 }));
    expect([rest.events.map(({ state }) => state?.facts['name']), rest.hasMore]).toEqual([
      ['second', '10.0.0.0/16'],
      false,
    ]);
  });
});
