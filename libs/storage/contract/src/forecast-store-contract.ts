import type { Forecast, PoolForecast } from '@cloudpam/forecast';
import { GLOBAL_VRF_ID, InvalidCursor } from '@cloudpam/pools';
import { parseCidr } from '@cloudpam/cidr';
import { insertTree } from './planted';
import { openedForEachTest, type OpenStorage } from './under-test';

const FORECAST: Forecast = {
  outcome: 'forecast',
  day: 20_100,
  earliest: 20_050,
  latest: null,
  confidence: 'medium',
  growthPerWeek: 12.5,
  weeks: 60,
  changes: 40,
  leftOut: null,
  backtest: { trials: 5, held: 4 },
};

function told(poolId: number, endsOn: number | null, madeOn = 20_000): PoolForecast {
  return { poolId, madeOn, prefixLength: 24, forecast: { ...FORECAST, day: endsOn }, endsOn };
}

/** What `ForecastStore` promises. */
export function forecastStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: forecasts`, () => {
    const storage = openedForEachTest(open);
    let ids: readonly number[];
    const save = (...some: readonly PoolForecast[]): Promise<void> =>
      storage.run(({ forecasts }) => forecasts.save(some));
    beforeEach(async () => {
      const cidrs = ['10.0.0.0/16', '10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16'];
      ids = (await storage.run((stores) => insertTree(stores, cidrs))).map(({ id }) => id);
    });

    it('lists what ends until a day, the soonest first, page after page', async () => {
      const [a = 0, b = 0, c = 0, d = 0] = ids;
      await save(told(a, 20_300), told(b, 20_010), told(c, 20_010), told(d, null));
      await storage.read(async ({ forecasts }) => {
        const all = await forecasts.ending({ until: 20_300 }, { size: 10 });
        expect(all).toEqual({
          items: [told(b, 20_010), told(c, 20_010), told(a, 20_300)],
          total: 3,
          nextCursor: null,
        });
        const first = await forecasts.ending({ until: 20_299 }, { size: 1 });
        expect([first.items, first.total]).toEqual([[told(b, 20_010)], 2]);
        const after = first.nextCursor ?? '';
        const second = await forecasts.ending({ until: 20_299 }, { size: 1, after });
        expect(second).toMatchObject({ items: [told(c, 20_010)], nextCursor: null });
        const skipped = await forecasts.ending({ until: 20_300 }, { size: 10, skip: 2 });
        expect(skipped.items).toEqual([told(a, 20_300)]);
        await expect(
          forecasts.ending({ until: 20_300 }, { size: 1, after: '; drop' }),
        ).rejects.toThrow(InvalidCursor);
      });
    });

    it('keeps them to a VRF, an account and an access scope', async () => {
      const [a = 0, b = 0] = ids;
      await save(told(a, 20_001), told(b, 20_002));
      const under = [{ vrfId: GLOBAL_VRF_ID, cidr: parseCidr('10.1.0.0/16'), kind: 'container' }];
      await storage.read(async ({ forecasts }) => {
        const of = async (filter: object): Promise<number[]> =>
          (await forecasts.ending({ until: 99_999, ...filter }, { size: 9 })).items.map(
            ({ poolId }) => poolId,
          );
        expect(await of({ vrfId: GLOBAL_VRF_ID })).toEqual([a, b]);
        expect(await of({ vrfId: 77 })).toEqual([]);
        expect(await of({ accountId: 77 })).toEqual([]);
        expect(await of({ accessScope: { under } })).toEqual([b]);
        expect(await of({ accessScope: { accountIds: [] } })).toEqual([]);
      });
    });

    it('replaces that of a pool, forgets old ones, and has none of a pool that is gone', async () => {
      const [a = 0, b = 0, c = 0] = ids;
      await save(told(a, 20_001), told(b, 20_002), told(c, 20_003));
      await save(told(a, 20_009, 20_001), told(c, 20_003, 20_001), told(9_999, 20_001, 20_001));
      expect(await storage.run(({ forecasts }) => forecasts.purge(20_001))).toBe(1);
      await storage.run(({ pools }) => pools.remove([c]));
      const { items } = await storage.read(({ forecasts }) =>
        forecasts.ending({ until: 99_999 }, { size: 9 }),
      );
      expect(items).toEqual([told(a, 20_009, 20_001)]);
    });
  });
}
