import type { KeptRecommendation } from '@cloudpam/analysis';
import { parseCidr } from '@cloudpam/cidr';
import { GLOBAL_VRF_ID, InvalidCursor } from '@cloudpam/pools';
import { insertTree } from './planted';
import { SAMPLE_TIME } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

const LATER = new Date(SAMPLE_TIME.getTime() + 60_000);

/** What `RecommendationStore` promises. */
export function recommendationStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: recommendations`, () => {
    const storage = openedForEachTest(open);
    let [a, b, c, d] = [0, 0, 0, 0];
    const save = (...some: readonly KeptRecommendation[]): Promise<void> =>
      storage.run(({ recommendations }) => recommendations.save(some));
    const poolsOf = (filter: object): Promise<number[]> =>
      storage.read(async ({ recommendations }) =>
        (await recommendations.list(filter, { size: 9 })).items.map(({ poolId }) => poolId),
      );
    beforeEach(async () => {
      const cidrs = ['10.0.0.0/16', '10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16'];
      [a, b, c, d] = (await storage.run((stores) => insertTree(stores, cidrs))).map(
        ({ id }) => id,
      ) as [number, number, number, number]; // of each CIDR
    });

    it('lists what matters most first, page after page, and counts each kind', async () => {
      const unused = made(a);
      const rules = made(a, { kind: 'breaks_rules', severity: 'medium', relatedId: b });
      const pieces = made(c, { kind: 'fragmented', severity: 'high', action: null });
      await save(unused, rules, pieces, made(b));
      await storage.read(async ({ recommendations }) => {
        const all = await recommendations.list({}, { size: 10 });
        expect(all).toEqual({
          items: [pieces, rules, unused, made(b)],
          total: 4,
          nextCursor: null,
        });
        const found: KeptRecommendation[] = [];
        let after: string | undefined;
        for (let page = 0; page < 4; page++) {
          const { items, nextCursor } = await recommendations.list({}, { size: 1, after });
          found.push(...items);
          after = nextCursor ?? undefined;
        }
        expect([found, after]).toEqual([all.items, undefined]);
        expect((await recommendations.list({}, { size: 9, skip: 3 })).items).toEqual([made(b)]);
        await expect(recommendations.list({}, { size: 1, after: '1.1; drop' })).rejects.toThrow(
          InvalidCursor,
        );
        const counts = await recommendations.counts({ kind: 'fragmented' });
        expect(Object.fromEntries(counts)).toEqual({
          ...{ duplicate: 0, shadowed: 0, undersized: 0, oversized: 0 },
          ...{ fragmented: 1, breaks_rules: 1, unused: 2 },
        });
        const low = await recommendations.counts({ severity: 'low', vrfId: GLOBAL_VRF_ID });
        expect([low.get('unused'), low.get('fragmented')]).toEqual([2, 0]);
      });
    });

    it('keeps them to a kind, a severity, a VRF and an account', async () => {
      await save(made(a), made(b, { kind: 'duplicate', severity: 'high' }));
      expect(await poolsOf({ kind: 'unused' })).toEqual([a]);
      expect(await poolsOf({ severity: 'high' })).toEqual([b]);
      expect(await poolsOf({ vrfId: GLOBAL_VRF_ID })).toEqual([b, a]);
      expect(await poolsOf({ vrfId: 77 })).toEqual([]);
      expect(await poolsOf({ accountId: 77 })).toEqual([]);
    });

    it('keeps to an access scope those that tell of no pool outside it', async () => {
      const under = [{ vrfId: GLOBAL_VRF_ID, cidr: parseCidr('10.0.0.0/15'), kind: 'container' }];
      const accessScope = { accountIds: null, under };
      await save(
        made(a, { relatedId: b }),
        made(a, { kind: 'duplicate', relatedId: c }),
        made(b),
        made(c),
        made(d, { relatedId: a }),
      );
      expect(await poolsOf({ accessScope })).toEqual([a, b]);
      expect(await poolsOf({ accessScope: { accountIds: [], under: null } })).toEqual([]);
      const counts = await storage.read((stores) => stores.recommendations.counts({ accessScope }));
      expect([counts.get('unused'), counts.get('duplicate')]).toEqual([2, 0]);
    });

    it('replaces that of a pool and kind, and has none of pools that are gone', async () => {
      await save(
        made(a),
        made(b, { relatedId: c }),
        made(c),
        made(9_999),
        made(d, { relatedId: 9_999 }),
      );
      await save(made(a, { severity: 'high', madeAt: LATER }));
      expect(await poolsOf({})).toEqual([a, b, c]);
      await storage.run(({ pools }) => pools.remove([c]));
      expect(await poolsOf({})).toEqual([a]);
    });

    it('forgets what was made before a time, so many at once', async () => {
      await save(made(a), made(b), made(c, { madeAt: LATER }));
      const purge = (): Promise<number> =>
        storage.run(({ recommendations }) => recommendations.purge(LATER, 1));
      expect([await purge(), await purge(), await purge()]).toEqual([1, 1, 0]);
      expect(await poolsOf({})).toEqual([c]);
    });
  });
}

function made(poolId: number, other: Partial<KeptRecommendation> = {}): KeptRecommendation {
  return {
    poolId,
    kind: 'unused',
    severity: 'low',
    relatedId: null,
    facts: { idleDays: 90 },
    action: { type: 'reclaim', poolIds: [poolId], cidr: null, tags: [] },
    madeAt: SAMPLE_TIME,
    ...other,
  };
}
