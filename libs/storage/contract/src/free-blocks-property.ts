import fc from 'fast-check';
import {
  cidrAt,
  compareCidrs,
  contains,
  formatCidr,
  freeBlocks,
  overlaps,
  parseCidr,
  type Cidr,
} from '@cloudpam/cidr';
import type { Pool } from '@cloudpam/pools';
import type { DiscoveredResource } from '@cloudpam/reconciliation';
import { cloud, only } from './planted';
import { SAMPLE_TIME, sampleObserved, samplePool, sampleResource, sampleVrf } from './samples';
import type { AllStores } from './stores';
import { openedForEachTest, type OpenStorage } from './under-test';

/** Everything happens around this block; resources may be twice as large as it. */
const SPACE = parseCidr('10.0.0.0/22');
const EVERYTHING = { order: 'address', limit: 100_000 } as const;

const cidr = (minPrefixLength: number): fc.Arbitrary<Cidr> =>
  fc.tuple(fc.integer({ min: minPrefixLength, max: 32 }), fc.nat(1023)).map(([length, offset]) => {
    const size = 1n << BigInt(32 - length);
    return cidrAt(4, ((SPACE.first + BigInt(offset)) / size) * size, length);
  });

const step = fc.record({
  what: fc.oneof(
    fc.record({ op: fc.constant('insert' as const), cidr: cidr(22) }),
    fc.record({ op: fc.constant('remove' as const), pick: fc.nat(1000) }),
    fc.record({ op: fc.constant('cascade' as const), pick: fc.nat(1000) }),
    fc.record({ op: fc.constant('resize' as const), pick: fc.nat(1000), cidr: cidr(22) }),
    fc.record({
      op: fc.constant('hosts' as const),
      cidr: cidr(22).filter((each) => each.prefixLength <= 25),
      count: fc.integer({ min: 2, max: 300 }),
    }),
    fc.record({ op: fc.constant('discover' as const), cidr: cidr(21) }),
    fc.record({ op: fc.constant('forget' as const), pick: fc.nat(1000) }),
    fc.record({ op: fc.constant('link' as const), pick: fc.nat(1000), pool: fc.nat(1000) }),
    fc.record({ op: fc.constant('unlink' as const), pick: fc.nat(1000) }),
    fc.record({ op: fc.constant('observe' as const), cidr: cidr(27) }),
    fc.record({ op: fc.constant('release' as const) }),
  ),
  look: fc.boolean(),
  rollBack: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
});
type Step = (typeof step extends fc.Arbitrary<infer T> ? T : never)['what'];

/** The pools and resources that ought to be stored. */
interface Model {
  readonly pools: readonly Pool[];
  readonly resources: readonly DiscoveredResource[];
  readonly observed: readonly Cidr[];
}

interface Place {
  readonly vrfId: number;
  readonly of: { accountId: number; scopeId: number; networkId: number };
}

class RolledBack extends Error {}

/**
 * After any sequence of writes the free blocks of every pool are those that the pure function
 * gives.
 */
export function freeBlocksProperty(name: string, open: OpenStorage): void {
  describe(`${name}: free blocks after any writes`, () => {
    const storage = openedForEachTest(open);

    it('are what children, unpooled resources and observed addresses leave', async () => {
      let runs = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
          const place = await storage.run(async (stores) => {
            const vrf = await stores.vrfs.insert(sampleVrf({ name: `vrf ${++runs}` }));
            return { vrfId: vrf.id, of: (await cloud(stores, String(runs), { vrfId: vrf.id })).of };
          });
          let model: Model = { pools: [], resources: [], observed: [] };
          for (const { what, look, rollBack } of steps) {
            const before = model;
            await storage
              .run(async (stores) => {
                model = await apply(stores, place, before, what);
                if (look) await expectFree(stores, model);
                if (rollBack) throw new RolledBack();
              })
              .catch((error: unknown) => {
                if (!(error instanceof RolledBack)) throw error;
                model = before;
              });
          }
          await storage.read((stores) => expectFree(stores, model));
          await storage.run((stores) => expectFree(stores, model));
        }),
        { numRuns: 30 },
      );
    }, 120_000);
  });
}

async function expectFree(stores: AllStores, { pools, resources, observed }: Model): Promise<void> {
  for (const pool of pools) {
    const taken = [
      ...pools.filter((each) => each.parentId === pool.id),
      ...resources.filter((each) => each.poolId === null),
      ...observed.map((each) => ({ cidr: each })),
    ].map((each) => each.cidr);
    const blocks = await stores.pools.freeBlocks(pool.id, EVERYTHING);
    expect({ of: formatCidr(pool.cidr), free: blocks.map(formatCidr) }).toEqual({
      of: formatCidr(pool.cidr),
      free: freeBlocks(pool.cidr, taken).map(formatCidr),
    });
  }
}

/** Does one step as a use case would, or nothing where it is not possible. */
async function apply(stores: AllStores, place: Place, model: Model, what: Step): Promise<Model> {
  const picked = <T>(list: readonly T[], pick: number): T | undefined =>
    list[pick % Math.max(list.length, 1)];
  switch (what.op) {
    case 'insert':
      return { ...model, pools: await insert(stores, place, model.pools, what.cidr) };
    case 'hosts': {
      const parent = smallest(model.pools, what.cidr);
      if (
        !parent ||
        model.pools.some(
          (pool) =>
            pool !== parent && overlaps(pool.cidr, what.cidr) && contains(parent.cidr, pool.cidr),
        )
      )
        return model;
      const count = Math.min(what.count, Number(what.cidr.last - what.cidr.first));
      const ids = await stores.pools.reserveIds(count);
      const hosts = ids.map((id, n) =>
        samplePool({
          id,
          vrfId: place.vrfId,
          parentId: parent.id,
          cidr: formatCidr(cidrAt(4, what.cidr.first + BigInt(n), 32)),
        }),
      );
      await stores.pools.insert(hosts);
      return { ...model, pools: [...model.pools, ...hosts] };
    }
    case 'remove':
    case 'cascade': {
      const pool = picked(model.pools, what.pick);
      if (!pool) return model;
      const inside = model.pools.filter((each) => each !== pool && contains(pool.cidr, each.cidr));
      const gone = what.op === 'cascade' ? [pool, ...inside] : [pool];
      const ids = new Set(gone.map((each) => each.id));
      await stores.discovery.unlinkPools([...ids]);
      await stores.pools.remove([...ids]);
      const orphans = model.pools.filter((each) => each.parentId === pool.id && !ids.has(each.id));
      await stores.pools.setParent(
        orphans.map((each) => each.id),
        pool.parentId,
      );
      return {
        ...model,
        pools: model.pools
          .filter((each) => !ids.has(each.id))
          .map((each) => (orphans.includes(each) ? { ...each, parentId: pool.parentId } : each)),
        resources: model.resources.map((each) =>
          each.poolId !== null && ids.has(each.poolId) ? { ...each, poolId: null } : each,
        ),
      };
    }
    case 'resize': {
      const pool = picked(model.pools, what.pick);
      if (
        !pool ||
        model.pools.some(
          (each) => each !== pool && (each.parentId === pool.id || contains(what.cidr, each.cidr)),
        )
      )
        return model;
      const parent = smallest(
        model.pools.filter((each) => each !== pool),
        what.cidr,
      );
      const moved = { ...pool, cidr: what.cidr, parentId: parent?.id ?? null };
      await stores.pools.save([moved]);
      return { ...model, pools: model.pools.map((each) => (each === pool ? moved : each)) };
    }
    case 'discover': {
      const resource = sampleResource({
        ...place.of,
        vrfId: place.vrfId,
        id: only(await stores.discovery.reserveResourceIds(1)),
        cidr: formatCidr(what.cidr),
      });
      await stores.discovery.insertResources([resource]);
      return { ...model, resources: [...model.resources, resource] };
    }
    case 'observe': {
      if (model.observed.some((each) => compareCidrs(each, what.cidr) === 0)) return model;
      await stores.observed.insert([
        sampleObserved({
          ...place.of,
          vrfId: place.vrfId,
          cidr: formatCidr(what.cidr),
          goneAt: SAMPLE_TIME,
        }),
      ]);
      return { ...model, observed: [...model.observed, what.cidr] };
    }
    case 'release': {
      await stores.observed.purge(new Date(SAMPLE_TIME.getTime() + 1));
      return { ...model, observed: [] };
    }
    case 'forget': {
      const resource = picked(model.resources, what.pick);
      if (!resource) return model;
      await stores.discovery.removeResources([resource.id]);
      return { ...model, resources: model.resources.filter((each) => each !== resource) };
    }
    case 'link':
    case 'unlink': {
      const resource = picked(model.resources, what.pick);
      if (!resource) return model;
      const poolId = what.op === 'link' ? (picked(model.pools, what.pool)?.id ?? null) : null;
      const changed = { ...resource, poolId };
      await stores.discovery.saveResources([changed]);
      return {
        ...model,
        resources: model.resources.map((each) => (each === resource ? changed : each)),
      };
    }
  }
}

/** Plants a pool between its parent and what it contains, unless its CIDR is taken. */
async function insert(
  stores: AllStores,
  place: Place,
  pools: readonly Pool[],
  block: Cidr,
): Promise<readonly Pool[]> {
  if (pools.some((pool) => compareCidrs(pool.cidr, block) === 0)) return pools;
  const parentId = smallest(pools, block)?.id ?? null;
  const pool = samplePool({
    id: only(await stores.pools.reserveIds(1)),
    vrfId: place.vrfId,
    parentId,
    cidr: formatCidr(block),
  });
  const adopted = pools.filter((each) => each.parentId === parentId && contains(block, each.cidr));
  await stores.pools.setParent(
    adopted.map((each) => each.id),
    pool.id,
  );
  await stores.pools.insert([pool]);
  return [
    ...pools.map((each) => (adopted.includes(each) ? { ...each, parentId: pool.id } : each)),
    pool,
  ];
}

function smallest(pools: readonly Pool[], block: Cidr): Pool | undefined {
  const around = pools.filter((pool) => contains(pool.cidr, block));
  return around.sort((a, b) => b.cidr.prefixLength - a.cidr.prefixLength)[0];
}
