import { SAMPLE_TIME } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

const at = (seconds: number): Date => new Date(SAMPLE_TIME.getTime() + seconds * 1000);
const hash = (n: number): Uint8Array => new Uint8Array(32).fill(n);

/** The promises of `LoginAttemptStore`. */
export function loginAttemptStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: logins that were begun`, () => {
    const storage = openedForEachTest(open);

    it('gives a login to one of those who ask for it', async () => {
      const attempt = {
        secretHash: hash(1),
        provider: 'okta',
        returnTo: '/pools?q=1',
        expiresAt: at(10),
      };
      await storage.run(({ attempts }) => attempts.insert(attempt));
      const taken = await Promise.all(
        [1, 2, 3].map(() => storage.run(({ attempts }) => attempts.take(hash(1)))),
      );
      const [only, ...rest] = taken.filter((each) => each !== undefined);
      expect(rest).toEqual([]);
      expect({ ...only, secretHash: null }).toEqual({ ...attempt, secretHash: null });
    });

    it('removes logins that nobody finished', async () => {
      await storage.run(async ({ attempts }) => {
        await attempts.insert({
          secretHash: hash(1),
          provider: 'okta',
          returnTo: '/',
          expiresAt: at(10),
        });
        await attempts.insert({
          secretHash: hash(2),
          provider: 'okta',
          returnTo: '/',
          expiresAt: at(20),
        });
      });
      expect(await storage.run(({ attempts }) => attempts.purge(at(11)))).toBe(1);
      expect(await storage.run(({ attempts }) => attempts.take(hash(1)))).toBeUndefined();
      expect(await storage.run(({ attempts }) => attempts.take(hash(2)))).toBeDefined();
    });
  });
}
