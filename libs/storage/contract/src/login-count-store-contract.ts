import { SAMPLE_TIME } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

const at = (seconds: number): Date => new Date(SAMPLE_TIME.getTime() + seconds * 1000);
const hash = (n: number): Uint8Array => new Uint8Array(32).fill(n);

/** The promises of `LoginCountStore`. */
export function loginCountStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: counts of attempts to log in`, () => {
    const storage = openedForEachTest(open);
    /** Counts one, in windows of a minute, by a clock that may be ahead by ten seconds. */
    const count = async (key: number, seconds: number): Promise<[number, number]> => {
      const { attempts, endsAt } = await storage.run(({ loginCounts }) =>
        loginCounts.count(hash(key), at(seconds), at(seconds + 60), at(seconds + 70)),
      );
      return [attempts, (endsAt.getTime() - SAMPLE_TIME.getTime()) / 1000];
    };

    it('go on until the window ends, and then begin anew, for each key by itself', async () => {
      expect([await count(1, 0), await count(1, 59), await count(2, 59)]).toEqual([
        [1, 60],
        [2, 60],
        [1, 119],
      ]);
      expect([await count(1, 60), await count(1, 61)]).toEqual([
        [1, 120],
        [2, 120],
      ]);
    });

    it('give each of those who count at the same time a number of its own', async () => {
      const counted = await Promise.all(Array.from({ length: 20 }, () => count(1, 0)));
      expect(counted.map(([attempts]) => attempts).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 20 }, (_, n) => n + 1),
      );
    });

    it('begin anew when the window ends later than any can that begins now', async () => {
      await count(1, 10);
      expect([await count(1, 0), await count(1, -1)]).toEqual([
        [2, 70],
        [1, 59],
      ]);
    });

    it('are removed when their window has ended for long enough', async () => {
      await count(1, 0);
      await count(2, 1);
      expect(await storage.run(({ loginCounts }) => loginCounts.purge(at(61)))).toBe(1);
      expect([await count(1, 2), await count(2, 2)]).toEqual([
        [1, 62],
        [2, 61],
      ]);
    });
  });
}
