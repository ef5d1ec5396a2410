import { formatCidr, parseCidr } from '@cloudpam/cidr';
import {
  estateCountOf,
  PoolCount,
  type EndingLease,
  type EstatePool,
  type KeptCount,
} from '@cloudpam/forecast';
import { GLOBAL_VRF_ID } from '@cloudpam/pools';
import { insertTree, range } from './planted';
import { SAMPLE_TIME, sampleAccount, sampleAddress, sampleRange, sampleVrf } from './samples';
import type { AllStores } from './stores';
import { openedForEachTest, type OpenStorage } from './under-test';

const after = (ms: number): Date => new Date(SAMPLE_TIME.getTime() + ms);

/** What `EstateStore` promises. */
export function estateStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: the estate`, () => {
    const storage = openedForEachTest(open);

    it('gives pools VRF by VRF, each before what lies in it, page after page', async () => {
      const accountId = await storage.run(async (stores) => {
        const account = await stores.accounts.insert(sampleAccount());
        const other = await stores.vrfs.insert(sampleVrf());
        await insertTree(stores, ['10.0.0.0/8', 'fd00::/16'], other.id);
        await insertTree(stores, [
          '10.0.0.0/8',
          { cidr: '10.1.0.0/16', kind: 'subnet', accountId: account.id, region: 'eu-central-1' },
          { cidr: '10.1.0.0/16', kind: 'vpc', accountId: account.id },
          { cidr: '10.2.0.0/16', kind: 'vpc' },
          'fd00::/16',
        ]);
        return account.id;
      });
      for (const size of [1, 2, 3, 100]) {
        const pools = await allPools(storage, size);
        expect(pools.map(({ cidr, kind }) => `${formatCidr(cidr)} ${kind}`)).toEqual([
          '10.0.0.0/8 container',
          '10.1.0.0/16 vpc',
          '10.1.0.0/16 subnet',
          '10.2.0.0/16 vpc',
          'fd00::/16 container',
          '10.0.0.0/8 container',
          'fd00::/16 container',
        ]);
        expect(new Set(pools.map(({ id }) => id)).size).toBe(7);
        expect(pools[2]).toMatchObject({ accountId, provider: 'aws', region: 'eu-central-1' });
        expect(pools[0]).toMatchObject({ accountId: null, provider: null, childUsed: 1n << 17n });
      }
    });

    it('keeps the last count alone', async () => {
      expect(await storage.read(({ estate }) => estate.latest())).toBeUndefined();
      const count = await estateCountOf(new PoolCount(), async () => new Map(), 20_000);
      const kept: KeptCount = { at: SAMPLE_TIME, tookMs: 12, basis: '1 1 20000', count };
      for (const each of [kept, { ...kept, basis: '2 1 20000', tookMs: 13 }]) {
        await storage.run(({ estate }) => estate.keep(each));
        expect(await storage.read(({ estate }) => estate.latest())).toEqual(each);
      }
    });

    it('tells of leases that end, the first of all kinds first, of an access scope where one is given', async () => {
      await storage.run(async (stores) => {
        await insertTree(stores, [
          { cidr: '10.0.0.0/16', name: 'late', expiresAt: after(3_000) },
          { cidr: '10.1.0.0/16', name: 'soon', expiresAt: after(20) },
          { cidr: '10.2.0.0/16', name: 'beyond', expiresAt: after(10_000) },
          { cidr: '10.3.0.0/16' },
        ]);
        await stores.addresses.insert([
          sampleAddress({ address: '10.1.0.9', name: 'host', expiresAt: after(10) }),
          sampleAddress({ address: '10.3.0.9' }),
        ]);
        const [purpose, until] = ['quarantine', after(-5)] as const;
        await stores.ranges.insert([
          sampleRange({ span: '10.3.0.5-10.3.0.6', name: 'was', purpose, until }),
        ]);
      });
      const of = (limit: number, under?: string) =>
        storage.read(({ estate }) =>
          estate.leases(
            after(10_000),
            limit,
            under === undefined
              ? undefined
              : {
                  accountIds: null,
                  under: [{ vrfId: GLOBAL_VRF_ID, cidr: parseCidr(under), kind: 'container' }],
                },
          ),
        );
      const all = await of(10);
      expect(all.counts).toEqual({ pool: 2, address: 1, range: 1 });
      expect(all.first.map((each) => each.name)).toEqual(['was', 'host', 'soon', 'late']);
      expect(all.first[0]).toEqual({
        ...{ type: 'range', vrfId: GLOBAL_VRF_ID, name: 'was', endsAt: after(-5) },
        id: all.first[0]?.id,
        span: range('10.3.0.5-10.3.0.6'),
      } satisfies Partial<EndingLease>);
      const few = await of(2);
      expect([few.counts, few.first]).toEqual([all.counts, all.first.slice(0, 2)]);
      const some = await of(10, '10.1.0.0/16');
      expect(some.counts).toEqual({ pool: 1, address: 1, range: 0 });
      expect(some.first.map((each) => each.name)).toEqual(['host', 'soon']);
    });
  });
}

/** All pools, read so many at once. */
export async function allPools(
  storage: { read<T>(work: (stores: AllStores) => Promise<T>): Promise<T> },
  size: number,
): Promise<readonly EstatePool[]> {
  const found: EstatePool[] = [];
  for (;;) {
    const page = await storage.read(({ estate }) => estate.poolsAfter(found.at(-1), size));
    found.push(...page);
    if (page.length < size) return found;
  }
}
