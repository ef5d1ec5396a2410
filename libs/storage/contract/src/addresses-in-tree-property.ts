import fc from 'fast-check';
import {
  addressCount,
  contains,
  formatCidr,
  freeBlocks,
  overlaps,
  type AddressRange,
} from '@cloudpam/cidr';
import { formatHost, formatSpan, PoolError } from '@cloudpam/pools';
import { applyRangeStep, rangeStep } from './range-steps';
import { sampleVrf } from './samples';
import type { AllStores } from './stores';
import { applyStep, stateOf, treeStep, type TreePlace } from './tree-steps';
import { openedForEachTest, type OpenStorage } from './under-test';

const EVERYTHING = { order: 'address', limit: 100_000 } as const;
const step = fc.oneof(
  treeStep.map((tree) => ({ tree })),
  rangeStep.map((range) => ({ range })),
);

/**
 * After any use cases each address and range lies in the smallest pool around it, pools know how much is used of them,
 * and what is used, kept apart, free and nobody's is all of a pool.
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
              if ('tree' in each)
                await applyStep(storage, place, state.pools, state.addresses, each.tree);
              else await applyRangeStep(storage, state, each.range);
            } catch (error) {
              if (!(error instanceof PoolError)) throw error;
            }
            await storage.read((stores) => expectRight(stores, place));
          }
          // What was kept of the free space is what is computed now.
          await storage.run((stores) => expectRight(stores, place));
        }),
        { numRuns: 40 },
      );
    }, 180_000);
  });
}

function sumOf(spans: readonly AddressRange[]): bigint {
  return spans.reduce((sum, span) => sum + addressCount(span), 0n);
}

async function expectRight(stores: AllStores, place: TreePlace): Promise<void> {
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
