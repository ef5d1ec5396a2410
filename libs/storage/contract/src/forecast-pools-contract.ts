import { createHash } from 'node:crypto';
import { FollowLog, SealAudit } from '@cloudpam/audit';
import { parseCidr } from '@cloudpam/cidr';
import { COUNT_USAGE, DAY_MS, dayOf, ForecastPools, ReadForecasts } from '@cloudpam/forecast';
import { AllocateSubnet, CreatePools, type Pool } from '@cloudpam/pools';
import { SAMPLE_TIME } from './samples';
import type { AllStores } from './stores';
import { openedForEachTest, type OpenStorage } from './under-test';

const ACTOR = { type: 'token', id: '1', name: 'test' } as const;
const FIRST_DAY = SAMPLE_TIME.getTime();
const WEEKS = 60;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const onDay = (day: number): Date => new Date(FIRST_DAY + day * DAY_MS);

/** Telling forecasts once a day, over a storage. */
export function forecastPoolsContract(name: string, open: OpenStorage): void {
  describe(`${name}: forecasts of a night`, () => {
    const storage = openedForEachTest(open);
    const pools = {
      run: storage.run.bind(storage),
      read: storage.read.bind(storage),
      handlers: { 'pool.delete': [] },
    } as const;
    const changeOn = (day: number) => ({ at: onDay(day), actor: ACTOR, requestId: 'test' });
    const night = (
      server: string,
      day = 7 * WEEKS,
      pause = (): Promise<void> | undefined => undefined,
    ) => new ForecastPools(storage, server, () => onDay(day), pause);
    const ending = (days: number) =>
      new ReadForecasts(storage).ending({ until: dayOf(onDay(7 * WEEKS)) + days }, { size: 10 });
    const count = async (): Promise<void> => {
      await new SealAudit(storage, sha256).execute();
      await new FollowLog<AllStores>(storage, COUNT_USAGE, 'one', () => SAMPLE_TIME).execute();
    };

    async function created(cidr: string): Promise<Pool> {
      const asked = { name: cidr, cidr: parseCidr(cidr) };
      return (await new CreatePools(pools).one(changeOn(0), asked)).pool;
    }

    /** A pool that gives away a network a week, and one that was divided at once. */
    async function estate(): Promise<readonly Pool[]> {
      const growing = await created('10.0.0.0/18');
      const divided = await created('10.9.0.0/23');
      const allocate = new AllocateSubnet(pools);
      const take = (day: number, { id }: Pool) =>
        allocate.execute(changeOn(day), { from: { poolId: id }, name: 'n', prefixLength: 24 });
      for (const _ of [1, 2]) await take(0, divided);
      for (let week = 0; week < WEEKS; week++) await take(7 * week, growing);
      await count();
      return [growing, divided];
    }

    it('tells of what has grown, and not of what was divided at once', async () => {
      const [growing] = await estate();
      expect(await night('one').execute()).toBe(2);
      const { items } = await ending(90);
      expect(items.map(({ pool, prefixLength }) => [pool.id, prefixLength])).toEqual([
        [growing?.id, 24],
      ]);
      // 4 of 64 networks are left, and a little less than one a week goes.
      const [{ forecast, madeOn } = { forecast: undefined, madeOn: 0 }] = items;
      expect(forecast?.outcome).toBe('forecast');
      expect(((forecast?.day ?? 0) - madeOn) / 7).toBe(4);
      expect((await ending(7)).items).toEqual([]);
    });

    it('is told once a day, and what is asked alone is the same', async () => {
      const [growing] = await estate();
      expect(await night('one').execute()).toBe(2);
      expect(await night('two').execute()).toBe(0);
      const today = dayOf(onDay(7 * WEEKS));
      const [told] = (await ending(90)).items;
      const asked = new ReadForecasts(storage).ofPool(growing?.id ?? 0, undefined, today);
      expect(await asked).toEqual(told);
      expect(await night('two', 7 * WEEKS + 1).execute()).toBe(2);
    });

    it('waits until the log is counted', async () => {
      expect(await night('one').execute()).toBe(0);
      await created('10.7.0.0/18');
      // The entry is older than what waits a moment.
      expect(await night('one').execute()).toBe(0);
      await count();
      // Nothing has a past: it is asked again, and not only tomorrow.
      expect(await night('one').execute()).toBe(0);
      await estate();
      expect(await night('one').execute()).toBe(2);
    });

    it('goes on with another server when the one that tells has died', async () => {
      await estate();
      const dies = (): Promise<void> => Promise.reject(new Error('killed'));
      await expect(night('one', 7 * WEEKS, dies).execute()).rejects.toThrow('killed');
      expect(await night('two').execute()).toBe(0);
      const later = new ForecastPools(
        storage,
        'two',
        () => new Date(onDay(7 * WEEKS).getTime() + 3 * 60_000),
        () => undefined,
      );
      expect(await later.execute()).toBe(2);
      expect((await ending(90)).total).toBe(1);
    });
  });
}
