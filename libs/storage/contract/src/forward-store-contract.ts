import { SAMPLE_TIME } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

const at = (seconds: number): Date => new Date(SAMPLE_TIME.getTime() + seconds * 1_000);

/** The promises of `ForwardStore`. */
export function forwardStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: forwarding of the audit log`, () => {
    const storage = openedForEachTest(open);
    const take = (holder: string, from: number, until: number): Promise<unknown> =>
      storage.run(({ forwards }) => forwards.take('file:a', holder, at(from), at(until)));

    it('begins at the beginning, for each target', async () => {
      expect(await storage.read(({ forwards }) => forwards.get('file:a'))).toBeUndefined();
      expect(await take('one', 0, 10)).toEqual({ seq: 0, holder: 'one', leaseUntil: at(10) });
      expect(await storage.run(({ forwards }) => forwards.advance('file:a', 'one', 7))).toBe(true);
      expect(await storage.read(({ forwards }) => forwards.get('file:a'))).toEqual({
        seq: 7,
        holder: null,
        leaseUntil: null,
      });
      expect(await storage.read(({ forwards }) => forwards.get('file:b'))).toBeUndefined();
    });

    it('lets one send at a time, and another one when the time of the first is over', async () => {
      await take('one', 0, 10);
      expect(await take('two', 9, 20)).toBeUndefined();
      expect(await take('one', 9, 20)).toMatchObject({ holder: 'one' });
      expect(await take('two', 20, 30)).toMatchObject({ holder: 'two', seq: 0 });
      expect(await storage.run(({ forwards }) => forwards.advance('file:a', 'one', 5))).toBe(false);
      expect(await storage.read(({ forwards }) => forwards.get('file:a'))).toMatchObject({
        seq: 0,
        holder: 'two',
      });
    });

    it('lets one of several win that come at once', async () => {
      const taken = await Promise.all(['a', 'b', 'c', 'd'].map((holder) => take(holder, 0, 10)));
      expect(taken.filter((each) => each !== undefined)).toHaveLength(1);
    });
  });
}
