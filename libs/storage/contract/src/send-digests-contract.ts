import type { AuditEntry } from '@cloudpam/audit';
import { parseCidr } from '@cloudpam/cidr';
import {
  ComposeDigest,
  DIGEST_LEASE_MS,
  DIGEST_RETRY_DELAYS_MS,
  SendDigests,
  type Digest,
  type DigestContent,
  type SendMail,
} from '@cloudpam/digests';
import type { Forecast } from '@cloudpam/forecast';
import type { FindingFacts, ToldFinding } from '@cloudpam/reconciliation';
import { insertTree } from './planted';
import { sampleAddress, sampleDigest } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CREATED = new Date('2026-03-01T12:00:00.000Z');
/** The first time of the sample's schedule after that. */
const DUE = new Date('2026-03-02T07:00:00.000Z');

interface Mail {
  readonly digest: Digest;
  readonly content: DigestContent;
  readonly id: string;
}

/** Sending digests, over a storage. */
export function sendDigestsContract(name: string, open: OpenStorage): void {
  describe(`${name}: sending digests`, () => {
    const storage = openedForEachTest(open);
    let now = DUE.getTime();
    let sent: Mail[] = [];
    let failed: unknown[] = [];
    beforeEach(() => {
      now = DUE.getTime();
      sent = [];
      failed = [];
    });
    const takes: SendMail = async (digest, content, id) => {
      sent.push({ digest, content, id });
      return { refused: [] };
    };
    const refuses: SendMail = () => Promise.reject(new Error('421 come back later'));
    const compose = (): ComposeDigest => new ComposeDigest(storage, () => undefined);
    const server = (send: SendMail = takes, holder = 'one'): SendDigests =>
      new SendDigests(
        storage,
        compose(),
        send,
        holder,
        () => new Date(now),
        () => 0.5,
        () => async () => undefined,
        (error) => failed.push(error),
      );
    const made = (fields: Partial<Digest> = {}): Promise<Digest> =>
      storage.run(({ digests }) =>
        digests.insert(
          sampleDigest({
            sendsEmpty: true,
            dueAt: DUE,
            createdAt: CREATED,
            updatedAt: CREATED,
            ...fields,
          }),
        ),
      );
    const kept = async (id: number): Promise<Digest> => {
      const digest = await storage.read(({ digests }) => digests.get(id));
      if (!digest) throw new Error('the digest is gone');
      return digest;
    };
    const told = async (): Promise<Pick<AuditEntry, 'type' | 'diff'>[]> =>
      (await storage.read(({ audit }) => audit.scan({}, { order: 'oldest' }, 100))).map(
        ({ type, diff }) => ({ type, diff }),
      );
    const days = (count: number): Date => new Date(DUE.getTime() + count * DAY_MS);
    const opened = (findings: readonly ToldFinding[], at: Date): Promise<void> =>
      storage.run(async ({ told: store }) => {
        await store.keep(findings);
        await store.keepRound({ at, tookMs: 1, head: 1 });
      });

    it('sends each when it is due, and waits for its next time', async () => {
      const { id } = await made({ recipients: ['a@example.com', 'b@example.com'] });
      await made({ name: 'off', isEnabled: false, dueAt: null });
      now = DUE.getTime() - 1;
      expect(await server().look()).toBe(0);
      now = DUE.getTime() + 1_000;
      expect(await server().look()).toBe(1);
      expect(await server().look()).toBe(0);
      expect(sent.map(({ digest }) => digest.id)).toEqual([id]);
      expect(await kept(id)).toMatchObject({
        dueAt: days(1),
        retryAt: null,
        attempts: 0,
        lastSentAt: new Date(now),
        toldUntil: CREATED,
        failure: null,
        holder: null,
        version: 1,
      });
      expect(await told()).toEqual([
        {
          type: 'digest.send',
          diff: {
            before: null,
            after: { due_at: DUE.toISOString(), recipients: 2, refused: 0 },
          },
        },
      ]);
    });

    it('sends one for all times that were missed', async () => {
      const { id } = await made();
      now = days(3).getTime() + HOUR_MS;
      expect(await server().look()).toBe(1);
      expect(await server().look()).toBe(0);
      expect(sent[0]?.id.endsWith(`.${days(3).getTime() / 1_000}`)).toBe(true);
      expect((await kept(id)).dueAt).toEqual(days(4));
    });

    it('tries again later and later, under the same id, and then waits for the next time', async () => {
      const { id } = await made();
      const ids: string[] = [];
      const failing = server(async (digest, content, messageId) => {
        ids.push(messageId);
        return refuses(digest, content, messageId);
      });
      for (const delay of DIGEST_RETRY_DELAYS_MS) {
        await failing.look();
        const { retryAt, failure } = await kept(id);
        expect([retryAt, failure]).toEqual([new Date(now + delay), '421 come back later']);
        expect(await failing.look()).toBe(0);
        now += delay;
      }
      await failing.look();
      expect(ids).toHaveLength(DIGEST_RETRY_DELAYS_MS.length + 1);
      expect(new Set(ids).size).toBe(1);
      expect(await kept(id)).toMatchObject({
        dueAt: days(1),
        retryAt: null,
        attempts: 0,
        lastSentAt: null,
        toldUntil: null,
        failure: '421 come back later',
      });
      expect((await told()).map(({ type }) => type)).toEqual(['digest.fail']);
      now = days(1).getTime();
      expect(await server().look()).toBe(1);
      expect((await kept(id)).failure).toBeNull();
      expect(failed).toEqual([]);
    });

    it('has each sent by one of many servers', async () => {
      await made();
      await made({ name: 'other' });
      const servers = ['a', 'b', 'c'].map((holder) => server(takes, holder));
      await Promise.all(servers.map((each) => each.look()));
      expect(sent.map(({ digest }) => digest.name).sort()).toEqual(['morning', 'other']);
    });

    it('sends again what a server that died may have sent, with the same id', async () => {
      const digest = await made();
      await server().look();
      // As it was when the first server had sent it, and had not noted that.
      await storage.run(({ digests }) =>
        digests.save({
          ...digest,
          holder: 'dead',
          leaseUntil: new Date(now + DIGEST_LEASE_MS),
        }),
      );
      expect(await server(takes, 'two').look()).toBe(0);
      now += DIGEST_LEASE_MS;
      expect(await server(takes, 'two').look()).toBe(1);
      expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    });

    it('does not note for a digest that another server holds by now, or that is gone', async () => {
      const digest = await made();
      const stolen = { ...digest, holder: 'two', leaseUntil: new Date(now + DIGEST_LEASE_MS) };
      await server(async () => {
        await storage.run(({ digests }) => digests.save(stolen));
        return { refused: [] };
      }).look();
      expect(await kept(digest.id)).toEqual(stolen);
      await storage.run(({ digests }) => digests.save(digest));
      await server(async () => {
        await storage.run(({ digests }) => digests.remove(digest.id));
        return { refused: [] };
      }).look();
      expect(await told()).toEqual([]);
      expect(failed).toEqual([]);
    });

    it('keeps the time that someone has given it while it was sent', async () => {
      const digest = await made();
      await server(async () => {
        const taken = await kept(digest.id);
        const saved = { ...taken, dueAt: days(5), name: 'renamed' };
        await storage.run(({ digests }) => digests.save(saved));
        return { refused: ['b@example.com: 550 unknown.'] };
      }).look();
      expect(await kept(digest.id)).toMatchObject({
        name: 'renamed',
        dueAt: days(5),
        lastSentAt: new Date(now),
        failure: 'b@example.com: 550 unknown.',
        holder: null,
      });
    });

    it('sends nothing where there is nothing to tell, unless that is wanted', async () => {
      const { id } = await made({ sendsEmpty: false });
      expect(await server().look()).toBe(0);
      expect(sent).toEqual([]);
      expect(await kept(id)).toMatchObject({ dueAt: days(1), lastSentAt: null, failure: null });
      expect(await told()).toEqual([]);
    });

    it('tells of new findings once, most severe first, and counts those that are open', async () => {
      const { id } = await made({ sendsEmpty: false });
      const before = new Date(CREATED.getTime() - HOUR_MS);
      const first = new Date(CREATED.getTime() + HOUR_MS);
      const unfinished = new Date(DUE.getTime() - 1_000);
      await opened(
        [
          finding(1, 'drift', before),
          finding(2, 'unmanaged', first),
          finding(3, 'drift', first),
          finding(4, 'overlap', first),
          finding(5, 'lease_ends', first),
          finding(6, 'conflict', unfinished),
        ],
        first,
      );
      expect(await server().look()).toBe(1);
      const { findings } = sent[0]?.content ?? {};
      expect(findings?.fresh.items.map((each) => each.id)).toEqual([
        'overlap:4',
        'drift:3',
        'unmanaged:2',
      ]);
      expect(findings?.fresh.total).toBe(3);
      expect(findings?.open).toEqual([
        { type: 'conflict', severity: 'critical', count: 1 },
        { type: 'overlap', severity: 'critical', count: 1 },
        { type: 'drift', severity: 'warning', count: 2 },
        { type: 'unmanaged', severity: 'info', count: 1 },
      ]);
      expect((await kept(id)).toldUntil).toEqual(first);
      await opened([], new Date(DUE.getTime() + HOUR_MS));
      now = days(1).getTime();
      expect(await server().look()).toBe(1);
      expect(sent[1]?.content.findings?.fresh.items.map((each) => each.id)).toEqual(['conflict:6']);
      now = days(2).getTime();
      expect(await server().look()).toBe(0);
    });

    it('lists the first of many, and counts them all', async () => {
      await made();
      const at = new Date(CREATED.getTime() + HOUR_MS);
      await opened(
        Array.from({ length: 1_100 }, (_, index) =>
          finding(index + 1, index === 1_050 ? 'overlap' : 'drift', at),
        ),
        at,
      );
      await server().look();
      const { fresh } = sent[0]?.content.findings ?? {};
      expect([fresh?.total, fresh?.items.length]).toEqual([1_100, 20]);
      expect(fresh?.items[0]?.id).toBe('overlap:1051');
    });

    it('tells of the part of the estate that its filter names', async () => {
      const [top = 0, lent = 0, far = 0] = (
        await storage.run((stores) =>
          insertTree(stores, [
            { cidr: '10.0.0.0/8', name: 'top', tags: { env: 'prod' } },
            { cidr: '10.1.0.0/16', name: 'lent', expiresAt: days(3), tags: { env: 'prod' } },
            { cidr: '192.168.0.0/16', name: 'far', expiresAt: days(2) },
          ]),
        )
      ).map(({ id }) => id);
      const at = new Date(CREATED.getTime() + HOUR_MS);
      await opened(
        [finding(1, 'drift', at, '10.1.0.0/24'), finding(2, 'drift', at, '192.168.1.0/24')],
        at,
      );
      await storage.run(async ({ forecasts, addresses }) => {
        await forecasts.save(
          [lent, far].map((poolId) => ({
            poolId,
            madeOn: 20_513,
            prefixLength: 24,
            forecast: FORECAST,
            endsOn: 20_520,
          })),
        );
        await addresses.insert([
          sampleAddress({ address: '10.1.0.9', poolId: lent, expiresAt: days(1) }),
        ]);
      });
      const content = async (fields: Partial<Digest>): Promise<unknown> => {
        const digest = { ...sampleDigest({ createdAt: CREATED, ...fields }), id: 1 };
        const { findings, leases, forecasts } = await compose().execute(digest, DUE);
        return [
          findings?.fresh.items.map((each) => each.id),
          leases?.items.map(({ text }) => text),
          forecasts?.items.map(({ pool }) => pool.name),
        ];
      };
      expect(await content({})).toEqual([
        ['drift:1', 'drift:2'],
        ['10.1.0.9', '192.168.0.0/16', '10.1.0.0/16'],
        ['lent', 'far'],
      ]);
      const inside = [['drift:1'], ['10.1.0.9', '10.1.0.0/16'], ['lent']];
      expect(await content({ filter: { poolIds: [top] } })).toEqual(inside);
      expect(await content({ filter: { tags: ['env:prod'] } })).toEqual([[], ...inside.slice(1)]);
      expect(await content({ filter: { vrfIds: [99] } })).toEqual([[], [], []]);
      expect(await content({ filter: { accountIds: [99] } })).toEqual([[], [], []]);
      expect(await content({ severity: 'critical' })).toEqual([
        [],
        ['10.1.0.9', '192.168.0.0/16', '10.1.0.0/16'],
        ['lent', 'far'],
      ]);
      expect(await content({ sections: ['leases'], filter: { poolIds: [far] } })).toEqual([
        undefined,
        ['192.168.0.0/16'],
        undefined,
      ]);
    });
  });
}

const SEVERITIES = {
  overlap: 'critical',
  conflict: 'critical',
  drift: 'warning',
  lease_ends: 'warning',
  unmanaged: 'info',
} as const;

function finding(
  id: number,
  type: keyof typeof SEVERITIES,
  openedAt: Date,
  cidr = '10.9.0.0/24',
): ToldFinding {
  const facts: FindingFacts = {
    type,
    severity: SEVERITIES[type],
    subject: 'resource',
    subject_id: id,
    name: `r${id}`,
    cidr,
    region: null,
    pool_id: null,
    pool_name: null,
    detail: 'why',
  };
  const place = { vrfId: 1, accountId: null, cidr: parseCidr(cidr), kind: 'subnet' };
  return { id: `${type}:${id}`, facts, place, openedAt };
}

const FORECAST: Forecast = {
  outcome: 'forecast',
  day: 20_530,
  earliest: 20_520,
  latest: 20_560,
  confidence: 'high',
  growthPerWeek: 12,
  weeks: 60,
  changes: 40,
  leftOut: null,
  backtest: { trials: 10, held: 9 },
};
