import type { CloudNetworks, CloudScope, ScopeSnapshot } from '@cloudpam/reconciliation';
import type { SnapshotDelivery } from '../delivery/delivery';
import { ServerDelivery } from '../delivery/server-delivery';
import { GOOD_TOKEN, problem } from '../testing/discovery-double';
import { eventually } from '../testing/eventually';
import { FakeClock } from '../testing/fake-clock';
import { JobsDouble, LEASE_SECONDS } from '../testing/jobs-double';
import { runNumber } from '../testing/packed.fixture';
import { CollectorAgent, type AgentTools } from './collector-agent';
import { CollectorsApi } from './collectors-api';
import { VisibleAccounts } from './visible-accounts';

const HOUR = 3_600_000;

describe('CollectorAgent', () => {
  let clock: FakeClock;
  let double: JobsDouble;
  let stop: AbortController;
  let logs: string[];
  let ends: Promise<0 | 2>[];
  let runs: number;
  /** Holds a scope until the test lets it go on. */
  let onRead: (scope: CloudScope) => Promise<void>;

  beforeEach(async () => {
    [clock, stop, logs, ends, runs, onRead] = [
      new FakeClock(),
      new AbortController(),
      [],
      [],
      0,
      async () => undefined,
    ];
    double = new JobsDouble(clock.now);
    await double.start();
  });
  afterEach(async () => {
    stop.abort();
    await Promise.all(ends);
    await double.close();
  });

  /** A cloud of accounts with three regions each. */
  function cloudOf(...accounts: string[]): CloudNetworks {
    return {
      provider: 'aws',
      accounts: async () => accounts.map((id) => ({ id })),
      scopes: async (account) =>
        ['r1', 'r2', 'r3'].map((region) => ({ provider: 'aws', account, region })),
      read: async (scope): Promise<ScopeSnapshot> => {
        await onRead(scope);
        return {
          ...scope,
          coverage: 'complete',
          collectedAt: clock.now(),
          networks: [],
          resources: [],
        };
      },
    };
  }

  function start(
    clouds: () => Promise<readonly CloudNetworks[]>,
    changes: Partial<AgentTools> & { readonly token?: string } = {},
  ): Promise<0 | 2> {
    const target = { server: double.url, token: changes.token ?? GOOD_TOKEN, dryRun: false };
    const delivery =
      changes.delivery ??
      new ServerDelivery(target, { attempts: 1, random: clock.random, wait: clock.wait });
    const agent = new CollectorAgent({
      instance: `agent-${ends.length + 1}`,
      name: 'eu',
      version: '1.2.3',
      intervalMs: null,
      api: new CollectorsApi(target),
      accounts: new VisibleAccounts(clouds),
      delivery,
      clock,
      log: (text) => logs.push(text),
      newKey: () => `key-${++runs}`,
      onAlive: () => undefined,
      runOf: (cloud) => ({
        run: runNumber(++runs),
        dryRun: false,
        concurrency: 1,
        clouds: async () => [cloud],
        delivery,
        timeLimit: () => new AbortController().signal,
        now: clock.now,
        onScope: () => undefined,
      }),
      ...changes,
    });
    const end = agent.run(stop.signal);
    ends.push(end);
    return end;
  }
  const scopesRead = (): string[] =>
    double.scopes.map(({ account, region }) => `${account} ${region}`).sort();
  const allOf = (...accounts: string[]): string[] =>
    accounts.flatMap((account) => ['r1', 'r2', 'r3'].map((region) => `${account} ${region}`));
  const finished = (): boolean => double.jobs.every((job) => job.result);

  it('asks for no new account where one was named by hand and cannot be entered, and says so', async () => {
    const cloud: CloudNetworks = {
      ...cloudOf(),
      accounts: async () => ['1', '2', '3'].map((id) => ({ id, unproven: id !== '3' })),
      doubtOf: async (id) =>
        id === '2' ? { code: 'AccessDenied', message: 'no such role' } : undefined,
    };
    void start(async () => [cloud], { intervalMs: HOUR });
    await eventually('the schedule', () => double.callsOf(/schedule/).length === 1);
    expect(double.callsOf(/schedule/)[0]?.body).toMatchObject({
      accounts: ['aws:1', 'aws:2', 'aws:3'],
      unproven: ['aws:2'],
    });
    expect(logs).toContain(
      'aws:2 cannot be entered, and is read only if the server knows it: AccessDenied: no such role',
    );
  });

  it('says who it is, what it sees and how often it reads', async () => {
    void start(async () => [cloudOf('1111', '2222')], { intervalMs: 6 * HOUR });
    await eventually('a heartbeat', () => double.calls.length > 0);
    expect(double.calls[0]).toMatchObject({
      path: 'heartbeat',
      headers: { authorization: `Bearer ${GOOD_TOKEN}` },
      body: {
        instance: 'agent-1',
        name: 'eu',
        version: '1.2.3',
        providers: ['aws'],
        accounts: ['aws:1111', 'aws:2222'],
        interval_seconds: 21_600,
      },
    });
  });

  it('repeats it as often as the server wants', async () => {
    void start(async () => [cloudOf('1111')]);
    await eventually('waiting', () => clock.waits.includes(30_000));
    clock.pass(30_000);
    await eventually('the second heartbeat', () => double.callsOf(/heartbeat/).length === 2);
    expect(double.calls[0]?.body).toMatchObject({ interval_seconds: null });
  });

  it('reads the account of a job, tells its progress and ends it', async () => {
    double.queue('aws:1111');
    void start(async () => [cloudOf('1111', '2222')]);
    await eventually('the end of the job', finished);
    expect(scopesRead()).toEqual(allOf('1111'));
    expect(
      double
        .callsOf(/:progress/)
        .map(({ body }) => [
          body['lease'],
          body['scopes_done'],
          body['scopes_total'],
          body['message'],
        ]),
    ).toEqual([
      ['lease-1-1', 1, 3, 'r1: complete'],
      ['lease-1-1', 2, 3, 'r2: complete'],
      ['lease-1-1', 3, 3, 'r3: complete'],
    ]);
    const [finish] = double.callsOf(/:finish/);
    expect(finish).toMatchObject({
      path: 'jobs/1:finish',
      headers: { 'idempotency-key': 'finish:1:1' },
      body: {
        lease: 'lease-1-1',
        status: 'succeeded',
        error: null,
        counts: {
          scopes: 3,
          complete: 3,
          partial: 0,
          failed: 0,
          imported: 0,
          updated: 0,
          orphaned: 0,
          unchanged: 0,
          conflicts: 0,
        },
      },
    });
  });

  it('two of them share the jobs, and do none twice', async () => {
    const accounts = Array.from({ length: 8 }, (_, n) => `100${n}`);
    for (const account of accounts) double.queue(`aws:${account}`);
    // The first scope of each waits until both agents have a job.
    let meet: () => void = () => undefined;
    const met = new Promise<void>((resolve) => (meet = resolve));
    const working = new Set<string>();
    onRead = async ({ account }) => {
      if (working.add(account).size >= 2) meet();
      await met;
    };
    void start(async () => [cloudOf(...accounts)]);
    void start(async () => [cloudOf(...accounts)]);
    await eventually('the end of all jobs', finished);
    expect(scopesRead()).toEqual(allOf(...accounts));
    expect(double.jobs.map(({ attempt }) => attempt)).toEqual(accounts.map(() => 1));
    expect(new Set(double.callsOf(/claim/).map(({ body }) => body['instance']))).toEqual(
      new Set(['agent-1', 'agent-2']),
    );
  });

  it('a job whose agent is gone is read by another when the lease has expired', async () => {
    const job = double.queue('aws:1111');
    job.lease = 'of an agent that was killed';
    job.expires = clock.now().getTime() + LEASE_SECONDS * 1_000;
    void start(async () => [cloudOf('1111')]);
    await eventually('waiting for a job', () => double.polling === 1);
    clock.pass(LEASE_SECONDS * 1_000);
    double.endPolls();
    await eventually('the pause', () => clock.waits.includes(1_000) || finished());
    clock.pass(1_000);
    await eventually('the end of the job', finished);
    expect(scopesRead()).toEqual(allOf('1111'));
  });

  it('renews the lease while a scope takes long', async () => {
    let release: () => void = () => undefined;
    onRead = ({ region }) =>
      region === 'r1' ? new Promise((resolve) => (release = resolve)) : Promise.resolve();
    double.queue('aws:1111');
    void start(async () => [cloudOf('1111')]);
    for (const renewals of [1, 2, 3, 4]) {
      await eventually('waiting for the renewal', () => clock.waits.includes(20_000));
      clock.pass(20_000);
      await eventually(
        `renewal ${renewals}`,
        () => double.callsOf(/:progress/).length === renewals,
      );
    }
    release();
    await eventually('the end of the job', finished);
    expect(double.jobs).toMatchObject([{ attempt: 1, result: { status: 'succeeded' } }]);
  });

  it.each(['lease_lost', 'job_cancelled'])(
    'stops a job without ending it when the server says %s',
    async (code) => {
      double.reply = ({ path }) =>
        path === 'jobs/1:progress' ? problem(409, code, 'not yours') : undefined;
      // The second scope waits until the answer to the first one's progress is there.
      onRead = ({ region }) =>
        region === 'r2'
          ? eventually('the progress', () => double.callsOf(/:progress/).length > 0)
          : Promise.resolve();
      double.queue('aws:1111');
      void start(async () => [cloudOf('1111')]);
      await eventually('leaving', () =>
        logs.some((line) => line === `job 1: left, ${code}: not yours`),
      );
      expect(double.scopes.length).toBeLessThan(3);
      expect(double.callsOf(/:finish/)).toEqual([]);
      await eventually('the next claim', () => double.callsOf(/claim/).length === 2);
    },
  );

  it('hands the job back when it is stopped, after the scope that was begun', async () => {
    onRead = async ({ region }) => void (region === 'r2' && stop.abort());
    const job = double.queue('aws:1111');
    expect(await start(async () => [cloudOf('1111')])).toBe(0);
    expect(scopesRead()).toEqual(['1111 r1', '1111 r2']);
    expect(
      double.callsOf(/:finish/).map(({ body }) => [body['status'], body['counts']]),
    ).toMatchObject([['handed_back', { scopes: 2, complete: 2 }]]);
    expect(job).toMatchObject({ lease: undefined, result: undefined });
  });

  it('ends a job that has no scopes left when it is stopped', async () => {
    onRead = async ({ region }) => void (region === 'r3' && stop.abort());
    double.queue('aws:1111');
    expect(await start(async () => [cloudOf('1111')])).toBe(0);
    expect(double.jobs).toMatchObject([{ result: { status: 'succeeded', counts: { scopes: 3 } } }]);
  });

  it('stops at once while it waits for a job', async () => {
    const end = start(async () => [cloudOf('1111')]);
    await eventually('waiting for a job', () => double.polling === 1);
    stop.abort();
    expect(await end).toBe(0);
    expect(clock.waits).toEqual([]);
  });

  it('refuses the job of an account that it does not see', async () => {
    double.queue('aws:9999');
    void start(async () => [cloudOf('1111')]);
    await eventually('the end of the job', finished);
    expect(double.jobs).toMatchObject([
      { result: { status: 'failed', error: 'account_not_visible', counts: { scopes: 0 } } },
    ]);
  });

  it('tells what went wrong with a job', async () => {
    onRead = async ({ region }) =>
      region === 'r2' ? Promise.reject(new Error('no route')) : undefined;
    double.queue('aws:1111');
    void start(async () => [cloudOf('1111')]);
    await eventually('the end of the job', finished);
    expect(double.jobs).toMatchObject([
      {
        result: {
          status: 'partial',
          error: 'r2: unexpected: no route',
          counts: { scopes: 3, complete: 2, failed: 1 },
        },
      },
    ]);
  });

  it('outlives a server that is away, and comes back less often after each try', async () => {
    let away = true;
    double.reply = ({ path }) => (away && path === 'jobs:claim' ? 'cut' : undefined);
    clock.chance = 1;
    const waits: number[] = [];
    void start(async () => [cloudOf('1111')]);
    for (const wait of [1_000, 2_000, 4_000, 8_000]) {
      await eventually(`waiting ${wait}`, () => clock.waits.includes(wait));
      waits.push(wait);
      clock.pass(wait);
    }
    away = false;
    double.queue('aws:1111');
    await eventually(
      'the next wait or the end of the job',
      () => finished() || clock.waits.includes(16_000),
    );
    clock.pass(16_000);
    await eventually('the end of the job', finished);
    expect(logs.filter((line) => line.startsWith('claim: ')).length).toBeGreaterThanOrEqual(
      waits.length,
    );
  });

  it('waits as long as the server says, up to a minute', async () => {
    let busy = true;
    double.reply = ({ path }) =>
      busy && path === 'heartbeat'
        ? problem(429, 'too_many_requests', 'slow down', { 'retry-after': '45' })
        : undefined;
    void start(async () => [cloudOf('1111')]);
    await eventually('waiting', () => clock.waits.includes(45_000));
    busy = false;
    clock.pass(45_000);
    await eventually('a claim', () => double.callsOf(/claim/).length === 1);
  });

  it.each([
    ['a server that does not know agents', problem(404, 'not_found', 'there is no such route')],
    ['a proxy that forbids it', { status: 403, body: '<html>' }],
    ['something else at the address', { status: 200, body: 'hello' }],
  ])('asks %s again, less and less often', async (_title, answer) => {
    double.reply = ({ path }) => (path === 'jobs:claim' ? answer : undefined);
    void start(async () => [cloudOf('1111')]);
    for (const wait of [500, 1_000, 2_000]) {
      await eventually(`waiting ${wait}`, () => clock.waits.includes(wait));
      clock.pass(wait);
    }
    await eventually('the fourth claim', () => double.callsOf(/claim/).length === 4);
  });

  it('does not ask without pause when the server does not let it wait', async () => {
    double.reply = ({ path }) =>
      path === 'jobs:claim' ? { status: 200, body: { job: null } } : undefined;
    void start(async () => [cloudOf('1111')]);
    await eventually('the pause', () => clock.waits.includes(1_000));
    expect(double.callsOf(/claim/)).toHaveLength(1);
    clock.pass(1_000);
    await eventually('the next claim', () => double.callsOf(/claim/).length === 2);
  });

  it.each([
    ['401', { token: 'cpam_other' }],
    ['403', {}],
  ])('ends with 2 and a message when the token is refused with %s', async (status, changes) => {
    if (status === '403')
      double.reply = ({ path }) =>
        path === 'jobs:claim' ? problem(403, 'forbidden', 'this token may not') : undefined;
    expect(await start(async () => [cloudOf('1111')], changes)).toBe(2);
    expect(logs.at(-1)).toContain('the token is refused: ');
    expect(clock.waits).toEqual([]);
  });

  it('ends with 2 when its clouds cannot be set up', async () => {
    expect(await start(() => Promise.reject(new Error('there is no folder x')))).toBe(2);
    expect(logs).toEqual(['there is no folder x']);
  });

  it('delivers what is in the spool while there is no job', async () => {
    let caughtUp = 0;
    const delivery: SnapshotDelivery = {
      catchUp: async () => void caughtUp++,
      deliver: () => Promise.reject(new Error('nothing to deliver')),
      finish: () => Promise.reject(new Error('no run')),
    };
    void start(async () => [cloudOf('1111')], { delivery });
    await eventually('waiting for a job', () => double.polling === 1);
    expect(caughtUp).toBe(0);
    double.endPolls();
    await eventually('catching up', () => caughtUp === 1);
  });

  describe('on its schedule', () => {
    const asked = (): unknown[] => double.callsOf(/schedule/).map(({ body }) => body);

    it('asks for jobs of every account at the start, then after each interval and a little by chance', async () => {
      clock.chance = 0.5;
      void start(async () => [cloudOf('1111', '2222')], { intervalMs: 6 * HOUR });
      await eventually('the first schedule', () => clock.waits.includes(6.3 * HOUR));
      expect(asked()).toEqual([
        { instance: 'agent-1', accounts: ['aws:1111', 'aws:2222'], older_than_seconds: 16_200 },
      ]);
      await eventually('both jobs', finished);
      expect(scopesRead()).toEqual(allOf('1111', '2222'));
      clock.pass(6 * HOUR);
      expect(asked()).toHaveLength(1);
      clock.pass(0.3 * HOUR);
      await eventually('the second schedule', () => asked().length === 2);
      expect(
        new Set(double.callsOf(/schedule/).map(({ headers }) => headers['idempotency-key'])).size,
      ).toBe(2);
    });

    it('asks with the same key when it has to ask again', async () => {
      let first = true;
      double.reply = ({ path }) =>
        path === 'jobs:schedule' && first
          ? ((first = false), problem(503, 'starting', 'not yet'))
          : undefined;
      void start(async () => [cloudOf('1111')], { intervalMs: HOUR });
      await eventually('the first try', () => clock.waits.includes(500));
      clock.pass(500);
      await eventually('the second try', () => asked().length === 2);
      expect(
        new Set(double.callsOf(/schedule/).map(({ headers }) => headers['idempotency-key'])).size,
      ).toBe(1);
    });

    it('asks for nothing when only triggers count, but looks for new accounts', async () => {
      const accounts = ['1111'];
      void start(async () => [cloudOf(...accounts)]);
      await eventually('waiting', () => clock.waits.includes(6 * HOUR));
      accounts.push('2222');
      clock.pass(6 * HOUR);
      await eventually('a heartbeat with both', () =>
        double
          .callsOf(/heartbeat/)
          .some(({ body }) => String(body['accounts']) === 'aws:1111,aws:2222'),
      );
      expect(asked()).toEqual([]);
    });

    it('keeps the accounts of a cloud that cannot tell them now, and asks it again after a minute', async () => {
      let broken = false;
      const cloud = cloudOf('1111');
      void start(
        async () => [
          {
            ...cloud,
            accounts: () => (broken ? Promise.reject(new Error('throttled')) : cloud.accounts()),
          },
        ],
        { intervalMs: 6 * HOUR },
      );
      await eventually('waiting', () => clock.waits.includes(6 * HOUR));
      broken = true;
      clock.pass(6 * HOUR);
      await eventually('waiting a minute', () => clock.waits.includes(60_000));
      expect(logs).toContain('aws: throttled');
      expect(asked()).toMatchObject([{ accounts: ['aws:1111'] }, { accounts: ['aws:1111'] }]);
      broken = false;
      clock.pass(60_000);
      await eventually('waiting for the interval again', () => clock.waits.includes(6 * HOUR));
    });
  });
});
