import { parseCidr } from '@cloudpam/cidr';
import { StoredConflict, type Pool } from '@cloudpam/pools';
import { cloud, only, insertTree } from './planted';
import { SAMPLE_TIME, samplePool, sampleVlan, sampleVrf } from './samples';
import { gate, openedForEachTest, type OpenStorage } from './under-test';

const LATER = new Date(SAMPLE_TIME.getTime() + 60_000);

const RULES = {
  minPrefixLength: 16,
  maxPrefixLength: null,
  defaultPrefixLength: 24,
  requiredTags: ['team', 'a "b"'],
};

/** What `PoolStore` promises of single rows: fields, conflicts, locks. */
export function poolRowsContract(name: string, open: OpenStorage): void {
  describe(`${name}: pools, row by row`, () => {
    const storage = openedForEachTest(open);
    const get = (id: number): Promise<Pool | undefined> =>
      storage.read(({ pools }) => pools.get(id));
    const insert = (...rows: Pool[]): Promise<void> =>
      storage.run(({ pools }) => pools.insert(rows));

    it('reserves ids that ascend and never come twice', async () => {
      const first = await storage.run(({ pools }) => pools.reserveIds(3));
      const second = await storage.run(({ pools }) => pools.reserveIds(2));
      const all = [...first, ...second];
      expect(all).toHaveLength(5);
      expect(all).toEqual([...new Set(all)].sort((a, b) => a - b));
      expect(await storage.run(({ pools }) => pools.reserveIds(0))).toEqual([]);
    });

    it('keeps a live key once in a VRF, as long as its pool lives', async () => {
      const vrf = await storage.run(({ vrfs }) => vrfs.insert(sampleVrf()));
      const [a = 0, b = 0, c = 0] = await storage.run(({ pools }) => pools.reserveIds(3));
      const liveKey = { key: 'team/net', wish: '{"a":1}' };
      await insert(samplePool({ id: a, cidr: '10.0.0.0/24', liveKey }));
      await expect(
        insert(samplePool({ id: b, cidr: '10.0.1.0/24', liveKey: { ...liveKey, wish: '{}' } })),
      ).rejects.toThrow(StoredConflict);
      await insert(samplePool({ id: c, cidr: '10.0.1.0/24', vrfId: vrf.id, liveKey }));
      const found = async (vrfId?: number): Promise<number[]> =>
        (await storage.read(({ pools }) => pools.byLiveKey('team/net', vrfId))).map(
          (pool) => pool.id,
        );
      expect([await found(1), await found(), await found(99)]).toEqual([[a], [a, c], []]);
      await storage.run(({ pools }) => pools.remove([a]));
      await insert(samplePool({ id: b, cidr: '10.0.1.0/24', liveKey }));
      expect(await found(1)).toEqual([b]);
    });

    it.each(['10.0.0.0/8', '10.1.2.3/32', '2001:db8::/32', '2001:db8::7/128'])(
      'gives back every field of %s',
      async (cidr) => {
        const pool = await storage.run(async (stores) => {
          const { accountId } = await cloud(stores);
          const vlan = await stores.vlans.insert(sampleVlan());
          const vrf = await stores.vrfs.insert(sampleVrf());
          const row = samplePool({
            id: only(await stores.pools.reserveIds(1)),
            cidr,
            vrfId: vrf.id,
            name: 'nämé "x" \'y\' \\ %_',
            kind: 'vpc',
            status: 'planned',
            source: 'discovered',
            accountId,
            provider: 'aws',
            externalId: 'vpc-1',
            externalVpc: 'vpc-0',
            region: 'eu-central-1',
            syncStatus: 'drift',
            lastSyncAt: LATER,
            description: 'd\n',
            tags: { env: 'prod', 'a "b"': '' },
            vlanId: vlan.id,
            expiresAt: LATER,
            rules: RULES,
            liveKey: { key: 'k', wish: '{}' },
            version: 7,
            childUsed: 2n ** 100n,
          });
          await stores.pools.insert([row]);
          return row;
        });
        expect(await get(pool.id)).toEqual(pool);
        expect(
          await storage.read(({ pools }) => pools.getMany([pool.id, pool.id, 999_999])),
        ).toEqual([pool]);
        expect(await storage.read(({ pools }) => pools.withRules(pool.vrfId))).toEqual([pool]);
        expect(await storage.read(({ pools }) => pools.withRules(1))).toEqual([]);
      },
    );

    it('does not find what is not there', async () => {
      expect(await get(999_999)).toBeUndefined();
      expect(await storage.read(({ pools }) => pools.getMany([]))).toEqual([]);
      expect(await storage.run(({ pools }) => pools.lock([999_999]))).toEqual([]);
    });

    it('takes the provider from the account, whatever is written', async () => {
      const id = await storage.run(async (stores) => {
        const { accountId } = await cloud(stores);
        const [a] = await insertTree(stores, [
          { cidr: '10.0.0.0/8', accountId, provider: 'gcp' },
          { cidr: '11.0.0.0/8', provider: 'gcp' },
        ]);
        return a?.id ?? 0;
      });
      expect(await get(id)).toMatchObject({ provider: 'aws' });
      expect(await get(id + 1)).toMatchObject({ provider: null });
    });

    it('saves every field as given but childUsed', async () => {
      const pool = only(
        await storage.run((stores) => insertTree(stores, [{ cidr: '10.0.0.0/8', childUsed: 5n }])),
      );
      const changed: Pool = {
        ...pool,
        name: 'n',
        cidr: parseCidr('12.0.0.0/9'),
        kind: 'subnet',
        status: 'deprecated',
        source: 'discovered',
        externalId: 'e',
        externalVpc: 'v',
        region: 'r',
        syncStatus: 'synced',
        lastSyncAt: LATER,
        description: 'd',
        tags: { k: 'v' },
        expiresAt: LATER,
        createdAt: LATER,
        updatedAt: LATER,
        version: 9,
        childUsed: 99n,
      };
      await storage.run(({ pools }) => pools.save([changed]));
      expect(await get(pool.id)).toEqual({ ...changed, childUsed: 5n });
      await storage.run(({ pools }) => pools.save([pool]));
      expect(await get(pool.id)).toEqual(pool);
    });

    it('ignores ids it does not know', async () => {
      const pool = only(await storage.run((stores) => insertTree(stores, ['10.0.0.0/8'])));
      await storage.run(async ({ pools }) => {
        await pools.save([samplePool({ id: 999_999, cidr: '11.0.0.0/8' })]);
        await pools.touch([999_999], LATER);
        await pools.setChildUsed([{ id: 999_999, childUsed: 1n }]);
        await pools.remove([999_999]);
        await pools.setParent([999_999], null);
        await pools.insert([]);
        await pools.save([]);
        await pools.remove([]);
      });
      expect(await get(999_999)).toBeUndefined();
      expect(await get(pool.id)).toEqual(pool);
    });

    it('sets lastSyncAt and childUsed without a new version', async () => {
      const pool = only(await storage.run((stores) => insertTree(stores, ['2001:db8::/32'])));
      await storage.run(async ({ pools }) => {
        await pools.touch([pool.id], LATER);
        await pools.setChildUsed([{ id: pool.id, childUsed: 2n ** 96n }]);
      });
      expect(await get(pool.id)).toEqual({ ...pool, lastSyncAt: LATER, childUsed: 2n ** 96n });
    });

    it('refuses two equal CIDRs of one kind in one VRF', async () => {
      await storage.run((stores) => insertTree(stores, ['10.0.0.0/8']));
      await expect(insert(samplePool({ id: 1001, cidr: '10.0.0.0/8' }))).rejects.toThrow(
        StoredConflict,
      );
    });

    it('takes equal CIDRs in different VRFs, and a subnet as large as its VPC', async () => {
      const vrf = await storage.run(({ vrfs }) => vrfs.insert(sampleVrf()));
      await storage.run(async (stores) => {
        await insertTree(stores, [
          { cidr: '10.0.0.0/16', kind: 'vpc' },
          { cidr: '10.0.0.0/16', kind: 'subnet' },
        ]);
        await insertTree(stores, ['10.0.0.0/16'], vrf.id);
      });
      expect(
        (await storage.read(({ pools }) => pools.list({}, { sort: [], size: 10 }))).total,
      ).toBe(3);
    });

    it('refuses a cloud id that is taken with the same first address in the VRF', async () => {
      await storage.run((stores) =>
        insertTree(stores, [
          { cidr: '10.0.0.0/16', externalId: 'vpc-1' },
          { cidr: '10.1.0.0/16', externalId: 'vpc-1' },
        ]),
      );
      await expect(
        storage.run((stores) => insertTree(stores, [{ cidr: '10.0.0.0/24', externalId: 'vpc-1' }])),
      ).rejects.toThrow(StoredConflict);
    });

    it.each<[string, Partial<Omit<Pool, 'cidr'>>]>([
      ['VRF', { vrfId: 999 }],
      ['parent', { parentId: 999_999 }],
      ['account', { accountId: 999 }],
      ['VLAN', { vlanId: 999 }],
    ])('refuses a %s that does not exist', async (_, fields) => {
      await expect(insert(samplePool({ id: 1001, cidr: '10.0.0.0/8', ...fields }))).rejects.toThrow(
        StoredConflict,
      );
    });

    it('refuses to leave children without a parent', async () => {
      const [top] = await storage.run((stores) =>
        insertTree(stores, ['10.0.0.0/8', '10.0.0.0/16']),
      );
      await expect(storage.run(({ pools }) => pools.remove([top?.id ?? 0]))).rejects.toThrow(
        StoredConflict,
      );
    });

    it('lets children be given a parent that comes later in the run, and the former one go before', async () => {
      const [top, low] = await storage.run((stores) =>
        insertTree(stores, ['10.0.0.0/8', '10.0.0.0/24']),
      );
      if (!top || !low) throw new Error('nothing planted');
      const middle = await storage.run(async ({ pools }) => {
        const row = samplePool({
          id: only(await pools.reserveIds(1)),
          cidr: '10.0.0.0/16',
          parentId: top.id,
        });
        await pools.setParent([low.id], row.id);
        await pools.insert([row]);
        return row;
      });
      expect((await get(low.id))?.parentId).toBe(middle.id);
      await storage.run(async ({ pools }) => {
        await pools.remove([middle.id]);
        await pools.setParent([low.id], top.id);
      });
      expect((await get(low.id))?.parentId).toBe(top.id);
    });

    it('locks in address order and reads after that', async () => {
      const [b, a] = await storage.run((stores) =>
        insertTree(stores, ['11.0.0.0/8', '10.0.0.0/8']),
      );
      if (!a || !b) throw new Error('nothing planted');
      expect(await storage.run(({ pools }) => pools.lock([b.id, a.id]))).toEqual([a, b]);
      const locked = gate();
      const leave = gate();
      const first = storage.run(async ({ pools }) => {
        await pools.lock([a.id]);
        locked.open();
        await leave.passed;
        await pools.setChildUsed([{ id: a.id, childUsed: 7n }]);
      });
      await locked.passed;
      const second = storage.run(async ({ pools }) => only(await pools.lock([a.id])).childUsed);
      leave.open();
      await first;
      expect(await second).toBe(7n);
    });

    it('leaves nothing of a run that is rolled back', async () => {
      const [top, low] = await storage.run((stores) =>
        insertTree(stores, ['10.0.0.0/8', '10.0.0.0/16']),
      );
      if (!top || !low) throw new Error('nothing planted');
      await expect(
        storage.run(async (stores) => {
          await stores.pools.save([{ ...top, name: 'changed', tags: { a: 'b' } }]);
          await stores.pools.remove([low.id]);
          await insertTree(stores, ['11.0.0.0/8']);
          await stores.pools.setChildUsed([{ id: top.id, childUsed: 1n }]);
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      const all = await storage.read(({ pools }) =>
        pools.list({}, { sort: [{ field: 'cidr', descending: false }], size: 10 }),
      );
      expect(all.items).toEqual([top, low]);
    });
  });
}
