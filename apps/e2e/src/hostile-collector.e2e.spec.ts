import { gzipSync } from 'node:zlib';
import { Api, type Answer, type List, type Problem } from './api';
import { entriesAsked } from './entries-asked';
import { startServer, type Server } from './start-server';
import { STORAGES, type Database } from './storages';

const OWN = '111111111111';
const RUN = '6a2b1c7e-3f0d-4b8a-9c55-1d2e3f405162';
const GZIP = { 'content-type': 'application/json', 'content-encoding': 'gzip' };

const resource = (fields: object = {}): object => ({
  kind: 'subnet',
  external_id: 'subnet-1',
  network_external_id: 'vpc-1',
  owner_account: OWN,
  region: 'eu-west-1',
  name: 'a',
  cidr: '10.0.0.0/24',
  ...fields,
});
const scope = (fields: object = {}): object => ({
  provider: 'aws',
  account: OWN,
  region: 'eu-west-1',
  coverage: 'complete',
  collected_at: '2026-01-01T00:00:00Z',
  networks: [],
  resources: [],
  ...fields,
});
const snapshot = (...scopes: object[]): object => ({
  run_id: RUN,
  collector: { name: 'hostile', version: '1' },
  scopes,
});
const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(gzipSync(text));

/**
 * Gzip takes members one after the other, so that nobody has to hold the gigabytes that this stands
 * for.
 */
function tenMillionResources(): Uint8Array<ArrayBuffer> {
  const [head = '', tail = ''] = JSON.stringify(snapshot(scope({ resources: ['@'] }))).split('"@"');
  const many = gzipSync(`${JSON.stringify(resource())},`.repeat(10_000));
  return new Uint8Array(
    Buffer.concat([
      gzipSync(head),
      ...Array.from({ length: 1_000 }, () => many),
      gzipSync(`${JSON.stringify(resource())}${tail}`),
    ]),
  );
}

interface Case {
  readonly title: string;
  readonly send: (api: Api) => Promise<Answer<Problem>>;
  readonly status: number;
  readonly code: string;
}

const post =
  (...scopes: object[]) =>
  (api: Api): Promise<Answer<Problem>> =>
    api.post('/discovery', snapshot(...scopes));

const CASES: readonly Case[] = [
  {
    title: 'an account outside of its scope',
    send: post(scope({ account: '222222222222' })),
    status: 403,
    code: 'forbidden',
  },
  {
    title: 'its account under another provider',
    send: post(scope({ provider: 'gcp' })),
    status: 403,
    code: 'forbidden',
  },
  {
    title: 'coverage of its own account and of one that it does not own',
    send: post(scope(), scope({ account: '222222222222' })),
    status: 403,
    code: 'forbidden',
  },
  {
    title: 'a snapshot from the future',
    send: post(scope({ collected_at: '2999-01-01T00:00:00Z' })),
    status: 400,
    code: 'invalid_snapshot',
  },
  {
    title: 'an id with control characters',
    send: post(scope({ resources: [resource({ external_id: 'subnet\u0000\u001b[2J' })] })),
    status: 400,
    code: 'invalid_field',
  },
  {
    title: 'a region with a line break',
    send: post(scope({ region: 'eu-west-1\nX-Admin: yes' })),
    status: 400,
    code: 'invalid_field',
  },
  {
    title: 'an account with control characters',
    send: post(scope({ account: `${OWN}\u0007` })),
    status: 400,
    code: 'invalid_field',
  },
  {
    title: 'a CIDR with host bits set',
    send: post(scope({ resources: [resource({ cidr: '10.0.0.1/24' })] })),
    status: 400,
    code: 'invalid_snapshot',
  },
  {
    title: 'an address that would take a whole VRF',
    send: post(
      scope({
        interfaces: { coverage: 'complete', error: null },
        addresses: [
          { kind: 'static', external_id: 'all', region: 'eu-west-1', name: '', cidr: '0.0.0.0/0' },
        ],
      }),
    ),
    status: 400,
    code: 'invalid_snapshot',
  },
  {
    title: 'an unknown field',
    send: post(scope({ resources: [resource({ pool_id: 1 })] })),
    status: 400,
    code: 'unknown_field',
  },
  {
    title: 'more resources than a scope can have',
    send: post(scope({ resources: Array.from({ length: 50_001 }, () => resource()) })),
    status: 400,
    code: 'invalid_field',
  },
  {
    title: '10 million resources, gzipped to a thousandth',
    status: 413,
    code: 'body_too_complex',
    send: (api) => api.send('POST', '/discovery', tenMillionResources(), GZIP),
  },
  {
    title: 'a gzip bomb of half a gigabyte',
    send: (api) => api.send('POST', '/discovery', bytes(' '.repeat(500_000_000)), GZIP),
    status: 413,
    code: 'body_too_large',
  },
  {
    title: 'what is not gzip though it says so',
    send: (api) =>
      api.send(
        'POST',
        '/discovery',
        new TextEncoder().encode(JSON.stringify(snapshot(scope()))),
        GZIP,
      ),
    status: 400,
    code: 'bad_request',
  },
  {
    title: 'half of a gzipped snapshot',
    send: (api) =>
      api.send('POST', '/discovery', bytes(JSON.stringify(snapshot(scope()))).slice(0, 60), GZIP),
    status: 400,
    code: 'bad_request',
  },
  {
    title: 'a schedule for an account outside of its scope',
    send: (api) =>
      api.post('/collectors/jobs:schedule', {
        instance: RUN,
        accounts: ['aws:222222222222'],
        older_than_seconds: 0,
      }),
    status: 403,
    code: 'forbidden',
  },
  {
    title: 'a claim without a heartbeat',
    send: (api) => api.post('/collectors/jobs:claim', { instance: RUN }),
    status: 409,
    code: 'agent_not_found',
  },
  {
    title: 'an account key that is none',
    send: (api) =>
      api.post('/collectors/heartbeat', {
        instance: RUN,
        name: 'x',
        version: '1',
        providers: [],
        accounts: ['mars:1'],
        interval_seconds: null,
      }),
    status: 400,
    code: 'invalid_field',
  },
  {
    title: 'a decision about a finding',
    send: (api) => api.post('/discovery/decisions', { decision: 'import', resource_ids: [1] }),
    status: 403,
    code: 'forbidden',
  },
  { title: 'the list of pools', send: (api) => api.get('/pools'), status: 403, code: 'forbidden' },
];

describe.each(STORAGES)('a hostile collector against $name', ({ open }) => {
  let database: Database;
  let server: Server;
  let collector: Api;
  const state = async (): Promise<unknown> => {
    const { api } = server;
    const counts = await Promise.all(
      [
        '/pools',
        '/discovery/resources',
        '/discovery/networks',
        '/discovery/jobs',
        '/accounts',
        '/collectors',
      ].map((list) =>
        api
          .expect(200, api.get<List<unknown>>(`${list}?page_size=1`))
          .then(({ total }) => `${list} ${total}`),
      ),
    );
    return [...counts, await entriesAsked(api)];
  };

  beforeAll(async () => {
    database = await open();
    server = await startServer(database.url);
    const { secret } = await server.api.expect(
      201,
      server.api.post<{ secret: string }>('/tokens', {
        name: 'hostile',
        role: 'collector',
        accounts: [`aws:${OWN}`],
      }),
    );
    collector = new Api(server.url, secret);
  });
  afterAll(async () => {
    await server.stop();
    await database.remove();
  });

  it.each(CASES)(
    'is refused $title, with a problem, and nothing is written',
    async ({ send, status, code }) => {
      const before = await state();
      const answer = await send(collector);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(await state()).toEqual(before);
    },
  );

  it('is answered the same when it sends a snapshot again, and refused another one with its key', async () => {
    const key = { 'idempotency-key': 'run-1:1' };
    const [first, again] = [
      scope({
        region: 'eu-north-1',
        resources: [resource({ region: 'eu-north-1', cidr: '10.8.0.0/24' })],
      }),
      scope({ region: 'eu-north-1' }),
    ];
    const answer = await collector.expect(200, collector.post('/discovery', snapshot(first), key));
    expect(answer).toMatchObject({ imported: 1 });
    const before = await state();
    expect(await collector.expect(200, collector.post('/discovery', snapshot(first), key))).toEqual(
      answer,
    );
    expect((await collector.post<Problem>('/discovery', snapshot(again), key)).body.code).toBe(
      'idempotency_key_reused',
    );
    expect(await state()).toEqual(before);
  });

  it('can neither orphan nor change what belongs to another account', async () => {
    const { api } = server;
    const [victim, foreign] = [
      '333333333333',
      { owner_account: '333333333333', external_id: 'subnet-v', network_external_id: 'vpc-v' },
    ];
    const theirs = scope({
      account: victim,
      collected_at: '2026-01-02T00:00:00Z',
      resources: [resource({ ...foreign, cidr: '10.7.0.0/24', name: 'theirs' })],
    });
    await api.expect(200, api.post('/discovery', snapshot(theirs)));
    // That it was seen once more is true, and all that changes.
    const pools = async (): Promise<unknown> =>
      (await api.expect(200, api.get<List<{ last_sync_at: string }>>('/pools?q=theirs'))).items.map(
        (pool) => ({ ...pool, last_sync_at: null }),
      );
    const before = await pools();
    const lies = scope({
      collected_at: '2026-01-03T00:00:00Z',
      resources: [resource({ ...foreign, cidr: '10.7.0.0/24', name: 'mine now' })],
    });
    const refused = await collector.post<Problem>('/discovery', snapshot(lies));
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
    // Who may report what is shared may tell that it is there, and no more.
    const { secret } = await api.expect(
      201,
      api.post<{ secret: string }>('/tokens', {
        name: 'sharing',
        role: 'collector',
        accounts: [`aws:${OWN}`],
        shared_resources: true,
      }),
    );
    const sharing = new Api(server.url, secret);
    await api.expect(200, sharing.post('/discovery', snapshot(lies)));
    await api.expect(
      200,
      sharing.post('/discovery', snapshot(scope({ collected_at: '2026-01-04T00:00:00Z' }))),
    );
    expect(before).toHaveLength(1);
    expect(await pools()).toEqual(before);
  });
});
