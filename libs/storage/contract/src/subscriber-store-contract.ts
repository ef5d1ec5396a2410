import { SAMPLE_TIME } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

const at = (seconds: number): Date => new Date(SAMPLE_TIME.getTime() + seconds * 1_000);

/** The promises of `SubscriberStore`. */
export function subscriberStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: subscribers of the log`, () => {
    const storage = openedForEachTest(open);
    const take = (holder: string, from: number, until: number): Promise<unknown> =>
      storage.run(({ subscribers }) => subscribers.take('file:a', holder, at(from), at(until)));

    it('begins at the beginning, for each name', async () => {
      expect(await storage.read(({ subscribers }) => subscribers.get('file:a'))).toBeUndefined();
      expect(await take('one', 0, 10)).toEqual({ seq: 0, holder: 'one', leaseUntil: at(10) });
      expect(await storage.run(({ subscribers }) => subscribers.advance('file:a', 'one', 7))).toBe(
        true,
      );
      expect(await storage.read(({ subscribers }) => subscribers.get('file:a'))).toEqual({
        seq: 7,
        holder: null,
        leaseUntil: null,
      });
      expect(await storage.read(({ subscribers }) => subscribers.get('file:b'))).toBeUndefined();
    });

    it('lets one follow at a time, and another one when the time of the first is over', async () => {
      await take('one', 0, 10);
      expect(await take('two', 9, 20)).toBeUndefined();
      expect(await take('one', 9, 20)).toMatchObject({ holder: 'one' });
      expect(await take('two', 20, 30)).toMatchObject({ holder: 'two', seq: 0 });
      expect(await storage.run(({ subscribers }) => subscribers.advance('file:a', 'one', 5))).toBe(
        false,
      );
      expect(await storage.read(({ subscribers }) => subscribers.get('file:a'))).toMatchObject({
        seq: 0,
        holder: 'two',
      });
    });

    it('lets another one follow where the clock of the first was ahead', async () => {
      await take('one', 1_000, 1_010);
      expect(await take('two', 0, 10)).toMatchObject({ holder: 'two', leaseUntil: at(10) });
    });

    it('lets one of several win that come at once', async () => {
      const taken = await Promise.all(['a', 'b', 'c', 'd'].map((holder) => take(holder, 0, 10)));
      expect(taken.filter((each) => each !== undefined)).toHaveLength(1);
    });
  });
}
