import type { Pool } from '@cloudpam/pools';
import { formatCidr, parseCidr } from '@cloudpam/cidr';
import { insertTree, range } from './planted';
import { sampleVrf } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

const TREE = [
  '10.0.0.0/8',
  '10.0.0.0/16',
  { cidr: '10.0.1.0/24', kind: 'vpc' },
  { cidr: '10.0.1.0/24', kind: 'subnet' },
  '10.0.1.128/25',
  '10.0.2.0/24',
  '10.2.0.0/16',
  '192.168.0.0/16',
  '2001:db8::/32',
  '2001:db8:1::/48',
] as const;

/** What `PoolStore` promises of the tree. */
export function poolTreeContract(name: string, open: OpenStorage): void {
  describe(`${name}: pools as a tree`, () => {
    const storage = openedForEachTest(open);
    let tree: Pool[];
    const at = (index: number): Pool => {
      const pool = tree[index];
      if (!pool) throw new Error(`no pool ${index}`);
      return pool;
    };
    const texts = (pools: readonly Pool[]): string[] =>
      pools.map((pool) => `${formatCidr(pool.cidr)} ${pool.kind}`);
    const C = ' container';

    beforeEach(async () => {
      tree = await storage.run((stores) => insertTree(stores, TREE));
    });

    it('finds the pools with exactly the asked CIDRs, both of one that two have', async () => {
      const asked = [
        '192.168.0.0/16',
        '10.0.1.0/24',
        '10.0.1.0/25',
        '10.2.0.0/16',
        '2001:db8::/32',
        '11.0.0.0/8',
      ];
      const found = await storage.read(({ pools }) => pools.equalTo(1, asked.map(parseCidr)));
      expect(texts(found)).toEqual([
        '10.0.1.0/24 vpc',
        '10.0.1.0/24 subnet',
        '10.2.0.0/16 container',
        '192.168.0.0/16 container',
        '2001:db8::/32 container',
      ]);
      const vrf = await storage.run(({ vrfs }) => vrfs.insert(sampleVrf()));
      expect(
        await storage.read(({ pools }) => pools.equalTo(vrf.id, asked.map(parseCidr))),
      ).toEqual([]);
      expect(await storage.read(({ pools }) => pools.equalTo(1, []))).toEqual([]);
    });

    it('finds pools by the values of one tag', async () => {
      const set = (index: number, tags: Pool['tags']): Pool => ({ ...at(index), tags });
      await storage.run(({ pools }) =>
        pools.save([
          set(0, { 'x:id': '7' }),
          set(1, { 'x:id': '8', a: '9' }),
          set(5, { 'y:id': '7' }),
        ]),
      );
      const found = (values: string[]): Promise<number[]> =>
        storage.read(async ({ pools }) => (await pools.byTag('x:id', values)).map(({ id }) => id));
      expect(await found(['7', '8', '9', '"'])).toEqual([at(0).id, at(1).id]);
      const many = Array.from({ length: 1_500 }, (_, n) => String(n + 8));
      expect(await found(many)).toEqual([at(1).id]);
      expect(await found(['9'])).toEqual([]);
      expect(await found([])).toEqual([]);
      expect(await storage.read(({ pools }) => pools.byTag('__proto__', ['7']))).toEqual([]);
    });

    it('finds the smallest pool around each range, of equal ones the child', async () => {
      const asked = [
        '10.0.1.5',
        '10.0.1.200',
        '10.0.1.0/24',
        '10.0.1.0-10.0.2.255',
        '10.0.0.0/8',
        '10.0.0.0/16',
        '10.255.255.255',
        '9.0.0.0-10.0.0.0',
        '11.0.0.0/8',
        '10.0.2.0/25',
        '2001:db8:1::5',
        '2001:db8::/48',
        '2001:db8::/47',
        '::1',
        '10.1.255.255-10.2.0.0',
      ];
      const found = await storage.read(({ pools }) =>
        pools.smallestContaining(1, asked.map(range)),
      );
      expect(found.map((pool) => pool && tree.findIndex((each) => each.id === pool.id))).toEqual([
        3,
        4,
        3,
        1,
        0,
        1,
        0,
        undefined,
        undefined,
        5,
        9,
        8,
        8,
        undefined,
        0,
      ]);
      expect(found[0]).toEqual(at(3));
      expect(await storage.read(({ pools }) => pools.smallestContaining(1, []))).toEqual([]);
    });

    it('looks for it in one VRF only', async () => {
      const vrf = await storage.run(({ vrfs }) => vrfs.insert(sampleVrf()));
      expect(
        await storage.read(({ pools }) => pools.smallestContaining(vrf.id, [range('10.0.1.5')])),
      ).toEqual([undefined]);
    });

    it('finds it for thousands of ranges at once', async () => {
      const ranges = Array.from({ length: 3000 }, (_, n) => range(`10.0.${n % 4}.${n % 256}`));
      const found = await storage.read(({ pools }) => pools.smallestContaining(1, ranges));
      expect(found).toHaveLength(3000);
      expect(
        found.slice(0, 4).map((pool) => pool && tree.findIndex((each) => each.id === pool.id)),
      ).toEqual([1, 3, 5, 1]);
    });

    it('gives ancestors widest first, without the pool', async () => {
      const ancestors = (pool: Pool) => storage.read(({ pools }) => pools.ancestors(pool.id));
      expect(await ancestors(at(4))).toEqual([at(0), at(1), at(2), at(3)]);
      expect(await ancestors(at(0))).toEqual([]);
      expect(await storage.read(({ pools }) => pools.ancestors(999_999))).toEqual([]);
    });

    it('gives direct children inside any of the ranges, once, in address order', async () => {
      const children = (parent: Pool | null, ...ranges: string[]) =>
        storage.read(async ({ pools }) =>
          texts(await pools.childrenWithin(1, parent?.id ?? null, ranges.map(range))),
        );
      expect(await children(at(1), '10.0.0.0/8')).toEqual(['10.0.1.0/24 vpc', `10.0.2.0/24${C}`]);
      expect(await children(at(1), '10.0.2.0/24', '10.0.2.0-10.0.3.9', '10.0.1.0/25')).toEqual([
        `10.0.2.0/24${C}`,
      ]);
      expect(await children(at(2), '10.0.1.0/24')).toEqual(['10.0.1.0/24 subnet']);
      expect(await children(null, '10.0.0.0-192.168.255.254', '2001:db8::/32')).toEqual([
        `10.0.0.0/8${C}`,
        `2001:db8::/32${C}`,
      ]);
      expect(await children(at(4), '10.0.0.0/8')).toEqual([]);
      expect(await children(at(0))).toEqual([]);
    });

    it('gives every pool below, in address order, a parent before its children', async () => {
      const below = (...pools: Pool[]) =>
        storage.read(({ pools: store }) => store.descendants(pools.map((pool) => pool.id)));
      expect(await below(at(0))).toEqual([at(1), at(2), at(3), at(4), at(5), at(6)]);
      expect(await below(at(2))).toEqual([at(3), at(4)]);
      expect(await below(at(3))).toEqual([at(4)]);
      expect(await below(at(8), at(1), at(2))).toEqual([at(2), at(3), at(4), at(5), at(9)]);
      expect(await below(at(7))).toEqual([]);
      expect(await below()).toEqual([]);
    });

    it('does not take pools of another VRF for descendants', async () => {
      await storage.run(async (stores) => {
        const vrf = await stores.vrfs.insert(sampleVrf());
        await insertTree(stores, ['192.168.0.0/24'], vrf.id);
      });
      expect(await storage.read(({ pools }) => pools.descendants([at(7).id]))).toEqual([]);
    });

    it('counts children', async () => {
      const counts = await storage.read(({ pools }) =>
        pools.childCounts([...tree.map((pool) => pool.id), 999_999]),
      );
      expect(counts).toEqual(
        new Map([
          [at(0).id, 2],
          [at(1).id, 2],
          [at(2).id, 1],
          [at(3).id, 1],
          [at(8).id, 1],
        ]),
      );
    });

    it('gives a pool with the number of its children', async () => {
      const [root, leaf, nobody] = await storage.read(({ pools }) =>
        Promise.all([at(0).id, at(4).id, 999_999].map((id) => pools.counted(id))),
      );
      expect([root, leaf, nobody]).toEqual([
        { pool: at(0), childCount: 2 },
        { pool: at(4), childCount: 0 },
        undefined,
      ]);
    });

    it('finds pools by cloud id in one VRF', async () => {
      const [a, b] = await storage.run(async (stores) => {
        const vrf = await stores.vrfs.insert(sampleVrf());
        await insertTree(stores, [{ cidr: '172.16.0.0/16', externalId: 'x' }], vrf.id);
        return insertTree(stores, [
          { cidr: '172.16.0.0/16', externalId: 'x' },
          { cidr: '172.17.0.0/16', externalId: 'x' },
        ]);
      });
      const found = await storage.read(({ pools }) => pools.byExternalId(1, ['x', 'y']));
      expect(new Set(found.map((pool) => pool.id))).toEqual(new Set([a?.id, b?.id]));
      expect(await storage.read(({ pools }) => pools.byExternalId(1, []))).toEqual([]);
    });

    it('shows a run what it has just written', async () => {
      await storage.run(async (stores) => {
        const [added] = await insertTree(stores, ['172.16.0.0/12']);
        expect(await stores.pools.smallestContaining(1, [range('172.16.0.1')])).toEqual([added]);
        await stores.pools.remove([at(4).id]);
        expect(await stores.pools.descendants([at(2).id])).toEqual([at(3)]);
        expect(await stores.pools.childCounts([at(3).id])).toEqual(new Map());
      });
    });
  });
}
