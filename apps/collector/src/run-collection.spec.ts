import { parseCidr } from '@cloudpam/cidr';
import type { CloudNetworks, CloudScope, Coverage, ScopeSnapshot } from '@cloudpam/reconciliation';
import type { Delivery } from './deliver-scope';
import { RunCollection, type RunOptions } from './run-collection';
import { exitCodeOf, type RunReport } from './run-report';
import { reportText } from './run-text';

const ACCEPTED: Delivery = { kind: 'accepted', counts: { imported: 2, updated: 0, orphaned: 0, unchanged: 0, conflicts: 0 } };
const REFUSED: Delivery = { kind: 'refused', code: 'stale_snapshot', detail: 'late' };
const GONE: Delivery = { kind: 'undelivered', code: 'ECONNREFUSED', detail: 'gone', hopeless: true };
const FORBIDDEN: Delivery = { kind: 'undelivered', code: 'forbidden', detail: 'not yours', hopeless: false };

/** A cloud with a region for each coverage: one network, one dual-stack subnet unless it failed. */
function cloudOf(...coverages: readonly Coverage[]): CloudNetworks {
  const scopes = coverages.map((_, n): CloudScope => ({ provider: 'aws', account: '111122223333', region: `region-${n}` }));
  const read = async (scope: CloudScope): Promise<ScopeSnapshot> => {
    const coverage = coverages[scopes.indexOf(scope)] ?? 'failed';
    const of = { ownerAccount: scope.account, region: scope.region };
    const subnet = { kind: 'subnet', externalId: 'subnet-1', networkExternalId: 'vpc-1', zoneId: null, name: 'a', tags: {}, ...of } as const;
    const seen = coverage === 'failed' ? { networks: [], resources: [] } : {
      networks: [{ externalId: 'vpc-1', name: 'prod', isDefault: false, ...of }],
      resources: ['10.0.0.0/24', '2001:db8::/64'].map((cidr) => ({ ...subnet, cidr: parseCidr(cidr) })),
    };
    return { ...scope, coverage, ...(coverage !== 'complete' && { error: { code: 'AccessDenied', message: 'no\u001b[2J' } }), collectedAt: new Date(0), ...seen };
  };
  return { provider: 'aws', accounts: async () => [{ id: '111122223333' }], scopes: async () => scopes, read };
}

function runOf(cloud: CloudNetworks, deliveries: readonly Delivery[], changes: Partial<RunOptions> = {}, stop = new AbortController().signal): Promise<RunReport> {
  const deliver = async ({ region }: ScopeSnapshot): Promise<Delivery> => deliveries[Number(region.slice('region-'.length))] ?? ACCEPTED;
  return new RunCollection({ runId: 'run-1', dryRun: false, concurrency: 1, clouds: async () => [cloud], deliver, onScope: () => undefined, ...changes }).run(stop);
}

describe('RunCollection', () => {
  it('counts networks and distinct subnets of each scope', async () => {
    const report = await runOf(cloudOf('complete'), []);
    expect(report.outcomes).toMatchObject([{ coverage: 'complete', vpcs: 1, subnets: 1, delivery: ACCEPTED }]);
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
    const deliver = async (): Promise<Delivery> => (stop.abort(), ACCEPTED);
    const report = await runOf(cloudOf('complete', 'complete'), [], { deliver }, stop.signal);
    expect(report).toMatchObject({ stopped: true, outcomes: [{ delivery: ACCEPTED }], skipped: [{ region: 'region-1' }] });
    expect(exitCodeOf(report)).toBe(1);
  });

  it('reads as many scopes at a time as it may, and reports them in order', async () => {
    let reading = 0;
    let most = 0;
    const release: (() => void)[] = [];
    const deliver = async (): Promise<Delivery> => {
      most = Math.max(most, ++reading);
      // The second one to come lets the first go on, so they end in another order than they began.
      if (reading < 2) await new Promise<void>((resolve) => release.push(resolve));
      else release.shift()?.();
      reading--;
      return ACCEPTED;
    };
    const report = await runOf(cloudOf('complete', 'complete', 'complete', 'complete'), [], { deliver, concurrency: 2 });
    expect(most).toBe(2);
    expect(report.outcomes.map(({ scope }) => scope.region)).toEqual(['region-0', 'region-1', 'region-2', 'region-3']);
  });

  it.each([
    ['finding the clouds', { clouds: () => Promise.reject(new Error('there is no folder x')) }, 'there is no folder x'],
    ['telling the accounts', { clouds: async () => [{ ...cloudOf(), accounts: () => Promise.reject(new Error('bad credentials')) }] }, 'aws: bad credentials'],
  ])('nothing worked when %s fails', async (_title, changes, failure) => {
    const report = await runOf(cloudOf(), [], changes);
    expect(report.failures).toEqual([failure]);
    expect(exitCodeOf(report)).toBe(2);
  });

  it('goes on with the other clouds when one cannot tell its accounts', async () => {
    const broken: CloudNetworks = { ...cloudOf(), provider: 'gcp', accounts: () => Promise.reject(new Error('bad credentials')) };
    const report = await runOf(cloudOf(), [], { clouds: async () => [broken, cloudOf('complete')] });
    expect(report.outcomes).toHaveLength(1);
    expect(exitCodeOf(report)).toBe(1);
  });

  it('is summed up in a table that steers no terminal', async () => {
    const text = reportText(await runOf(cloudOf('complete', 'partial', 'complete'), [ACCEPTED, ACCEPTED, REFUSED], { dryRun: true }));
    expect(text.split('\n')).toEqual([
      'account       region    coverage  vpcs  subnets  imported  updated  orphaned  unchanged  conflicts  error',
      '111122223333  region-0  complete     1        1         2        0         0          0          0',
      '111122223333  region-1  partial      1        1         2        0         0          0          0  AccessDenied: no [2J',
      '111122223333  region-2  complete     1        1         -        -         -          -          -  refused: stale_snapshot: late',
      'dry run: nothing was written',
    ]);
  });
});
