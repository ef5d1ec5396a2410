import { formatCidr, parseCidr } from '@cloudpam/cidr';
import type { FreeBlockQuery, Pool } from '@cloudpam/pools';
import { cloud, only, insertTree } from './planted';
import { samplePool, sampleResource } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

const ALL: FreeBlockQuery = { order: 'address', limit: 100_000 };

/** What `PoolStore.freeBlocks` promises, by examples. */
export function freeBlocksContract(name: string, open: OpenStorage): void {
  describe(`${name}: free blocks`, () => {
    const storage = openedForEachTest(open);
    const free = (id: number, query: FreeBlockQuery = ALL): Promise<string[]> =>
      storage.run(async ({ pools }) => (await pools.freeBlocks(id, query)).map(formatCidr));
    const freeToRead = (id: number, query: FreeBlockQuery = ALL): Promise<string[]> =>
      storage.read(async ({ pools }) => (await pools.freeBlocks(id, query)).map(formatCidr));
    const planted = async (...cidrs: string[]): Promise<Pool> => {
      const [pool] = await storage.run((stores) => insertTree(stores, cidrs));
      if (!pool) throw new Error('nothing planted');
      return pool;
    };
    const EXAMPLE = [
      '192.168.8.16/28',
      '192.168.8.32/27',
      '192.168.8.64/26',
      '192.168.8.128/25',
      '192.168.9.0/24',
      '192.168.10.0/23',
      '192.168.12.0/22',
    ];

    it('is the whole of an empty pool, of IPv6 too', async () => {
      const four = await planted('10.0.0.0/8');
      const six = await planted('2001:db8::/32');
      expect(await freeToRead(four.id)).toEqual(['10.0.0.0/8']);
      expect(await free(four.id)).toEqual(['10.0.0.0/8']);
      expect(await free(six.id)).toEqual(['2001:db8::/32']);
      expect(await free(999_999)).toEqual([]);
    });

    it('is what the children leave, the same in a run and in a read', async () => {
      const pool = await planted(
        '192.168.0.0/20',
        '192.168.0.0/21',
        '192.168.8.0/28',
        '192.168.0.0/24',
      );
      expect(await freeToRead(pool.id)).toEqual(EXAMPLE);
      expect(await free(pool.id)).toEqual(EXAMPLE);
      expect(await freeToRead(pool.id)).toEqual(EXAMPLE);
    });

    it('comes in the asked order, from the asked size on, above the asked address', async () => {
      const pool = await planted(
        '192.168.0.0/20',
        '192.168.0.0/21',
        '192.168.8.0/28',
        '192.168.13.0/24',
      );
      for (const ask of [freeToRead, free, freeToRead]) {
        expect(await ask(pool.id, { order: 'size', limit: 3 })).toEqual([
          '192.168.8.16/28',
          '192.168.8.32/27',
          '192.168.8.64/26',
        ]);
        expect(await ask(pool.id, { order: 'size', limit: 3, maxPrefixLength: 24 })).toEqual([
          '192.168.9.0/24',
          '192.168.12.0/24',
          '192.168.10.0/23',
        ]);
        expect(await ask(pool.id, { order: 'address_desc', limit: 2 })).toEqual([
          '192.168.14.0/23',
          '192.168.12.0/24',
        ]);
        expect(await ask(pool.id, { order: 'address', limit: 2 })).toEqual([
          '192.168.8.16/28',
          '192.168.8.32/27',
        ]);
        expect(
          await ask(pool.id, {
            order: 'address',
            limit: 2,
            after: parseCidr('192.168.9.0/24').first,
          }),
        ).toEqual(['192.168.10.0/23', '192.168.12.0/24']);
        expect(await ask(pool.id, { order: 'address', limit: 9, maxPrefixLength: 22 })).toEqual([]);
      }
    });

    it('counts the limit per prefix length where a prefix length is asked', async () => {
      const pool = await planted(
        '10.0.0.0/16',
        '10.0.1.0/24',
        '10.0.3.0/24',
        '10.0.5.0/24',
        '10.0.16.0/20',
        '10.0.48.0/20',
      );
      for (const ask of [freeToRead, free]) {
        expect(await ask(pool.id, { order: 'address', limit: 1, maxPrefixLength: 24 })).toEqual([
          '10.0.0.0/24',
          '10.0.6.0/23',
          '10.0.8.0/21',
          '10.0.32.0/20',
          '10.0.64.0/18',
          '10.0.128.0/17',
        ]);
        expect(
          await ask(pool.id, { order: 'address_desc', limit: 2, maxPrefixLength: 24 }),
        ).toEqual([
          '10.0.128.0/17',
          '10.0.64.0/18',
          '10.0.32.0/20',
          '10.0.8.0/21',
          '10.0.6.0/23',
          '10.0.4.0/24',
          '10.0.2.0/24',
        ]);
      }
    });

    it('takes discovered resources without a pool for taken, and those with one not', async () => {
      const pool = await planted('10.0.0.0/16');
      await storage.run(async (stores) => {
        const { of } = await cloud(stores);
        const [a = 0, b = 0] = await stores.discovery.reserveResourceIds(2);
        const [other] = await insertTree(stores, ['172.16.0.0/24']);
        await stores.discovery.insertResources([
          sampleResource({ ...of, id: a, cidr: '10.0.0.0/17' }),
          sampleResource({ ...of, id: b, cidr: '10.0.128.0/18', poolId: other?.id ?? null }),
        ]);
      });
      expect(await free(pool.id)).toEqual(['10.0.128.0/17']);
    });

    it('has nothing left under a resource wider than the pool, until that has a pool', async () => {
      const pool = await planted('10.0.0.0/16');
      expect(await free(pool.id)).toEqual(['10.0.0.0/16']);
      const resource = await storage.run(async (stores) => {
        const { of } = await cloud(stores);
        const wide = sampleResource({
          ...of,
          id: only(await stores.discovery.reserveResourceIds(1)),
          cidr: '10.0.0.0/8',
        });
        await stores.discovery.insertResources([wide]);
        return wide;
      });
      expect(await free(pool.id)).toEqual([]);
      await storage.run(({ discovery }) =>
        discovery.saveResources([{ ...resource, poolId: pool.id }]),
      );
      expect(await free(pool.id)).toEqual(['10.0.0.0/16']);
      await storage.run(({ discovery }) => discovery.unlinkPools([pool.id]));
      expect(await free(pool.id)).toEqual([]);
      await storage.run(({ discovery }) => discovery.removeResources([resource.id]));
      expect(await free(pool.id)).toEqual(['10.0.0.0/16']);
    });

    it('is right after each write of one run, and as before when that is rolled back', async () => {
      const pool = await planted('192.168.0.0/20', '192.168.0.0/21', '192.168.8.0/28');
      expect(await free(pool.id)).toEqual(EXAMPLE);
      await expect(
        storage.run(async ({ pools }) => {
          const ask = async (): Promise<string[]> =>
            (await pools.freeBlocks(pool.id, ALL)).map(formatCidr);
          const [id = 0] = await pools.reserveIds(1);
          await pools.insert([samplePool({ id, cidr: '192.168.12.0/22', parentId: pool.id })]);
          expect(await ask()).toEqual(EXAMPLE.slice(0, 6));
          await pools.remove([id]);
          expect(await ask()).toEqual(EXAMPLE);
          await pools.save([{ ...pool, cidr: parseCidr('192.168.0.0/19') }]);
          expect(await ask()).toEqual([...EXAMPLE, '192.168.16.0/20']);
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      expect(await free(pool.id)).toEqual(EXAMPLE);
    });

    it('joins what is freed to the largest blocks', async () => {
      const pool = await planted('10.0.0.0/16', '10.0.0.0/24', '10.0.1.0/24', '10.0.255.0/24');
      await free(pool.id);
      const children = await storage.read(({ pools }) =>
        pools.childrenWithin(1, pool.id, [pool.cidr]),
      );
      await storage.run(({ pools }) => pools.remove(children.map((child) => child.id)));
      expect(await free(pool.id)).toEqual(['10.0.0.0/16']);
    });

    it('follows hundreds of children in one call, and a VPC filled by its subnet', async () => {
      const pool = await planted('10.0.0.0/16');
      await free(pool.id);
      await storage.run(async ({ pools }) => {
        const ids = await pools.reserveIds(301);
        const rows = ids
          .slice(0, 300)
          .map((id, n) =>
            samplePool({ id, parentId: pool.id, cidr: `10.0.${n >> 8}.${n & 255}/32` }),
          );
        await pools.insert([
          ...rows,
          samplePool({
            id: ids[300] ?? 0,
            parentId: rows[0]?.id ?? 0,
            cidr: '10.0.0.0/32',
            kind: 'subnet',
          }),
        ]);
      });
      expect((await free(pool.id)).at(0)).toBe('10.0.1.44/30');
      const first = only(
        await storage.read(({ pools }) =>
          pools.childrenWithin(1, pool.id, [parseCidr('10.0.0.0/32')]),
        ),
      );
      expect(await free(first.id)).toEqual([]);
    });

    it('never shows one block to two runs that lock the pool and take what they see', async () => {
      const pool = await planted('10.0.0.0/24');
      const take = (): Promise<string> =>
        storage.run(async ({ pools }) => {
          await pools.lock([pool.id]);
          const [block] = await pools.freeBlocks(pool.id, {
            order: 'address',
            limit: 1,
            maxPrefixLength: 28,
          });
          const text = block ? `${formatCidr(block).split('/')[0] ?? ''}/28` : '';
          await pools.insert([
            samplePool({ id: only(await pools.reserveIds(1)), cidr: text, parentId: pool.id }),
          ]);
          return text;
        });
      const taken = await Promise.all(Array.from({ length: 16 }, take));
      expect(new Set(taken).size).toBe(16);
      expect(await free(pool.id)).toEqual([]);
    });
  });
}
