import { gunzipSync } from 'node:zlib';
import type { Schemas } from '@cloudpam/api-client';
import { parseCidr } from '@cloudpam/cidr';
import type { CloudNetworks, CloudScope, Coverage, ScopeSnapshot } from '@cloudpam/reconciliation';
import { NO_BACKLOG, type Delivery, type SnapshotDelivery } from '../delivery/delivery';
import type { PackedSnapshot } from '../delivery/packed-snapshot';
import { RunCollection, type RunOptions } from './run-collection';
import { exitCodeOf, reportObject, type RunReport } from './run-report';
import { progressLine, reportText } from './run-text';

const ACCEPTED: Delivery = {
  kind: 'accepted',
  counts: { imported: 2, updated: 0, orphaned: 0, unchanged: 0, conflicts: 0 },
};
const REFUSED: Delivery = { kind: 'refused', code: 'stale_snapshot', detail: 'late' };
const GONE: Delivery = {
  kind: 'undelivered',
  code: 'ECONNREFUSED',
  detail: 'gone',
  fatal: true,
  later: true,
};
const FORBIDDEN: Delivery = {
  kind: 'undelivered',
  code: 'forbidden',
  detail: 'not yours',
  fatal: false,
  later: false,
};

/** A cloud with a region for each coverage: one network, one dual-stack subnet unless it failed. */
function cloudOf(...coverages: readonly Coverage[]): CloudNetworks {
  const scopes = coverages.map((_, n): CloudScope => ({
    provider: 'aws',
    account: '111122223333',
    region: `region-${n}`,
  }));
  const read = async (scope: CloudScope): Promise<ScopeSnapshot> => {
    const coverage = coverages[scopes.indexOf(scope)] ?? 'failed';
    const of = { ownerAccount: scope.account, region: scope.region };
    const subnet = {
      kind: 'subnet',
      externalId: 'subnet-1',
      networkExternalId: 'vpc-1',
      zoneId: null,
      name: 'a',
      tags: {},
      ...of,
    } as const;
    const seen =
      coverage === 'failed'
        ? { networks: [], resources: [] }
        : {
            networks: [{ externalId: 'vpc-1', name: 'prod', isDefault: false, ...of }],
            resources: ['10.0.0.0/24', '2001:db8::/64'].map((cidr) => ({
              ...subnet,
              cidr: parseCidr(cidr),
            })),
          };
    return {
      ...scope,
      coverage,
      ...(coverage !== 'complete' && { error: { code: 'AccessDenied', message: 'no\u001b[2J' } }),
      collectedAt: new Date(0),
      ...seen,
    };
  };
  return {
    provider: 'aws',
    accounts: async () => [{ id: '111122223333' }],
    scopes: async () => scopes,
    read,
  };
}

/** A cloud of many accounts with two regions each, that counts what is asked of it. */
function cloudWith(
  accounts: number,
): CloudNetworks & { asked: string[]; open: number; most: number } {
  const cloud = {
    provider: 'aws' as const,
    asked: [] as string[],
    open: 0,
    most: 0,
    accounts: async () =>
      Array.from({ length: accounts }, (_, n) => ({ id: `account-${n}`, name: `Account ${n}` })),
    scopes: async (account: string): Promise<CloudScope[]> => {
      cloud.asked.push(account);
      cloud.most = Math.max(cloud.most, ++cloud.open);
      return ['region-0', 'region-1'].map((region) => ({ provider: 'aws', account, region }));
    },
    read: async (scope: CloudScope): Promise<ScopeSnapshot> => {
      if (scope.region === 'region-1') cloud.open--;
      return {
        ...scope,
        coverage: 'complete',
        collectedAt: new Date(0),
        networks: [],
        resources: [],
      };
    },
  };
  return cloud;
}

type Deliver = (packed: PackedSnapshot) => Promise<Delivery>;

const to = (deliver: Deliver, more: Partial<SnapshotDelivery> = {}): SnapshotDelivery => ({
  catchUp: async () => undefined,
  deliver,
  finish: async () => NO_BACKLOG,
  ...more,
});
const never = new AbortController().signal;

function runOf(
  cloud: CloudNetworks,
  deliveries: readonly Delivery[],
  changes: Partial<RunOptions> = {},
  stop = never,
): Promise<RunReport> {
  const delivery = to(
    async ({ scope: { region } }) => deliveries[Number(region.slice('region-'.length))] ?? ACCEPTED,
  );
  const run = { runId: 'run-1', startedAt: new Date(0) };
  return new RunCollection({
    run,
    dryRun: false,
    concurrency: 1,
    clouds: async () => [cloud],
    delivery,
    timeLimit: () => never,
    now: () => new Date(7),
    onScope: () => undefined,
    ...changes,
  }).run(stop);
}

describe('RunCollection', () => {
  it('counts networks and distinct subnets of each scope', async () => {
    const report = await runOf(cloudOf('complete'), []);
    expect(report.outcomes).toMatchObject([
      { coverage: 'complete', vpcs: 1, subnets: 1, delivery: ACCEPTED },
    ]);
  });

  it.each<[string, Coverage[], Delivery[], number]>([
    ['everything was complete and accepted', ['complete', 'complete'], [], 0],
    ['a scope is partial', ['complete', 'partial'], [], 1],
    ['a scope failed', ['failed', 'complete'], [], 1],
    ['a scope was refused', ['complete', 'complete'], [REFUSED], 1],
    ['the token may not post one account', ['complete', 'complete'], [FORBIDDEN], 1],
    ['every scope failed', ['failed', 'failed'], [], 2],
    ['the server is gone', ['complete', 'complete'], [GONE], 2],
    ['the token may post nothing', ['complete', 'complete'], [FORBIDDEN, FORBIDDEN], 2],
  ])('when %s', async (_title, coverages, deliveries, expected) => {
    expect(exitCodeOf(await runOf(cloudOf(...coverages), deliveries))).toBe(expected);
  });

  it('reads nothing more once the server is gone', async () => {
    const report = await runOf(cloudOf('complete', 'complete', 'complete'), [ACCEPTED, GONE]);
    expect(report.outcomes).toHaveLength(2);
    expect(report.skipped.map((scope) => scope.region)).toEqual(['region-2']);
    expect(exitCodeOf(report)).toBe(1);
  });

  it('finishes the scope that was begun when it is told to stop, and begins no other', async () => {
    const stop = new AbortController();
    const delivery = to(async () => (stop.abort(), ACCEPTED));
    const report = await runOf(cloudOf('complete', 'complete'), [], { delivery }, stop.signal);
    expect(report).toMatchObject({
      stopped: true,
      outcomes: [{ delivery: ACCEPTED }],
      skipped: [{ region: 'region-1' }],
    });
    expect(exitCodeOf(report)).toBe(1);
  });

  it('reads as many scopes at a time as it may, and reports them in order', async () => {
    let reading = 0;
    let most = 0;
    const release: (() => void)[] = [];
    const deliver: Deliver = async () => {
      most = Math.max(most, ++reading);
      // The second one to come lets the first go on, so they end in another order than they began.
      if (reading < 2) await new Promise<void>((resolve) => release.push(resolve));
      else release.shift()?.();
      reading--;
      return ACCEPTED;
    };
    const report = await runOf(cloudOf('complete', 'complete', 'complete', 'complete'), [], {
      delivery: to(deliver),
      concurrency: 2,
    });
    expect(most).toBe(2);
    expect(report.outcomes.map(({ scope }) => scope.region)).toEqual([
      'region-0',
      'region-1',
      'region-2',
      'region-3',
    ]);
  });

  it.each([
    [
      'finding the clouds',
      { clouds: () => Promise.reject(new Error('there is no folder x')) },
      'there is no folder x',
    ],
    [
      'telling the accounts',
      {
        clouds: async () => [
          { ...cloudOf(), accounts: () => Promise.reject(new Error('bad credentials')) },
        ],
      },
      'aws: bad credentials',
    ],
  ])('nothing worked when %s fails', async (_title, changes, failure) => {
    const report = await runOf(cloudOf(), [], changes);
    expect(report.failures).toEqual([failure]);
    expect(exitCodeOf(report)).toBe(2);
  });

  it('goes on with the other clouds when one cannot tell its accounts', async () => {
    const broken: CloudNetworks = {
      ...cloudOf(),
      provider: 'gcp',
      accounts: () => Promise.reject(new Error('bad credentials')),
    };
    const report = await runOf(cloudOf(), [], {
      clouds: async () => [broken, cloudOf('complete')],
    });
    expect(report.outcomes).toHaveLength(1);
    expect(exitCodeOf(report)).toBe(1);
  });

  it('asks an account for its scopes only when somebody gets to it, and forgets what was delivered', async () => {
    const cloud = cloudWith(50);
    const asked: number[] = [];
    const report = await runOf(cloud, [], {
      concurrency: 3,
      onScope: () => asked.push(cloud.asked.length),
    });
    expect(report.outcomes).toHaveLength(100);
    expect(asked[0]).toBeLessThanOrEqual(3);
    expect(cloud.most).toBeLessThanOrEqual(4);
    expect(report.outcomes.map(({ scope }) => scope.account)).toEqual(
      Array.from({ length: 100 }, (_, n) => `account-${Math.floor(n / 2)}`),
    );
  });

  it('numbers the snapshots of a run from 1, and gives each the name of its account', async () => {
    const sent: [number, string | undefined][] = [];
    const delivery = to(async ({ sequence, payload }) => {
      // Our own body; the double of the server trusts its shape as well.
      const { scopes } = JSON.parse(gunzipSync(payload).toString()) as Schemas['Snapshot'];
      sent.push([sequence, scopes[0]?.account_name]);
      return ACCEPTED;
    });
    await runOf(cloudWith(2), [], { delivery });
    expect(sent).toEqual([
      [1, 'Account 0'],
      [2, 'Account 0'],
      [3, 'Account 1'],
      [4, 'Account 1'],
    ]);
  });

  it('tells how far it has come in scopes that are known and in accounts', async () => {
    const lines: string[] = [];
    await runOf(cloudWith(2), [], {
      onScope: (outcome, progress) =>
        lines.push(progressLine(outcome, progress).split(':')[0] ?? ''),
    });
    expect(lines).toEqual([
      '[1/2 scopes, 0/2 accounts] aws account-0 region-0',
      '[2/2 scopes, 1/2 accounts] aws account-0 region-1',
      '[3/4 scopes, 1/2 accounts] aws account-1 region-0',
      '[4/4 scopes, 2/2 accounts] aws account-1 region-1',
    ]);
  });

  it('tells the accounts that were not begun when it is stopped', async () => {
    const stop = new AbortController();
    const report = await runOf(cloudWith(3), [], { onScope: () => stop.abort() }, stop.signal);
    expect(report).toMatchObject({
      skipped: [{ account: 'account-0', region: 'region-1' }],
      skippedAccounts: [{ provider: 'aws', account: 'account-1' }, { account: 'account-2' }],
    });
    expect(reportText(report)).toContain('2 accounts were not begun');
    expect(exitCodeOf(report)).toBe(1);
  });

  it('reads no scope that was waited for when it was stopped', async () => {
    const stop = new AbortController();
    const cloud = cloudWith(1);
    const report = await runOf(
      { ...cloud, scopes: async (account) => (stop.abort(), cloud.scopes(account)) },
      [],
      {},
      stop.signal,
    );
    expect(report).toMatchObject({
      outcomes: [],
      skipped: [{ region: 'region-0' }, { region: 'region-1' }],
    });
  });

  it('an account that does not give its scopes is a failure of that account only', async () => {
    const cloud = cloudWith(3);
    const scopes = async (account: string): Promise<readonly CloudScope[]> =>
      account === 'account-1' ? Promise.reject(new Error('too slow')) : cloud.scopes(account);
    const report = await runOf({ ...cloud, scopes }, [], { concurrency: 2 });
    expect(report.failures).toEqual(['aws account-1: too slow']);
    expect(report.outcomes).toHaveLength(4);
    expect(exitCodeOf(report)).toBe(1);
  });

  it('a scope that is not read in time is delivered as failed', async () => {
    const sent: unknown[] = [];
    const delivery = to(
      async ({ payload }) => (sent.push(JSON.parse(gunzipSync(payload).toString())), ACCEPTED),
    );
    const read = (_scope: CloudScope, signal?: AbortSignal): Promise<ScopeSnapshot> =>
      Promise.reject(signal?.reason);
    const report = await runOf({ ...cloudOf('complete'), read }, [], {
      delivery,
      timeLimit: () => AbortSignal.abort(),
    });
    expect(report.outcomes).toMatchObject([
      { coverage: 'failed', error: { code: 'scope_timeout' } },
    ]);
    expect(sent).toMatchObject([
      {
        scopes: [
          {
            coverage: 'failed',
            collected_at: new Date(7).toISOString(),
            error: { code: 'scope_timeout' },
          },
        ],
      },
    ]);
  });

  it('ends with 1 while something waits in the spool, and with 0 when it was delivered after all', async () => {
    const SPOOLED: Delivery = { kind: 'spooled', code: 'ECONNREFUSED', detail: 'gone' };
    const waiting = await runOf(cloudOf('complete'), [], {
      delivery: to(async () => SPOOLED, {
        finish: async () => ({ waiting: 1, settled: new Map() }),
      }),
    });
    expect(exitCodeOf(waiting)).toBe(1);
    expect(reportText(waiting)).toContain(
      'spooled: ECONNREFUSED: gone\n1 snapshots wait in the spool',
    );
    const settled = await runOf(cloudOf('complete'), [], {
      delivery: to(async () => SPOOLED, {
        finish: async () => ({ waiting: 0, settled: new Map([[1, ACCEPTED]]) }),
      }),
    });
    expect(exitCodeOf(settled)).toBe(0);
    expect(reportObject(settled)).toMatchObject({
      spooled: 0,
      scopes: [{ delivery: 'accepted', imported: 2 }],
    });
  });

  it('ends with 0 when everything was written into files', async () => {
    const report = await runOf(cloudOf('complete'), [{ kind: 'written', file: 'a.cloudpam' }]);
    expect(exitCodeOf(report)).toBe(0);
    expect(reportText(report)).toContain('1 snapshot files were written');
  });

  it('reads nothing when what it sees could not be kept', async () => {
    const report = await runOf(cloudOf('complete'), [], {
      delivery: to(async () => ACCEPTED, {
        catchUp: () => Promise.reject(new Error('EACCES: no')),
      }),
    });
    expect(report).toMatchObject({ failures: ['EACCES: no'], outcomes: [] });
    expect(exitCodeOf(report)).toBe(2);
  });

  it('tells the whole of an error that the table has no room for, of the server and of the cloud', async () => {
    const detail = `it says ${'a lot '.repeat(40)}and at its end what to do`;
    const text = reportText(
      await runOf(cloudOf('partial', 'complete'), [
        { kind: 'refused', code: 'account_not_found', detail },
        ACCEPTED,
      ]),
    );
    const lines = text.split('\n');
    expect(lines[1]).toMatch(/ refused: account_not_found: it says a lot .*\.\.\.$/);
    expect(lines.slice(3)).toEqual([
      '',
      expect.stringMatching(
        /^111122223333 region-0: refused: account_not_found: it says .* and at its end what to do; AccessDenied: no/,
      ),
    ]);
  });

  it('is summed up in a table that steers no terminal', async () => {
    const text = reportText(
      await runOf(cloudOf('complete', 'partial', 'complete'), [ACCEPTED, ACCEPTED, REFUSED], {
        dryRun: true,
      }),
    );
    expect(text.split('\n')).toEqual([
      'account       region    coverage  vpcs  subnets  imported  updated  orphaned  unchanged  conflicts  error',
      '111122223333  region-0  complete     1        1         2        0         0          0          0',
      '111122223333  region-1  partial      1        1         2        0         0          ' +
        '0          0  AccessDenied: no [2J',
      '111122223333  region-2  complete     1        1         -        -         -          ' +
        '-          -  refused: stale_snapshot: late',
      'dry run: nothing was changed',
    ]);
  });
});
