import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { FollowLog, SealAudit, type Actor } from '@cloudpam/audit';
import { freeBlocks, type Cidr } from '@cloudpam/cidr';
import { COUNT_USAGE, DAY_MS, dayOf, type BlockCounts } from '@cloudpam/forecast';
import { PoolError } from '@cloudpam/pools';
import { SAMPLE_TIME, sampleVrf } from './samples';
import type { AllStores } from './stores';
import { applyStep, stateOf, treeStep, type TreePlace } from './tree-steps';
import { openedForEachTest, type OpenStorage } from './under-test';

const ACTOR: Actor = { type: 'token', id: '1', name: 'test' };
const ALWAYS = { from: 0, to: 99_999 };
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

interface Used {
  readonly taken: BlockCounts;
  readonly free: BlockCounts;
}

/** What is used of each pool now, by a look at what lies in it. */
async function usedNow(stores: AllStores, place: TreePlace): Promise<ReadonlyMap<number, Used>> {
  const { pools, addresses } = await stateOf(stores, place);
  return new Map(
    pools.map((pool) => {
      const inside = [
        ...pools.filter((each) => each.parentId === pool.id),
        ...addresses.filter((each) => each.poolId === pool.id),
      ].map((each) => each.cidr);
      return [pool.id, { taken: countsOf(inside), free: countsOf(freeBlocks(pool.cidr, inside)) }];
    }),
  );
}

/** Days counted out of the log against a look at the tree each evening. */
export function usageProperty(name: string, open: OpenStorage): void {
  describe(`${name}: usage of a tree that use cases change`, () => {
    const storage = openedForEachTest(open);

    it('was on each day what the tree was in the evening, whatever has happened', async () => {
      let runs = 0;
      const days = fc.array(fc.array(treeStep, { minLength: 1, maxLength: 6 }), {
        minLength: 1,
        maxLength: 8,
      });
      await fc.assert(
        fc.asyncProperty(days, fc.integer({ min: 1, max: 7 }), async (steps, batch) => {
          runs += 2;
          const place = await storage.run(async ({ vrfs }) => ({
            vrfId: (await vrfs.insert(sampleVrf({ name: `vrf ${runs}` }))).id,
            otherId: (await vrfs.insert(sampleVrf({ name: `vrf ${runs + 1}` }))).id,
          }));
          const evenings: ReadonlyMap<number, Used>[] = [];
          for (const [day, some] of steps.entries()) {
            const at = new Date(SAMPLE_TIME.getTime() + day * DAY_MS);
            const change = { at, actor: ACTOR, requestId: 'property' };
            for (const each of some) {
              const { pools, addresses } = await storage.read((stores) => stateOf(stores, place));
              try {
                await applyStep(storage, place, pools, addresses, each, change);
              } catch (error) {
                if (!(error instanceof PoolError)) throw error;
              }
            }
            evenings.push(await storage.read((stores) => usedNow(stores, place)));
          }
          await new SealAudit(storage, sha256).execute();
          const count = { ...COUNT_USAGE, batch };
          await new FollowLog(storage, count, 'one', () => SAMPLE_TIME).execute();
          await expectCounted(evenings);
        }),
        { numRuns: 20 },
      );
    }, 180_000);

    /** Pools that are there in the end have been used as they were in each evening. */
    async function expectCounted(evenings: readonly ReadonlyMap<number, Used>[]): Promise<void> {
      const ids = [...(evenings.at(-1)?.keys() ?? [])];
      const counted = await storage.read(({ usage }) => usage.days(ids, ALWAYS));
      for (const id of ids)
        for (const [day, evening] of evenings.entries()) {
          const is = evening.get(id);
          if (!is) continue;
          const found = counted.get(id)?.findLast((each) => each.day <= dayOf(SAMPLE_TIME) + day);
          // Nothing is kept of a pool before anything was in it.
          if (!found && Object.keys(is.taken).length === 0) continue;
          expect([id, day, found]).toMatchObject([id, day, is]);
        }
    }
  });
}

function countsOf(blocks: readonly Cidr[]): BlockCounts {
  const counts: Record<number, number> = {};
  for (const { prefixLength } of blocks) counts[prefixLength] = (counts[prefixLength] ?? 0) + 1;
  return counts;
}
