import { gunzipSync } from 'node:zlib';
import type { Schemas } from '@cloudpam/api-client';
import { parseCidr } from '@cloudpam/cidr';
import type { ScopeSnapshot } from '@cloudpam/reconciliation';
import type { Delivery } from './delivery';
import { packSnapshot } from './packed-snapshot';
import { postSnapshot } from './post-snapshot';
import {
  GOOD_TOKEN,
  problem,
  startDiscoveryDouble,
  type DiscoveryDouble,
  type Replier,
} from '../testing/discovery-double';

const SNAPSHOT: ScopeSnapshot = {
  provider: 'aws',
  account: '111122223333',
  region: 'eu-west-1',
  coverage: 'partial',
  error: { code: 'UnauthorizedOperation', message: 'no' },
  collectedAt: new Date('2026-01-02T03:04:05Z'),
  networks: [
    {
      externalId: 'vpc-1',
      ownerAccount: '111122223333',
      region: 'eu-west-1',
      name: 'prod',
      isDefault: false,
    },
  ],
  resources: [
    {
      kind: 'subnet',
      externalId: 'subnet-1',
      networkExternalId: 'vpc-1',
      ownerAccount: '444455556666',
      region: 'eu-west-1',
      zoneId: 'euw1-az1',
      name: 'a',
      cidr: parseCidr('2001:DB8::/64'),
      tags: { env: 'prod' },
      freeHosts: 17,
    },
  ],
};

describe('postSnapshot', () => {
  let double: DiscoveryDouble;
  let waits: number[];
  const never = new AbortController().signal;

  async function deliver(
    reply?: Replier,
    changes: { token?: string; dryRun?: boolean; server?: string } = {},
    stop = never,
  ): Promise<Delivery> {
    double = await startDiscoveryDouble(reply);
    waits = [];
    const wait = async (ms: number): Promise<void> => void waits.push(ms);
    const { payload } = await packSnapshot({ runId: 'run-1', startedAt: new Date(0) }, 7, SNAPSHOT);
    const target = { server: double.url, token: GOOD_TOKEN, dryRun: false, ...changes };
    return postSnapshot(
      { runId: 'run-1', sequence: 7, payload },
      target,
      { attempts: 4, random: () => 1, wait },
      stop,
    );
  }
  afterEach(() => double.close());

  it('posts the scope as the API takes it, gzipped, with a token and a key', async () => {
    expect(await deliver()).toEqual({
      kind: 'accepted',
      counts: { imported: 1, updated: 0, orphaned: 0, unchanged: 0, conflicts: 0 },
    });
    expect(double.posts).toHaveLength(1);
    const [posted] = double.posts;
    expect(posted).toMatchObject({
      url: '/api/v1/discovery',
      runId: 'run-1',
      headers: {
        'content-encoding': 'gzip',
        'content-type': 'application/json',
        'idempotency-key': 'run-1:7',
      },
    });
    expect(posted?.scope).toEqual({
      provider: 'aws',
      account: '111122223333',
      region: 'eu-west-1',
      coverage: 'partial',
      error: { code: 'UnauthorizedOperation', message: 'no' },
      collected_at: '2026-01-02T03:04:05.000Z',
      networks: [
        {
          external_id: 'vpc-1',
          owner_account: '111122223333',
          region: 'eu-west-1',
          name: 'prod',
          is_default: false,
        },
      ],
      resources: [
        {
          kind: 'subnet',
          external_id: 'subnet-1',
          network_external_id: 'vpc-1',
          owner_account: '444455556666',
          region: 'eu-west-1',
          zone_id: 'euw1-az1',
          outpost: null,
          free_hosts: 17,
          name: 'a',
          cidr: '2001:db8::/64',
          tags: { env: 'prod' },
        },
      ],
    });
  });

  it('asks for a dry run', async () => {
    await deliver(undefined, { dryRun: true });
    expect(double.posts[0]?.url).toBe('/api/v1/discovery?dry_run=true');
  });

  it('waits longer after each try, and repeats the key', async () => {
    expect(
      await deliver((_posted, number) =>
        number < 4 ? problem(503, 'starting', 'not yet') : undefined,
      ),
    ).toMatchObject({ kind: 'accepted' });
    expect(waits).toEqual([500, 1_000, 2_000]);
    expect(new Set(double.posts.map((posted) => posted.headers['idempotency-key'])).size).toBe(1);
  });

  it('waits as long as Retry-After says, but a minute at most', async () => {
    await deliver((_posted, number) =>
      number < 3
        ? problem(429, 'too_many_requests', 'slow down', {
            'retry-after': number === 1 ? '7' : '3600',
          })
        : undefined,
    );
    expect(waits).toEqual([7_000, 60_000]);
  });

  it('takes a name and an error that are too long for the server, cut', async () => {
    const { payload } = await packSnapshot({ runId: 'run-1', startedAt: new Date(0) }, 1, {
      ...SNAPSHOT,
      accountName: 'n'.repeat(300),
      error: { code: 'c'.repeat(600), message: 'm'.repeat(6_000) },
    });
    const { scopes } = JSON.parse(gunzipSync(payload).toString()) as Schemas['Snapshot'];
    const [scope] = scopes;
    expect(
      [scope?.account_name, scope?.error?.code, scope?.error?.message].map((text) => text?.length),
    ).toEqual([200, 500, 5_000]);
  });

  it('tries again after a lost connection', async () => {
    expect(await deliver((_posted, number) => (number === 1 ? 'cut' : undefined))).toMatchObject({
      kind: 'accepted',
    });
  });

  it.each([
    [
      'a server that never recovers',
      problem(503, 'starting', 'not yet'),
      { code: 'starting', detail: 'not yet', fatal: true, later: true },
    ],
    [
      'an error of the server',
      problem(500, 'internal', 'oops'),
      { code: 'internal', detail: 'oops', fatal: false, later: true },
    ],
    [
      'a gateway without a problem body',
      { status: 502, body: '<html>' },
      {
        code: 'http_502',
        detail: expect.stringContaining(
          'answered with status 502 by something that is not CloudPAM: a proxy',
        ),
        fatal: true,
        later: true,
      },
    ],
  ])('gives up on %s after the last try', async (_title, reply, expected) => {
    expect(await deliver(() => reply)).toEqual({ kind: 'undelivered', ...expected });
    expect(double.posts).toHaveLength(4);
  });

  it('does not try again once it is told to stop', async () => {
    expect(
      await deliver(() => problem(503, 'starting', 'not yet'), {}, AbortSignal.abort()),
    ).toMatchObject({ kind: 'undelivered' });
    expect(double.posts).toHaveLength(1);
  });

  it.each([
    [
      'a stale snapshot',
      problem(409, 'stale_snapshot', 'a later one was applied'),
      { kind: 'refused', code: 'stale_snapshot', detail: 'a later one was applied' },
    ],
    [
      'a token that is not known',
      problem(401, 'unauthenticated', 'no'),
      { kind: 'undelivered', code: 'unauthenticated', detail: 'no', fatal: true, later: true },
    ],
    [
      'an account that the token may not post',
      problem(403, 'forbidden', 'no'),
      { kind: 'undelivered', code: 'forbidden', detail: 'no', fatal: false, later: false },
    ],
    [
      'a redirect',
      { status: 301, headers: { location: 'https://elsewhere/' }, body: '' },
      {
        kind: 'undelivered',
        code: 'http_301',
        detail: expect.stringContaining(
          'something that is not CloudPAM: it sends to https://elsewhere/',
        ),
        fatal: true,
        later: true,
      },
    ],
    [
      "a no that is not the server's",
      { status: 404, headers: { server: 'nginx' }, body: '<html>' },
      {
        kind: 'undelivered',
        code: 'http_404',
        detail: expect.stringContaining(
          'answered with status 404 by something that is not CloudPAM (nginx)',
        ),
        fatal: true,
        later: true,
      },
    ],
    [
      'a proxy that finds it too large',
      { status: 413, body: '<html>' },
      {
        kind: 'refused',
        code: 'http_413',
        detail: expect.stringContaining(
          'answered with status 413 by something that is not CloudPAM',
        ),
      },
    ],
    [
      'a web page',
      { status: 200, body: '<html>' },
      {
        kind: 'undelivered',
        code: 'not_cloudpam',
        detail: 'what answers at this address is not a CloudPAM server',
        fatal: true,
        later: true,
      },
    ],
    [
      'a scope named in errors',
      {
        status: 200,
        body: {
          imported: 0,
          updated: 0,
          orphaned: 0,
          unchanged: 0,
          conflicts: 0,
          errors: [{ account: 'x', region: 'y', code: 'stale_snapshot', detail: 'late' }],
          scopes: [],
        },
      },
      { kind: 'refused', code: 'stale_snapshot', detail: 'late' },
    ],
  ])('takes %s for final', async (_title, reply, expected) => {
    expect(await deliver(() => reply)).toEqual(expected);
    const isTold =
      'kind' in expected && expected.kind === 'refused' && expected.code !== 'stale_snapshot';
    expect(double.posts).toHaveLength(isTold ? 2 : 1);
  });

  it('leaves out what an older server does not know, and only that', async () => {
    const delivery = await deliver(({ scope }) =>
      scope.resources.some((each) => each.free_hosts !== undefined)
        ? problem(400, 'unknown_field', 'scopes.0.resources.0.free_hosts: is not a field')
        : undefined,
    );
    expect(delivery.kind).toBe('accepted');
    const [first, second] = double.posts;
    expect(double.posts).toHaveLength(2);
    expect(first?.scope.resources[0]).toMatchObject({ free_hosts: 17 });
    const { free_hosts: _, ...known } = first?.scope.resources[0] ?? {};
    expect(second?.scope).toEqual({ ...first?.scope, resources: [known] });
    expect(second?.headers['idempotency-key']).toBe('run-1:7:plain');
  });

  it('tells the server of a scope that it refused, as a failed listing with the reason', async () => {
    const replies = [
      problem(400, 'invalid_field', 'scopes.0.resources.0.kind: must be one of vpc, subnet'),
    ];
    expect(await deliver(() => replies.shift())).toMatchObject({
      kind: 'refused',
      code: 'invalid_field',
    });
    expect(double.posts).toHaveLength(2);
    expect(double.posts[1]).toMatchObject({
      runId: 'run-1',
      headers: { 'idempotency-key': 'run-1:7:refused' },
    });
    expect(double.posts[1]?.scope).toEqual({
      provider: 'aws',
      account: '111122223333',
      region: 'eu-west-1',
      coverage: 'failed',
      collected_at: '2026-01-02T03:04:05.000Z',
      networks: [],
      resources: [],
      error: {
        code: 'report_refused',
        message:
          'the server refused what was listed: invalid_field: scopes.0.resources.0.kind: must be one of vpc, subnet',
      },
    });
  });

  it.each([
    ['of a dry run', 400, 'invalid_field', true],
    ['that is older than what the server has', 409, 'stale_snapshot', false],
    ['of an account that there is not', 404, 'account_not_found', false],
  ] as const)('tells nothing of a listing %s', async (_, status, code, dryRun) => {
    expect(await deliver(() => problem(status, code, 'no'), { dryRun })).toMatchObject({
      kind: 'refused',
      code,
    });
    expect(double.posts).toHaveLength(1);
  });

  it('says when nothing listens', async () => {
    const closed = await startDiscoveryDouble();
    await closed.close();
    expect(await deliver(undefined, { server: closed.url })).toEqual({
      kind: 'undelivered',
      code: 'ECONNREFUSED',
      detail: `${closed.url} cannot be reached: ECONNREFUSED (connect ECONNREFUSED ${new URL(closed.url).host})`,
      fatal: true,
      later: true,
    });
  });
});
