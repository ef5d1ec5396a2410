import { parseCidr } from '@cloudpam/cidr';
import { rankOf, type UsageDay, type UsageNode } from '@cloudpam/forecast';
import { openedForEachTest, type OpenStorage } from './under-test';

function node(id: number, cidr: string, kind = 'container', vrfId = 1): UsageNode {
  return { vrfId, cidr: parseCidr(cidr), rank: rankOf(kind), id };
}

function used(day: number, networks = day): UsageDay {
  return { day, taken: { 24: networks, 128: 1 }, free: { 9: 1, 10: networks } };
}

/** What `UsageStore` promises. */
export function usageStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: usage`, () => {
    const storage = openedForEachTest(open);
    const put = (...nodes: readonly UsageNode[]): Promise<void> =>
      storage.run(async ({ usage }) => {
        for (const each of nodes) await usage.put(each);
      });
    const save = (poolId: number, ...days: readonly UsageDay[]): Promise<void> =>
      storage.run(({ usage }) => usage.save(days.map((day) => ({ poolId, day }))));

    it('keeps nodes in the order of the tree: equal ones by rank, then by id', async () => {
      const [vpc, subnet, address] = [
        node(9, '10.0.0.0/32', 'vpc'),
        node(1, '10.0.0.0/32', 'subnet'),
        node(1, '10.0.0.0/32', 'address'),
      ];
      const outer = node(2, '10.0.0.0/8');
      const other = node(3, '10.0.0.1/32');
      await put(other, address, subnet, vpc, outer, subnet, node(7, '10.0.0.0/8', 'vpc', 2));
      await storage.read(async ({ usage }) => {
        expect(await usage.nextIn(outer, 0n, 10)).toEqual([vpc, subnet, address, other]);
        expect(await usage.nextIn(outer, 0n, 2)).toEqual([vpc, subnet]);
        expect(await usage.nextIn(vpc, 0n, 10)).toEqual([subnet, address]);
        expect(await usage.nextIn(outer, other.cidr.first, 10)).toEqual([other]);
        expect(await usage.nextIn(other, other.cidr.last + 1n, 10)).toEqual([]);
        expect(await usage.lastIn(outer, other.cidr.first)).toEqual(address);
        expect(await usage.lastIn(outer, vpc?.cidr.first ?? 0n)).toBeUndefined();
        expect(await usage.poolBefore(other)).toEqual(subnet);
        expect(await usage.poolBefore(vpc as UsageNode)).toEqual(outer);
        expect(await usage.poolBefore(outer)).toBeUndefined();
        expect(await usage.has(address as UsageNode)).toBe(true);
        expect(await usage.has(node(1, '10.0.0.0/32'))).toBe(true);
        expect(await usage.has(node(4, '10.0.0.0/32'))).toBe(false);
      });
      await storage.run(({ usage }) => usage.drop(subnet as UsageNode));
      expect(await storage.read(({ usage }) => usage.poolBefore(other))).toEqual(vpc);
    });

    it('does not take IPv4 for a part of the IPv6 block that it is stored in', async () => {
      const [wide, six] = [node(1, '::/16'), node(3, '1::/64')];
      await put(wide, node(2, '10.0.0.0/8'), node(4, '0:0:0:1::/64'), six);
      await storage.read(async ({ usage }) => {
        expect((await usage.nextIn(wide, 0n, 10)).map(({ id }) => id)).toEqual([4]);
      });
    });

    it('keeps the days of each pool, and replaces one that is there', async () => {
      await save(1, used(10), used(12), used(20));
      await save(2, used(11));
      await save(1, used(12, 99));
      const window = { from: 12, to: 19 };
      await storage.read(async ({ usage }) => {
        expect(await usage.latest(1)).toEqual(used(20));
        expect(await usage.latest(3)).toBeUndefined();
        const found = await usage.days([1, 2, 3], window);
        expect([...found]).toEqual([
          [1, [used(12, 99)]],
          [2, [used(11)]],
        ]);
        expect((await usage.days([1], { from: 11, to: 12 })).get(1)).toEqual([
          used(10),
          used(12, 99),
        ]);
        expect((await usage.days([1], { from: 0, to: 9 })).size).toBe(0);
        expect((await usage.days([], window)).size).toBe(0);
        expect([await usage.poolsWithDays(0, 9), await usage.poolsWithDays(1, 9)]).toEqual([
          [1, 2],
          [2],
        ]);
        expect(await usage.poolsWithDays(0, 1)).toEqual([1]);
      });
    });

    it('forgets pools, and days that a later one has taken the place of', async () => {
      await save(1, used(10), used(12), used(20), used(30));
      await save(2, used(10));
      await save(3, used(10), used(20));
      const purge = (): Promise<number> => storage.run(({ usage }) => usage.purge(20, 2));
      expect([await purge(), await purge(), await purge()]).toEqual([2, 1, 0]);
      const all = { from: 0, to: 99 };
      expect([...(await storage.read(({ usage }) => usage.days([1, 2, 3], all)))]).toEqual([
        [1, [used(20), used(30)]],
        [2, [used(10)]],
        [3, [used(20)]],
      ]);
      await storage.run(({ usage }) => usage.forget([1, 3, 4]));
      expect(await storage.read(({ usage }) => usage.poolsWithDays(0, 9))).toEqual([2]);
    });
  });
}
