import { StoredConflict } from '@cloudpam/pools';
import { SAMPLE_TIME, sampleUser } from './samples';
import { gate, openedForEachTest, type OpenStorage } from './under-test';

/** The promises of `UserStore`. */
export function userStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: users`, () => {
    const storage = openedForEachTest(open);
    const insert = (fields: Parameters<typeof sampleUser>[0] = {}) =>
      storage.run(({ users }) => users.insert(sampleUser(fields)));

    it('gives back every field', async () => {
      const asked = sampleUser({
        email: null,
        role: 'admin',
        rolePinned: true,
        groups: [],
        active: false,
        accounts: ['aws:1'],
        pools: [7, 2 ** 40],
        lastLoginAt: new Date(SAMPLE_TIME.getTime() + 1),
        refusedAt: new Date(SAMPLE_TIME.getTime() + 2),
        version: 3,
      });
      const user = await insert(asked);
      expect(user).toEqual({ ...asked, id: user.id });
      expect(await storage.read(({ users }) => users.get(user.id))).toEqual(user);
      expect(
        await storage.read(({ users }) => users.bySubject(asked.issuer, asked.subject)),
      ).toEqual(user);
      expect(
        await storage.run(({ users }) => users.bySubject(asked.issuer, asked.subject)),
      ).toEqual(user);
    });

    it('does not find what is not there, nor the same subject of another issuer', async () => {
      await insert();
      expect(await storage.read(({ users }) => users.get(99))).toBeUndefined();
      expect(
        await storage.read(({ users }) => users.bySubject('https://other.example', 'ada')),
      ).toBeUndefined();
    });

    it('refuses the same subject of the same issuer twice', async () => {
      await insert();
      await expect(insert({ provider: 'other' })).rejects.toThrow(StoredConflict);
      await insert({ issuer: 'https://other.example' });
    });

    it('saves what may change of one user, and nothing of others', async () => {
      const [user, other] = [await insert(), await insert({ subject: 'bob' })];
      const changed = {
        ...user,
        provider: 'google',
        email: null,
        name: 'Ada L.',
        role: 'editor' as const,
        rolePinned: true,
        groups: ['a', 'b'],
        accounts: [],
        pools: [1],
        active: false,
        version: 2,
      };
      await storage.run(({ users }) =>
        users.save({ ...changed, subject: 'mallory', issuer: 'https://evil.example' }),
      );
      expect(await storage.read(({ users }) => users.get(user.id))).toEqual(changed);
      expect(await storage.read(({ users }) => users.get(other.id))).toEqual(other);
    });

    it(
      'lists by id, in pages, and counts the active ones of a role that have no limits and ' +
        'were not refused',
      async () => {
        for (const subject of ['a', 'b', 'c'])
          await insert({ subject, role: 'admin', active: subject !== 'b' });
        await insert({ subject: 'd', role: 'admin', accounts: ['aws:1'] });
        await insert({ subject: 'e', role: 'admin', pools: [7] });
        await insert({ subject: 'f', role: 'admin', refusedAt: SAMPLE_TIME });
        const { items, total } = await storage.read(({ users }) => users.list({}, 1, 2));
        expect([items.map((user) => user.subject), total]).toEqual([['a', 'b'], 6]);
        expect(await storage.read(({ users }) => users.activeCount('admin'))).toBe(2);
        expect(await storage.run(({ users }) => users.activeCount('editor'))).toBe(0);
      },
    );

    it('lists those of exactly one name', async () => {
      for (const name of ['Ada', 'ada', 'Ada L.']) await insert({ subject: name, name });
      const { items, total } = await storage.read(({ users }) => users.list({ name: 'Ada' }, 1, 2));
      expect([items.map((user) => user.subject), total]).toEqual([['Ada'], 1]);
    });

    it('lets no two runs take the last two of a role, each believing in the other', async () => {
      const admins = [
        await insert({ subject: 'a', role: 'admin' }),
        await insert({ subject: 'b', role: 'admin' }),
      ];
      const both = gate();
      const take = (at: number): Promise<boolean> =>
        storage.run(async ({ users }) => {
          if (at === 0) both.open();
          else await both.passed;
          if ((await users.activeCount('admin')) <= 1) return false;
          const admin = admins[at];
          if (admin) await users.save({ ...admin, role: 'viewer' });
          return true;
        });
      expect((await Promise.all([take(0), take(1)])).filter(Boolean)).toHaveLength(1);
    });
  });
}
