import type { UserSession } from '@cloudpam/identity';
import { StoredConflict } from '@cloudpam/pools';
import { SAMPLE_TIME, sampleUser } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

const at = (seconds: number): Date => new Date(SAMPLE_TIME.getTime() + seconds * 1000);
const hash = (n: number): Uint8Array => new Uint8Array(32).fill(n);

/** The promises of `UserSessionStore`. */
export function userSessionStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: sessions`, () => {
    const storage = openedForEachTest(open);
    const user = (subject: string) =>
      storage.run(({ users }) => users.insert(sampleUser({ subject })));
    const begin = (userId: number, n: number, fields: Partial<UserSession> = {}) =>
      storage.run(({ sessions }) =>
        sessions.insert({
          secretHash: hash(n),
          userId,
          provider: 'okta',
          createdAt: at(0),
          expiresAt: at(100),
          lastUsedAt: at(1),
          userAgent: 'Firefox',
          ip: '192.0.2.1',
          idToken: 'a.b.c',
          sid: null,
          logoutHint: null,
          refreshToken: null,
          checkedAt: at(0),
          checkAfter: null,
          ...fields,
        }),
      );
    const found = (n: number) => storage.read(({ sessions }) => sessions.bySecretHash(hash(n)));

    it('finds a session with its user by the hash of its secret, every field', async () => {
      const ada = await user('ada');
      const session = await begin(ada.id, 1, {
        sid: 's1',
        logoutHint: 'ada',
        refreshToken: 'sealed',
        checkedAt: at(2),
        checkAfter: at(3),
      });
      await begin((await user('bob')).id, 2, { idToken: null });
      const stored = await found(1);
      expect(stored?.user).toEqual(ada);
      expect({ ...stored?.session, secretHash: [...(stored?.session.secretHash ?? [])] }).toEqual({
        ...session,
        secretHash: [...hash(1)],
      });
      expect((await found(2))?.session.idToken).toBeNull();
      expect(await found(3)).toBeUndefined();
    });

    it('refuses a secret that is taken', async () => {
      const { id } = await user('ada');
      await begin(id, 1);
      await expect(begin(id, 1)).rejects.toThrow(StoredConflict);
    });

    it('ends one, once, or all of a user, and no others', async () => {
      const [ada, bob] = [await user('ada'), await user('bob')];
      const [first] = [
        await begin(ada.id, 1),
        await begin(ada.id, 2),
        await begin(ada.id, 3),
        await begin(bob.id, 4),
      ];
      expect(
        (await storage.read(({ sessions }) => sessions.ofUser(ada.id))).map(
          ({ secretHash }) => secretHash[0],
        ),
      ).toEqual([3, 2, 1]);
      expect(await storage.run(({ sessions }) => sessions.end(first?.id ?? 0))).toBe(true);
      expect(await storage.run(({ sessions }) => sessions.end(first?.id ?? 0))).toBe(false);
      expect(await storage.run(({ sessions }) => sessions.endOfUser(ada.id))).toBe(2);
      expect([await found(1), await found(2), await found(3)]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
      expect(await found(4)).toBeDefined();
    });

    it('touches one, and removes what expired or was not used for too long', async () => {
      const { id } = await user('ada');
      const [used] = [
        await begin(id, 1),
        await begin(id, 2),
        await begin(id, 3, { expiresAt: at(10) }),
      ];
      await storage.run(({ sessions }) => sessions.touch(used?.id ?? 0, at(50)));
      expect((await found(1))?.session.lastUsedAt).toEqual(at(50));
      expect(await storage.run(({ sessions }) => sessions.purge(at(11), at(2)))).toBe(2);
      expect(
        (await storage.read(({ sessions }) => sessions.ofUser(id))).map(
          ({ secretHash }) => secretHash[0],
        ),
      ).toEqual([1]);
    });

    it('finds those of a session of the provider, of a person, or of both; nothing of another issuer', async () => {
      const [ada, bob] = [await user('ada'), await user('bob')];
      const other = await storage.run(({ users }) =>
        users.insert(sampleUser({ subject: 'ada', issuer: 'https://other.example' })),
      );
      await begin(ada.id, 1, { sid: 's1' });
      await begin(ada.id, 2, { sid: 's2' });
      await begin(ada.id, 3);
      await begin(bob.id, 4, { sid: 's1' });
      await begin(other.id, 5, { sid: 's1' });
      const numbers = async (sid: string | null, subject: string | null) =>
        (
          await storage.run(({ sessions }) =>
            sessions.atProvider('https://id.example', sid, subject),
          )
        ).map(({ secretHash }) => secretHash[0]);
      expect([
        await numbers('s1', null),
        await numbers('s1', 'ada'),
        await numbers(null, 'ada'),
        await numbers('s9', null),
      ]).toEqual([[1, 4], [1, 3], [1, 2, 3], []]);
    });

    it('lets one at a time ask the provider about a session, and again when that has ended', async () => {
      const { id } = await begin((await user('ada')).id, 1);
      const claim = (checkedAt: Date, now: Date): Promise<boolean> =>
        storage.run(({ sessions }) =>
          sessions.claimCheck(id, checkedAt, now, new Date(now.getTime() + 20_000)),
        );
      expect(
        (await Promise.all([1, 2, 3].map(() => claim(at(0), at(50))))).filter(Boolean),
      ).toHaveLength(1);
      expect(await claim(at(0), at(69))).toBe(false);
      await storage.run(({ sessions }) => sessions.checked(id, at(69), 'renewed'));
      expect((await found(1))?.session).toMatchObject({
        checkedAt: at(69),
        checkAfter: null,
        refreshToken: 'renewed',
      });
      expect([await claim(at(0), at(90)), await claim(at(69), at(90))]).toEqual([false, true]);
      await storage.run(({ sessions }) => sessions.postponeCheck(id, at(95)));
      expect([await claim(at(69), at(94)), await claim(at(69), at(95))]).toEqual([false, true]);
    });

    it('takes a logout token once, and forgets it when it has expired', async () => {
      const use = () => storage.run(({ sessions }) => sessions.useLogoutToken(hash(1), at(10)));
      expect((await Promise.all([use(), use(), use()])).filter(Boolean)).toHaveLength(1);
      await storage.run(({ sessions }) => sessions.purge(at(10), at(0)));
      expect(await use()).toBe(false);
      await storage.run(({ sessions }) => sessions.purge(at(11), at(0)));
      expect(await use()).toBe(true);
    });
  });
}
