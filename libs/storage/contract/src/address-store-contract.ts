import { parseCidr } from '@cloudpam/cidr';
import {
  InvalidCursor,
  readTypedText,
  StoredConflict,
  type AddressFilter,
  type AddressList,
  type AddressPage,
  type AddressRecord,
} from '@cloudpam/pools';
import { insertTree, only } from './planted';
import { sampleAccount, sampleAddress, sampleVrf, SAMPLE_TIME } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

const host = (text: string) => parseCidr(`${text}/${text.includes(':') ? 128 : 32}`);
const FIRST = { order: 'address', limit: 1 } as const;

/** The promises of `AddressStore`. */
export function addressStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: addresses`, () => {
    const storage = openedForEachTest(open);
    const insert = (...records: readonly Parameters<typeof sampleAddress>[0][]) =>
      storage.run(({ addresses }) => addresses.insert(records.map(sampleAddress)));
    const list = (filter: AddressFilter, page: AddressPage = { size: 10 }): Promise<AddressList> =>
      storage.read(({ addresses }) => addresses.list(filter, page));
    const names = (records: readonly AddressRecord[]) => records.map((record) => record.name);

    it('give back every field, also under the lock', async () => {
      const account = await storage.run(({ accounts }) => accounts.insert(sampleAccount()));
      const fields = {
        address: '2001:db8::7',
        name: 'db',
        status: 'deprecated',
        role: 'vip',
        dnsName: 'db.example.com',
        mac: '02:00:5e:00:53:01',
        accountId: account.id,
        description: 'd',
        tags: { env: 'prod', 'a:b': '=1' },
        expiresAt: new Date('2030-01-02T03:04:05.678Z'),
        version: 3,
      } as const;
      const record = only(await insert(fields));
      expect(record).toEqual({ ...sampleAddress(fields), id: record.id });
      expect(await storage.read(({ addresses }) => addresses.get(record.id))).toEqual(record);
      expect(await storage.run(({ addresses }) => addresses.lock([99, record.id]))).toEqual([
        record,
      ]);
    });

    it('are listed by address, in pages and from a place on', async () => {
      await insert(
        { address: '10.0.0.9', name: 'c' },
        { address: '2001:db8::1', name: 'e' },
        { address: '::1', name: 'a' },
        { address: '10.0.0.1', name: 'b' },
        { address: '10.1.0.1', name: 'd' },
      );
      expect(names((await list({})).items)).toEqual(['a', 'b', 'c', 'd', 'e']);
      expect(names((await list({}, { size: 2, page: 2 })).items)).toEqual(['c', 'd']);
      const seen: string[] = [];
      for (let after: string | null | undefined; after !== null;) {
        const page: AddressList = await list({}, { size: 2, ...(after && { after }) });
        expect(page.total).toBe(5);
        seen.push(...names(page.items));
        after = page.nextCursor;
      }
      expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
      await expect(list({}, { size: 2, after: 'none' })).rejects.toThrow(InvalidCursor);
    });

    it('are found by each field of a filter', async () => {
      const vrf = await storage.run(({ vrfs }) => vrfs.insert(sampleVrf()));
      const [pool] = await storage.run((stores) => insertTree(stores, ['10.0.0.0/24']));
      await insert(
        { address: '10.0.0.1', name: 'Gate', role: 'gateway', poolId: pool?.id },
        { address: '10.0.0.2', name: 'web', dnsName: 'www.gate.example', poolId: pool?.id },
        { address: '10.0.1.1', name: 'other', status: 'reserved' },
        { address: '10.0.0.1', name: 'lab', vrfId: vrf.id, tags: { env: 'lab' } },
      );
      const found = async (filter: AddressFilter) => names((await list(filter)).items);
      expect(await found({ vrfId: vrf.id })).toEqual(['lab']);
      expect(await found({ poolId: pool?.id })).toEqual(['Gate', 'web']);
      expect(await found({ within: parseCidr('10.0.0.0/23'), vrfId: 1 })).toHaveLength(3);
      expect(await found({ status: 'reserved' })).toEqual(['other']);
      expect(await found({ role: 'gateway' })).toEqual(['Gate']);
      expect(await found({ name: 'web' })).toEqual(['web']);
      expect(await found({ typed: readTypedText('gate') })).toEqual(['Gate', 'web']);
      expect(await found({ typed: readTypedText('10.0.1.0/24') })).toEqual(['other']);
      expect(await found({ typed: readTypedText('env=lab') })).toEqual(['lab']);
      const equal = await storage.read(({ addresses }) =>
        addresses.equalTo(vrf.id, [host('10.0.0.1'), host('10.0.0.2')]),
      );
      expect(names(equal)).toEqual(['lab']);
    });

    it('are found in a pool, or in none', async () => {
      const [pool] = await storage.run((stores) => insertTree(stores, ['10.0.0.0/24']));
      await insert(
        { address: '10.0.0.1', name: 'in', poolId: pool?.id },
        { address: '10.0.0.200', name: 'high', poolId: pool?.id },
        { address: '10.9.0.1', name: 'out' },
      );
      const inPool = (id: number | null, ...cidrs: string[]) =>
        storage.read(({ addresses }) => addresses.inPool(1, id, cidrs.map(parseCidr)));
      expect(names(await inPool(pool?.id ?? 0, '10.0.0.0/25', '10.0.0.0/26'))).toEqual(['in']);
      expect(names(await inPool(null, '10.0.0.0/8'))).toEqual(['out']);
      expect(
        names(await storage.read(({ addresses }) => addresses.ofPools([pool?.id ?? 0, 99]))),
      ).toEqual(['in', 'high']);
    });

    it('are there once in a VRF', async () => {
      const vrf = await storage.run(({ vrfs }) => vrfs.insert(sampleVrf()));
      const other = only(await insert({ address: '10.0.0.2' }));
      await insert({ address: '10.0.0.1' }, { address: '10.0.0.1', vrfId: vrf.id });
      await expect(insert({ address: '10.0.0.1' })).rejects.toThrow(StoredConflict);
      const moved = { ...other, cidr: host('10.0.0.1') };
      await expect(storage.run(({ addresses }) => addresses.save([moved]))).rejects.toThrow(
        StoredConflict,
      );
    });

    it('are not free in their pool until they are removed or leave it', async () => {
      const pools = await storage.run((stores) =>
        insertTree(stores, ['10.0.0.0/30', '10.1.0.0/30']),
      );
      const [one = 0, two = 0] = pools.map(({ id }) => id);
      const free = (id: number, run: 'run' | 'read') =>
        storage[run](async ({ pools: store }) =>
          (await store.freeBlocks(id, { ...FIRST, limit: 9 })).map(({ first }) =>
            Number(first & 3n),
          ),
        );
      expect(await free(one, 'run')).toEqual([0]);
      const records = await insert(
        { address: '10.0.0.0', poolId: one },
        { address: '10.0.0.1', poolId: one },
        { address: '10.0.0.3', poolId: one },
      );
      expect([await free(one, 'run'), await free(one, 'read')]).toEqual([[2], [2]]);
      await storage.run(({ addresses }) => addresses.remove([records[0]?.id ?? 0]));
      expect([await free(one, 'run'), await free(one, 'read')]).toEqual([
        [0, 2],
        [0, 2],
      ]);
      const [, middle] = records;
      if (middle)
        await storage.run(({ addresses }) =>
          addresses.save([{ ...middle, poolId: two, cidr: host('10.1.0.1') }]),
        );
      expect([await free(one, 'run'), await free(two, 'run')]).toEqual([
        [0, 2],
        [0, 2],
      ]);
    });

    it('have no pool once theirs is removed', async () => {
      const [pool] = await storage.run((stores) => insertTree(stores, ['10.0.0.0/24']));
      const record = only(await insert({ address: '10.0.0.1', poolId: pool?.id }));
      await storage.run(({ pools }) => pools.remove([pool?.id ?? 0]));
      expect(await storage.read(({ addresses }) => addresses.get(record.id))).toEqual({
        ...record,
        poolId: null,
      });
    });

    it('get another pool, and nothing else', async () => {
      const pools = await storage.run((stores) =>
        insertTree(stores, ['10.0.0.0/30', '10.1.0.0/30']),
      );
      const [one = 0, two = 0] = pools.map(({ id }) => id);
      const record = only(await insert({ address: '10.0.0.0', name: 'a', poolId: one }));
      await storage.run(({ pools: store }) => store.freeBlocks(one, FIRST));
      await storage.run(async ({ addresses }) => {
        await addresses.save([{ ...record, name: 'b', version: 2 }]);
        await addresses.setPool([{ id: record.id, poolId: two }]);
      });
      expect(await storage.read(({ addresses }) => addresses.get(record.id))).toEqual({
        ...record,
        name: 'b',
        version: 2,
        poolId: two,
      });
      const free = await storage.run(({ pools: store }) => store.freeBlocks(one, FIRST));
      expect(free).toEqual([parseCidr('10.0.0.0/30')]);
    });

    it('save all fields, and remove', async () => {
      const record = only(await insert({ address: '10.0.0.1' }));
      const changed: AddressRecord = {
        ...record,
        name: 'x',
        status: 'reserved',
        role: 'dhcp',
        dnsName: 'x.example',
        mac: '02:00:5e:00:53:02',
        description: 'y',
        tags: { a: 'b' },
        updatedAt: new Date(SAMPLE_TIME.getTime() + 1),
        version: 2,
      };
      await storage.run(({ addresses }) => addresses.save([changed]));
      expect(await storage.read(({ addresses }) => addresses.get(record.id))).toEqual(changed);
      await storage.run(({ addresses }) => addresses.remove([record.id]));
      expect(await storage.read(({ addresses }) => addresses.getMany([record.id]))).toEqual([]);
    });

    it('keep the account and the VRF that they name', async () => {
      const [account, vrf] = await storage.run(async ({ accounts, vrfs }) => [
        await accounts.insert(sampleAccount()),
        await vrfs.insert(sampleVrf()),
      ]);
      await insert({ address: '10.0.0.1', accountId: account.id, vrfId: vrf.id });
      expect(await storage.read(({ accounts }) => accounts.useCount(account.id))).toBe(1);
      await expect(storage.run(({ vrfs }) => vrfs.remove(vrf.id))).rejects.toThrow(StoredConflict);
    });

    it('are listed to someone with limits where they lie within them', async () => {
      const account = await storage.run(({ accounts }) => accounts.insert(sampleAccount()));
      await insert(
        { address: '10.0.0.1', name: 'mine', accountId: account.id },
        { address: '10.0.0.2', name: 'other' },
        { address: '10.1.0.1', name: 'beyond', accountId: account.id },
      );
      const under = [{ vrfId: 1, cidr: parseCidr('10.0.0.0/24'), kind: 'subnet' }];
      const found = async (accountIds: number[] | null, tops: typeof under | null) =>
        names((await list({ accessScope: { accountIds, under: tops } })).items);
      expect(await found([account.id], null)).toEqual(['mine', 'beyond']);
      expect(await found(null, under)).toEqual(['mine', 'other']);
      expect(await found([account.id], under)).toEqual(['mine']);
      expect(await found([], null)).toEqual([]);
    });
  });
}
