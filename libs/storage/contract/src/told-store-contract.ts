import { parseCidr, parseRange } from '@cloudpam/cidr';
import { GLOBAL_VRF_ID, StoredConflict } from '@cloudpam/pools';
import type { FindingFacts, ToldFinding } from '@cloudpam/reconciliation';
import { insertTree } from './planted';
import { SAMPLE_TIME, sampleAddress, sampleRange } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

const HOUR_MS = 3_600_000;
const DAYS = [14, 3, 1];
const inHours = (hours: number): Date => new Date(SAMPLE_TIME.getTime() + hours * HOUR_MS);

/** What `ToldStore` promises. */
export function toldStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: what the log was told of findings`, () => {
    const storage = openedForEachTest(open);
    const keep = (...findings: readonly ToldFinding[]): Promise<void> =>
      storage.run(({ told }) => told.keep(findings));
    const idsOf = (subject: FindingFacts['subject'], ids: readonly number[]): Promise<string[]> =>
      storage.read(async ({ told }) => (await told.of(subject, ids)).map(({ id }) => id).sort());

    it('has findings by what they are of, as they were told', async () => {
      const scope = toldOf('unseen', 'scope', 3, { cidr: null });
      const away = {
        ...scope,
        place: { vrfId: null, accountId: 7, cidr: null, kind: null },
      };
      await keep(toldOf('overlap', 'resource', 3), toldOf('drift', 'resource', 3), away);
      await keep(toldOf('lease_ends', 'pool', 3), toldOf('overlap', 'resource', 4));
      expect(await idsOf('resource', [3, 9])).toEqual(['drift:3', 'overlap:3']);
      expect(await idsOf('pool', [3, 4])).toEqual(['lease_ends:3']);
      expect(await idsOf('address', [3])).toEqual([]);
      await storage.read(async ({ told }) => {
        expect(await told.of('scope', [3])).toEqual([away]);
        expect(await told.of('resource', [4])).toEqual([toldOf('overlap', 'resource', 4)]);
        expect(await told.counts()).toEqual({ overlap: 2, drift: 1, lease_ends: 1, unseen: 1 });
      });
    });

    it('keeps each once, and forgets it', async () => {
      await keep(toldOf('overlap', 'resource', 3), toldOf('drift', 'resource', 3));
      await expect(keep(toldOf('overlap', 'resource', 3))).rejects.toThrow(StoredConflict);
      const key = { subject: 'resource', subjectId: 3, type: 'overlap' } as const;
      await storage.run(({ told }) => told.forget([key, { ...key, subjectId: 9 }]));
      expect(await idsOf('resource', [3])).toEqual(['drift:3']);
    });

    it('goes through what they are of, page by page', async () => {
      await keep(
        toldOf('overlap', 'resource', 30),
        toldOf('drift', 'resource', 30),
        toldOf('drift', 'resource', 4),
        toldOf('drift', 'resource', 31),
        toldOf('lease_ends', 'pool', 5),
      );
      await storage.read(async ({ told }) => {
        expect(await told.subjectsAfter('resource', 0, 2)).toEqual([4, 30]);
        expect(await told.subjectsAfter('resource', 30, 2)).toEqual([31]);
        expect(await told.subjectsAfter('observed', 0, 2)).toEqual([]);
      });
    });

    it('has the last round', async () => {
      expect(await storage.read(({ told }) => told.lastRound())).toBeUndefined();
      await storage.run(({ told }) => told.keepRound({ at: SAMPLE_TIME, tookMs: 1, head: 2 }));
      const last = { at: inHours(1), tookMs: 12, head: 7_000_000_000 };
      await storage.run(({ told }) => told.keepRound(last));
      expect(await storage.read(({ told }) => told.lastRound())).toEqual(last);
    });

    it('tells which leases end soon, once for each end and number of days', async () => {
      const [pool] = await storage.run(async (stores) => {
        await stores.addresses.insert([
          sampleAddress({ address: '10.9.0.1', name: 'db', expiresAt: inHours(24) }),
          sampleAddress({ address: '10.9.0.2', expiresAt: SAMPLE_TIME }),
          sampleAddress({ address: '10.9.0.3' }),
        ]);
        await stores.ranges.insert([
          sampleRange({ span: '10.9.1.1-10.9.1.9', purpose: 'quarantine', until: inHours(50) }),
        ]);
        return insertTree(stores, [
          { cidr: '10.1.0.0/16', name: 'lab', kind: 'vpc', expiresAt: inHours(14 * 24) },
          { cidr: '10.2.0.0/16', expiresAt: inHours(14 * 24 + 1) },
        ]);
      });
      const due = (at: Date, limit = 9) =>
        storage.read(async ({ told }) =>
          (await told.dueWarnings(at, DAYS, limit)).sort((a, b) => a.days - b.days),
        );
      const all = await due(SAMPLE_TIME);
      const of = { vrfId: GLOBAL_VRF_ID, accountId: null };
      expect(all).toEqual([
        {
          ...of,
          ...{ leaseOf: 'address', id: expect.any(Number), kind: 'address', name: 'db', days: 1 },
          ...{ span: parseRange('10.9.0.1-10.9.0.1'), endsAt: inHours(24) },
        },
        {
          ...of,
          ...{ leaseOf: 'range', id: expect.any(Number), kind: 'range', name: '', days: 3 },
          ...{ span: parseRange('10.9.1.1-10.9.1.9'), endsAt: inHours(50) },
        },
        {
          ...of,
          ...{ leaseOf: 'pool', id: pool?.id, kind: 'vpc', name: 'lab', days: 14 },
          ...{ span: parseRange('10.1.0.0-10.1.255.255'), endsAt: inHours(14 * 24) },
        },
      ]);
      expect(await due(SAMPLE_TIME, 2)).toHaveLength(2);
      await storage.run(({ told }) => told.keepWarnings(all));
      expect(await due(SAMPLE_TIME)).toEqual([]);
      // The other pool comes near, and of the range a day is left.
      const later = await due(inHours(26));
      expect(later.map(({ leaseOf, days }) => `${leaseOf} ${days}`)).toEqual([
        'range 1',
        'pool 14',
      ]);
      await storage.run(async ({ told, pools }) => {
        await told.keepWarnings(later);
        const [kept] = await pools.getMany([pool?.id ?? 0]);
        if (kept) await pools.save([{ ...kept, expiresAt: inHours(13 * 24) }]);
      });
      expect((await due(inHours(26))).map(({ endsAt }) => endsAt)).toEqual([inHours(13 * 24)]);
    });

    it('forgets warnings of leases that ended before a time, so many at once', async () => {
      await storage.run(async (stores) => {
        await insertTree(stores, [
          { cidr: '10.1.0.0/16', expiresAt: inHours(1) },
          { cidr: '10.2.0.0/16', expiresAt: inHours(1) },
          { cidr: '10.3.0.0/16', expiresAt: inHours(3) },
        ]);
        await stores.told.keepWarnings(await stores.told.dueWarnings(SAMPLE_TIME, DAYS, 9));
      });
      const forget = (): Promise<number> =>
        storage.run(({ told }) => told.forgetWarnings(inHours(2), 1));
      expect([await forget(), await forget(), await forget()]).toEqual([1, 1, 0]);
    });
  });
}

function toldOf(
  type: FindingFacts['type'],
  subject: FindingFacts['subject'],
  subject_id: number,
  fields: Partial<FindingFacts> = {},
): ToldFinding {
  return {
    id: `${type}:${subject_id}`,
    facts: {
      ...{ type, severity: 'warning', subject, subject_id, name: 'Büro', cidr: '10.0.0.0/24' },
      ...{ region: null, pool_id: 5, pool_name: 'lab', detail: 'why "so"' },
      ...fields,
    },
    place: { vrfId: 1, accountId: null, cidr: parseCidr('2001:db8::/64'), kind: 'subnet' },
    openedAt: SAMPLE_TIME,
  };
}
