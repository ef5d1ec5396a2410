import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { FollowLog, SealAudit } from '@cloudpam/audit';
import { contains, nthSubnet, parseCidr, type Family } from '@cloudpam/cidr';
import {
  COUNT_USAGE,
  CountEstate,
  DAY_MS,
  dayOf,
  type EstateCount,
  type EstateGrouping,
  type EstatePool,
  type KeptCount,
} from '@cloudpam/forecast';
import { AllocateSubnet, CreatePools, utilizationOf } from '@cloudpam/pools';
import { allPools } from './estate-store-contract';
import { insertTree, type Planted } from './planted';
import { SAMPLE_TIME, sampleAccount, sampleAuditEntry, sampleVrf } from './samples';
import type { AllStores } from './stores';
import { openedForEachTest, type OpenStorage } from './under-test';

const ACTOR = { type: 'token', id: '1', name: 'test' } as const;
const WEEKS = 40;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Of a random tree: which block of which length, and whose it is. */
const NODE = fc.record({
  length: fc.integer({ min: 1, max: 6 }),
  at: fc.integer({ min: 0, max: 63 }),
  isIpv6: fc.boolean(),
  account: fc.integer({ min: 0, max: 3 }),
  region: fc.constantFrom(null, 'eu-west-1', 'us-east-1'),
});

/** Counting the estate, over a storage. */
export function countEstateContract(name: string, open: OpenStorage): void {
  describe(`${name}: the count of the estate`, () => {
    const storage = openedForEachTest(open);
    let now = SAMPLE_TIME.getTime();
    beforeEach(() => (now = SAMPLE_TIME.getTime()));
    const server = (holder: string, pause?: () => Promise<void>) =>
      new CountEstate(
        storage,
        holder,
        () => new Date(now),
        () => pause?.(),
      );
    const latest = (): Promise<KeptCount | undefined> =>
      storage.read(({ estate }) => estate.latest());
    const later = (ms: number): void => void (now += ms);
    const change = async (): Promise<void> => {
      await storage.run(({ audit }) => audit.append([sampleAuditEntry()]));
      await new SealAudit(storage, sha256).execute();
    };

    it('is what a look at each pool and all around it gives, whatever the trees', async () => {
      let run = 0;
      const trees = fc.array(fc.array(NODE, { maxLength: 40 }), { minLength: 1, maxLength: 3 });
      await fc.assert(
        fc.asyncProperty(trees, async (asked) => {
          run += 1;
          await storage.run(async (stores) => {
            const accounts: (number | null)[] = [null];
            for (const provider of ['aws', 'aws', 'gcp'] as const) {
              const externalId = `${run}-${accounts.length}`;
              const account = sampleAccount({ externalId, provider });
              accounts.push((await stores.accounts.insert(account)).id);
            }
            for (const [at, nodes] of asked.entries()) {
              const vrf = await stores.vrfs.insert(sampleVrf({ name: `vrf ${run} ${at}` }));
              await insertTree(stores, plantedOf(nodes, accounts), vrf.id);
            }
          });
          await change();
          later(60_000);
          expect(await server('one').execute()).toBe(true);
          const pools = await allPools(storage, 1_000);
          expect((await latest())?.count).toEqual({ ...naive(pools), growth: NO_GROWTH });
        }),
        { numRuns: 15 },
      );
    }, 120_000);

    it('is made again only where something has changed, and not at once', async () => {
      expect(await server('one').execute()).toBe(true);
      expect(await server('two').execute()).toBe(false);
      await change();
      later(9_000);
      expect(await server('two').execute()).toBe(false);
      later(2_000);
      expect(await server('two').execute()).toBe(true);
      const first = await latest();
      later(60_000);
      expect(await server('one').execute()).toBe(false);
      later(DAY_MS);
      expect(await server('one').execute()).toBe(true);
      expect((await latest())?.count).toEqual(first?.count);
    });

    it('takes a small share of the time that it takes', async () => {
      const slow = async (): Promise<void> => later(1_000);
      expect(await server('one', slow).execute()).toBe(true);
      expect((await latest())?.tookMs).toBe(1_000);
      await change();
      later(18_000);
      expect(await server('one').execute()).toBe(false);
      later(2_000);
      expect(await server('one').execute()).toBe(true);
    });

    it('is made by one server, and by another one when that has died', async () => {
      const dies = (): Promise<void> => Promise.reject(new Error('killed'));
      await expect(server('one', dies).execute()).rejects.toThrow('killed');
      expect(await server('two').execute()).toBe(false);
      expect(await latest()).toBeUndefined();
      later(121_000);
      expect(await server('two').execute()).toBe(true);
    });

    it('is left to others at once by a server that is stopped', async () => {
      const stop = new AbortController();
      const stopped = server('one', async () => stop.abort());
      expect(await stopped.execute(stop.signal)).toBe(false);
      expect(await server('two').execute()).toBe(true);
    });

    it('tells how the topmost pools have grown, and where that may go', async () => {
      const handlers = { 'pool.delete': [] } as const;
      const pools = {
        run: storage.run.bind(storage),
        read: storage.read.bind(storage),
        handlers,
      };
      const onDay = (day: number) => ({
        at: new Date(SAMPLE_TIME.getTime() + day * DAY_MS),
        actor: ACTOR,
        requestId: 'test',
      });
      const asked = { name: 'root', cidr: parseCidr('10.0.0.0/16') };
      const { pool } = await new CreatePools(pools).one(onDay(0), asked);
      for (let week = 0; week < WEEKS; week++)
        await new AllocateSubnet(pools).execute(onDay(7 * week), {
          ...{ from: { poolId: pool.id }, name: 'n', prefixLength: 24 },
        });
      await new SealAudit(storage, sha256).execute();
      await new FollowLog<AllStores>(storage, COUNT_USAGE, 'one', () => SAMPLE_TIME).execute();
      now = onDay(7 * (WEEKS - 1)).at.getTime();
      expect(await server('one').execute()).toBe(true);
      const { ipv4, ipv6 } = (await latest())?.count.growth ?? NO_GROWTH;
      expect(ipv6).toBeNull();
      const today = dayOf(new Date(now));
      expect(ipv4?.past).toHaveLength(WEEKS);
      expect(ipv4?.past[0]).toEqual({ day: today - 7 * (WEEKS - 1), used: '256' });
      expect(ipv4?.past.at(-1)).toEqual({ day: today, used: String(256 * WEEKS) });
      const last = ipv4?.outlook.at(-1);
      expect([ipv4?.outlook.length, last?.day]).toEqual([26, today + 7 * 26]);
      const [low, middle, high] = [last?.low, last?.middle, last?.high].map(Number);
      expect(low).toBeLessThanOrEqual(256 * (WEEKS + 26));
      expect(high).toBeGreaterThanOrEqual(256 * (WEEKS + 26));
      expect(middle).toBeGreaterThan(256 * (WEEKS + 16));
      expect(middle).toBeLessThan(256 * (WEEKS + 36));
    });
  });
}

const NO_GROWTH = { ipv4: null, ipv6: null } as EstateCount['growth'];

function plantedOf(
  nodes: readonly {
    readonly length: number;
    readonly at: number;
    readonly isIpv6: boolean;
    readonly account: number;
    readonly region: string | null;
  }[],
  accounts: readonly (number | null)[],
): Planted[] {
  const placed = new Map<string, Planted>();
  for (const { length, at, isIpv6, account, region } of nodes) {
    const outer = parseCidr(isIpv6 ? 'fd00::/32' : '10.0.0.0/8');
    const prefixLength = outer.prefixLength + length;
    const { first } = nthSubnet(outer, prefixLength, BigInt(at % 2 ** length));
    const octets = first >> 16n;
    const cidr = isIpv6
      ? `fd00:0:${((first >> 80n) & 0xffffn).toString(16)}::/${prefixLength}`
      : `10.${octets & 0xffn}.0.0/${prefixLength}`;
    placed.set(cidr, { cidr, accountId: accounts[account] ?? null, region });
  }
  return [...placed.values()];
}

/** The count by a look at each pool and at all others. */
function naive(pools: readonly EstatePool[]): Omit<EstateCount, 'growth'> {
  const keyOf: Record<EstateGrouping, (pool: EstatePool) => string | null> = {
    vrf: ({ vrfId }) => String(vrfId),
    provider: ({ provider }) => provider,
    account: ({ accountId }) => (accountId === null ? null : String(accountId)),
    region: ({ region }) => region,
  };
  const useOf = (some: readonly EstatePool[]) => {
    const tops = some.filter(
      (pool) =>
        !some.some(
          (other) =>
            other.id !== pool.id && other.vrfId === pool.vrfId && contains(other.cidr, pool.cidr),
        ),
    );
    const sum = (family: Family) => {
      const uses = tops.filter(({ cidr }) => cidr.family === family).map(utilizationOf);
      if (uses.length === 0) return null;
      const of = (field: 'total' | 'used'): string =>
        String(uses.reduce((all, use) => all + use[field], 0n));
      return { size: of('total'), used: of('used') };
    };
    return { pools: some.length, ipv4: sum(4), ipv6: sum(6) };
  };
  const groupsBy = (grouping: EstateGrouping) => {
    const keys = new Set(pools.flatMap((pool) => keyOf[grouping](pool) ?? []));
    const items = [...keys].map((key) => ({
      key,
      ...useOf(pools.filter((pool) => keyOf[grouping](pool) === key)),
    }));
    const used = (use: { used: string } | null): bigint => BigInt(use?.used ?? -1);
    items.sort(
      (a, b) =>
        Number(used(b.ipv4) - used(a.ipv4)) ||
        Number(used(b.ipv6) - used(a.ipv6)) ||
        b.pools - a.pools ||
        (a.key < b.key ? -1 : 1),
    );
    return { total: items.length, items: items.slice(0, 25) };
  };
  const full = pools
    .filter(({ childUsed }) => childUsed > 0n)
    .map((pool) => ({ id: pool.id, ...utilizationOf(pool) }))
    .sort((a, b) => b.ratio - a.ratio || Number(b.total - a.total) || a.id - b.id);
  return {
    total: useOf(pools),
    groups: {
      vrf: groupsBy('vrf'),
      provider: groupsBy('provider'),
      account: groupsBy('account'),
      region: groupsBy('region'),
    },
    fullest: full.slice(0, 10).map(({ id }) => id),
  };
}
