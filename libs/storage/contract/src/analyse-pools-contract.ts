import { createHash } from 'node:crypto';
import { AnalysePools, analysisTimes, ReadAnalysis } from '@cloudpam/analysis';
import { FollowLog, SealAudit } from '@cloudpam/audit';
import { parseCidr } from '@cloudpam/cidr';
import { COUNT_USAGE, DAY_MS, dayOf } from '@cloudpam/forecast';
import { CreatePools, GLOBAL_VRF_ID, type NewPool, type Pool } from '@cloudpam/pools';
import { SAMPLE_TIME, sampleVrf } from './samples';
import type { AllStores } from './stores';
import { openedForEachTest, type OpenStorage } from './under-test';

const ACTOR = { type: 'token', id: '1', name: 'test' } as const;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const onDay = (day: number): Date => new Date(SAMPLE_TIME.getTime() + day * DAY_MS);

/** The analysis of all pools, and that of one, over a storage. */
export function analysePoolsContract(name: string, open: OpenStorage): void {
  describe(`${name}: the analysis of pools`, () => {
    const storage = openedForEachTest(open);
    const server = (
      holder: string,
      now: Date,
      pause = (): Promise<void> | undefined => undefined,
    ) => new AnalysePools(storage, holder, () => now, pause);
    const kept = async (): Promise<string[]> => {
      const { items } = await new ReadAnalysis(storage).list({}, { size: 50 });
      return items.map(({ recommendation: { kind }, pool }) => `${kind} ${pool.name}`).sort();
    };

    async function created(cidr: string, fields: Partial<NewPool> = {}): Promise<Pool> {
      const pools = {
        run: storage.run.bind(storage),
        read: storage.read.bind(storage),
        handlers: { 'pool.delete': [] },
      } as const;
      const change = { at: SAMPLE_TIME, actor: ACTOR, requestId: 'test' };
      const asked = { name: cidr, cidr: parseCidr(cidr), ...fields };
      return (await new CreatePools(pools).one(change, asked)).pool;
    }

    /** A container with every second network taken, and one that breaks its rules. */
    async function inPieces(): Promise<Pool> {
      const rules = {
        ...{ minPrefixLength: null, maxPrefixLength: null, defaultPrefixLength: 24 },
        requiredTags: ['owner'],
      };
      const pool = await created('10.0.0.0/21');
      for (const at of [1, 3, 5, 6])
        await created(`10.0.${at}.0/24`, { kind: 'vpc', tags: at === 1 ? {} : { owner: 'a' } });
      await storage.run(async ({ pools }) => {
        const [now] = await pools.getMany([pool.id]);
        if (now) await pools.save([{ ...now, rules }]);
      });
      await new SealAudit(storage, sha256).execute();
      await new FollowLog<AllStores>(storage, COUNT_USAGE, 'one', () => SAMPLE_TIME).execute();
      return pool;
    }

    it('tells of space in pieces, of broken rules and of what was never used', async () => {
      const { id } = await inPieces();
      expect(await server('one', onDay(1)).execute()).toBe(5);
      expect(await kept()).toEqual(['breaks_rules 10.0.1.0/24', 'fragmented 10.0.0.0/21']);
      const told = await new ReadAnalysis(storage).ofPool(id, dayOf(onDay(1)));
      expect(told).toMatchObject({ isComplete: true, usualLength: 24, childrenExamined: 4 });
      const { score, largest, packedLargest } = told.fragmentation;
      // Of one /22 and two /23 that four networks in one piece would be, none has room.
      expect([score, largest, packedLargest]).toEqual([0.75, 24, 22]);
      const [own] = told.recommendations;
      expect([own?.recommendation.kind, own?.recommendation.action?.type]).toEqual([
        'fragmented',
        'move',
      ]);
    });

    it('tells after ninety days of what has nothing in it', async () => {
      await inPieces();
      await server('one', onDay(1)).execute();
      expect(await server('one', onDay(91)).execute()).toBe(5);
      expect((await kept()).filter((each) => each.startsWith('unused'))).toEqual(
        [1, 3, 5, 6].map((at) => `unused 10.0.${at}.0/24`),
      );
    });

    it('tells of networks that collide in VRFs that reach each other, and of no others', async () => {
      const vrfs = await storage.run(async (stores) => {
        const [global] = await stores.vrfs.getMany([GLOBAL_VRF_ID]);
        if (global) await stores.vrfs.save({ ...global, reachabilityDomain: 'corp' });
        const near = await stores.vrfs.insert(
          sampleVrf({ name: 'near', reachabilityDomain: 'corp' }),
        );
        const apart = await stores.vrfs.insert(sampleVrf({ name: 'apart', rd: null }));
        return [near.id, apart.id];
      });
      const [near, apart] = vrfs;
      await created('10.0.0.0/8');
      await created('10.0.0.0/16', { kind: 'vpc', name: 'a' });
      await created('10.0.1.0/24', { kind: 'subnet', name: 'inside a' });
      await created('10.0.0.0/16', { kind: 'vpc', name: 'b', vrfId: near });
      await created('10.1.0.0/16', { kind: 'vpc', name: 'wide' });
      await created('10.1.2.0/24', { kind: 'vpc', name: 'narrow', vrfId: near });
      await created('10.0.0.0/16', { kind: 'vpc', name: 'c', vrfId: apart });
      await server('one', onDay(1)).execute();
      expect(await kept()).toEqual(['duplicate a', 'duplicate b', 'shadowed narrow']);
    });

    it('is made once in a minute for each hundred pools, and forgets what is so no more', async () => {
      const { id } = await inPieces();
      const begun = new Date(Math.ceil(onDay(1).getTime() / DAY_MS) * DAY_MS);
      const later = (seconds: number): Date => new Date(begun.getTime() + seconds * 1_000);
      expect(await server('one', begun).execute()).toBe(5);
      expect(await server('two', later(59)).execute()).toBe(0);
      expect(await storage.read(analysisTimes)).toEqual({ last: begun, next: later(60) });
      await storage.run(async ({ pools }) => {
        const [pool] = await pools.getMany([id]);
        if (pool) await pools.save([{ ...pool, rules: null }]);
      });
      expect(await server('two', later(60)).execute()).toBe(5);
      expect(await kept()).toEqual(['fragmented 10.0.0.0/21']);
    });

    it('goes on with another server when the one that analyses has died', async () => {
      await inPieces();
      const dies = (): Promise<void> => Promise.reject(new Error('killed'));
      await expect(server('one', onDay(1), dies).execute()).rejects.toThrow('killed');
      expect(await server('two', onDay(1)).execute()).toBe(0);
      const after = new Date(onDay(1).getTime() + 3 * 60_000);
      expect(await server('two', after).execute()).toBe(5);
    });

    it('ends where it is asked to, and another server begins at once', async () => {
      await inPieces();
      expect(await server('one', onDay(1)).execute(AbortSignal.abort())).toBe(0);
      expect(await server('two', onDay(1)).execute()).toBe(5);
    });

    it('waits for the first pool', async () => {
      expect(await server('one', onDay(1)).execute()).toBe(0);
      const times = await storage.read(analysisTimes);
      expect(times).toEqual({ last: null, next: null });
      await created('10.0.0.0/8');
      expect(await server('one', onDay(1)).execute()).toBe(1);
    });
  });
}
