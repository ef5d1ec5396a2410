import { StoredConflict, type AccountFilter } from '@cloudpam/pools';
import { cloud, insertTree } from './planted';
import { sampleAccount } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

/** The promises of `AccountStore`. */
export function accountStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: accounts`, () => {
    const storage = openedForEachTest(open);
    const insert = (fields: Parameters<typeof sampleAccount>[0]) =>
      storage.run(({ accounts }) => accounts.insert(sampleAccount(fields)));

    it('gives back every field, also under the lock', async () => {
      const asked = sampleAccount({
        provider: 'gcp',
        externalId: 'my-project',
        platform: 'k8s',
        tier: 'gold',
        environment: 'prod',
        regions: ['a', 'b'],
        description: 'd',
        discoveryPolicy: 'approve',
        discoveryInterval: 3_600,
      });
      const account = await insert(asked);
      expect(account).toEqual({ ...asked, id: account.id });
      expect(await storage.read(({ accounts }) => accounts.get(account.id))).toEqual(account);
      expect(await storage.run(({ accounts }) => accounts.lock(account.id))).toEqual(account);
      expect(await storage.run(({ accounts }) => accounts.lock(99))).toBeUndefined();
      expect(await storage.read(({ accounts }) => accounts.get(99))).toBeUndefined();
    });

    it('finds many by id and by key, and leaves out what is not there', async () => {
      const one = await insert({ externalId: '1' });
      const two = await insert({ externalId: '2' });
      const found = await storage.read(({ accounts }) =>
        accounts.getMany([two.id, 99, one.id, one.id]),
      );
      expect(found.map((account) => account.id).sort()).toEqual([one.id, two.id].sort());
      expect(await storage.read(({ accounts }) => accounts.byKeys(['aws:2', 'aws:3']))).toEqual([
        two,
      ]);
      expect(await storage.read(({ accounts }) => accounts.getMany([]))).toEqual([]);
      expect(await storage.read(({ accounts }) => accounts.byKeys([]))).toEqual([]);
    });

    it('lists by key, filtered, in pages', async () => {
      await insert({ externalId: '2', name: 'Beta_1' });
      await insert({ externalId: '1', name: 'alpha', environment: 'prod' });
      await insert({ provider: 'gcp', externalId: 'x', name: 'gamma 100%' });
      const keys = async (filter: AccountFilter) =>
        (await storage.read(({ accounts }) => accounts.list(filter, 1, 10))).items.map(
          (account) => account.key,
        );
      expect(await keys({})).toEqual(['aws:1', 'aws:2', 'gcp:x']);
      expect(await keys({ provider: 'gcp' })).toEqual(['gcp:x']);
      expect(await keys({ environment: 'prod' })).toEqual(['aws:1']);
      expect(await keys({ text: 'BETA' })).toEqual(['aws:2']);
      expect(await keys({ text: 'gcp:' })).toEqual(['gcp:x']);
      expect(await keys({ text: '_' })).toEqual(['aws:2']);
      expect(await keys({ text: '0%' })).toEqual(['gcp:x']);
      expect(await keys({ provider: 'aws', text: 'gamma' })).toEqual([]);
      const second = await storage.read(({ accounts }) => accounts.list({}, 2, 2));
      expect(second.items.map((account) => account.key)).toEqual(['gcp:x']);
      expect(second.total).toBe(3);
    });

    it('refuses a key that is taken', async () => {
      await insert({});
      await expect(insert({})).rejects.toThrow(StoredConflict);
    });

    it('saves all fields, and removes', async () => {
      const account = await insert({});
      const changed = {
        ...account,
        name: 'n',
        tier: 't',
        platform: 'p',
        environment: 'e',
        regions: [],
        description: 'd',
        version: 3,
      };
      await storage.run(({ accounts }) => accounts.save(changed));
      expect(await storage.read(({ accounts }) => accounts.get(account.id))).toEqual(changed);
      await storage.run(({ accounts }) => accounts.remove(account.id));
      expect(await storage.read(({ accounts }) => accounts.get(account.id))).toBeUndefined();
    });

    it('counts the pools and networks that name it, and is not removed while there are any', async () => {
      const accountId = await storage.run(async (stores) => {
        const { accountId: id } = await cloud(stores);
        await insertTree(stores, ['10.0.0.0/8', { cidr: '10.0.0.0/24', accountId: id }]);
        return id;
      });
      expect(await storage.read(({ accounts }) => accounts.useCount(accountId))).toBe(2);
      await expect(storage.run(({ accounts }) => accounts.remove(accountId))).rejects.toThrow(
        StoredConflict,
      );
    });
  });
}
