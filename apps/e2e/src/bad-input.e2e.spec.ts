import { Api, type Answer, type List, type Pool, type Problem } from './api';
import { entriesAsked } from './entries-asked';
import { startServer, type Server } from './start-server';
import { STORAGES, type Database } from './storages';

const JSON_TYPE = { 'content-type': 'application/json' };
const KEY = { 'idempotency-key': 'used-before' };

/** What the cases find: one VRF with 10.0.0.0/16, in it 10.0.0.0/24 that has changed once. */
interface Planted {
  readonly api: Api;
  readonly url: string;
  readonly vrf: number;
  readonly top: Pool;
  readonly child: Pool;
}
interface Case {
  readonly title: string;
  readonly send: (at: Planted) => Promise<Answer<Problem>>;
  readonly status: number;
  readonly code: string;
  /** What the problem must say besides. */
  readonly says?: (problem: Problem, at: Planted) => void;
}

const create =
  (fields: object) =>
  ({ api, vrf }: Planted): Promise<Answer<Problem>> =>
    api.post('/pools', { name: 'bad', vrf_id: vrf, ...fields });
const raw =
  (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = JSON_TYPE) =>
  ({ api }: Planted): Promise<Answer<Problem>> =>
    api.send('POST', '/pools', body, headers);
const names =
  (field: string) =>
  ({ errors }: Problem): void => {
    expect(errors?.map((each) => each.field)).toContain(field);
  };

const CASES: readonly Case[] = [
  {
    title: 'a CIDR with host bits set',
    send: create({ cidr: '10.9.1.0/16' }),
    status: 400,
    code: 'not_canonical',
    says: ({ detail }) => expect(detail).toContain('10.9.0.0/16'),
  },
  {
    title: 'a /33',
    send: create({ cidr: '10.9.0.0/33' }),
    status: 400,
    code: 'invalid_prefix_length',
  },
  {
    title: 'an allocation of a /33',
    send: ({ api, top }) =>
      api.post(`/pools/${top.id}/allocations`, { name: 'bad', prefix_length: 33 }),
    status: 400,
    code: 'invalid_prefix_length',
  },
  {
    title: 'an allocation wider than its pool',
    send: ({ api, top }) =>
      api.post(`/pools/${top.id}/allocations`, { name: 'bad', prefix_length: 12 }),
    status: 400,
    code: 'invalid_prefix_length',
  },
  {
    title: 'a child wider than the parent it names',
    send: (at) => create({ cidr: '10.0.0.0/12', parent_id: at.top.id })(at),
    status: 409,
    code: 'parent_mismatch',
  },
  {
    title: 'a pool that is there already, naming it',
    send: create({ cidr: '10.0.0.0/16' }),
    status: 409,
    code: 'pool_overlap',
    says: ({ conflicts }, { top }) =>
      expect(conflicts).toEqual([{ pool_id: top.id, cidr: top.cidr, name: top.name }]),
  },
  {
    title: 'a resize that leaves a child outside, naming the child',
    send: ({ api, top }) => api.patch(`/pools/${top.id}`, { cidr: '10.0.128.0/17' }),
    status: 409,
    code: 'would_orphan_children',
    says: ({ conflicts }, { child }) =>
      expect(conflicts?.map((each) => each.pool_id)).toEqual([child.id]),
  },
  {
    title: 'a range that no network uses',
    send: create({ cidr: '127.0.0.0/8' }),
    status: 400,
    code: 'refused_range',
  },
  {
    title: 'an unknown field',
    send: create({ cidr: '10.9.0.0/16', colour: 'red' }),
    status: 400,
    code: 'unknown_field',
    says: names('colour'),
  },
  {
    title: 'a missing field',
    send: create({}),
    status: 400,
    code: 'missing_field',
    says: names('cidr'),
  },
  {
    title: 'a field of the wrong type',
    send: create({ cidr: 7 }),
    status: 400,
    code: 'invalid_field',
    says: names('cidr'),
  },
  {
    title: 'an unknown parameter of a list',
    send: ({ api }) => api.get('/pools?colour=red'),
    status: 400,
    code: 'unknown_field',
    says: names('colour'),
  },
  {
    title: 'an unknown parameter of a write',
    send: ({ api, vrf }) =>
      api.post('/pools?colour=red', { name: 'bad', cidr: '10.9.0.0/16', vrf_id: vrf }),
    status: 400,
    code: 'unknown_field',
  },
  {
    title: 'an unknown parameter of a page of ancestors',
    send: ({ api, child }) => api.get(`/pools/${child.id}/ancestors?colour=red`),
    status: 400,
    code: 'unknown_field',
  },
  {
    title: 'a page of 501',
    send: ({ api }) => api.get('/pools?page_size=501'),
    status: 400,
    code: 'invalid_field',
    says: names('page_size'),
  },
  {
    title: 'a cursor that nobody gave',
    send: ({ api }) => api.get('/pools?cursor=garbage'),
    status: 400,
    code: 'invalid_cursor',
  },
  {
    title: '5 MB of garbage',
    send: raw(new Uint8Array(5_000_000).fill(0xab)),
    status: 413,
    code: 'body_too_large',
  },
  {
    title: '5 MB of garbage for a bulk route',
    send: ({ api }) =>
      api.send('POST', '/pools/bulk', new Uint8Array(5_000_000).fill(0xab), JSON_TYPE),
    status: 400,
    code: 'invalid_json',
  },
  {
    title: 'a wrong content type',
    send: raw('<pool/>', { 'content-type': 'application/xml' }),
    status: 415,
    code: 'unsupported_media_type',
  },
  {
    title: 'a body without a content type',
    send: raw(new TextEncoder().encode('{}'), {}),
    status: 415,
    code: 'unsupported_media_type',
  },
  { title: 'broken JSON', send: raw('{"name": "bad", '), status: 400, code: 'invalid_json' },
  { title: 'an empty body', send: raw(''), status: 400, code: 'invalid_json' },
  {
    title: 'JSON of 100,000 levels',
    send: raw(`${'['.repeat(100_000)}${']'.repeat(100_000)}`),
    status: 413,
    code: 'body_too_complex',
  },
  {
    title: 'JSON that reaches for prototypes',
    send: raw('{"name": "bad", "cidr": "10.9.0.0/16", "__proto__": {"kind": "vpc"}}'),
    status: 400,
    code: 'unknown_field',
    says: names('__proto__'),
  },
  { title: 'null for a body', send: raw('null'), status: 400, code: 'missing_field' },
  {
    title: 'an id of 2^63',
    send: ({ api }) => api.get('/pools/9223372036854775808'),
    status: 400,
    code: 'invalid_field',
    says: names('id'),
  },
  {
    title: 'an id of 2^63 in a body',
    send: raw('{"name": "bad", "cidr": "10.9.0.0/16", "vrf_id": 9223372036854775808}'),
    status: 400,
    code: 'invalid_field',
    says: names('vrf_id'),
  },
  {
    title: 'an id that is a word',
    send: ({ api }) => api.delete('/pools/all'),
    status: 400,
    code: 'invalid_field',
  },
  {
    title: 'a pool that is not there',
    send: ({ api }) => api.patch('/pools/4000000000', { name: 'x' }),
    status: 404,
    code: 'pool_not_found',
  },
  {
    title: 'a VRF that is not there',
    send: ({ api }) =>
      api.post('/pools', { name: 'bad', cidr: '10.9.0.0/16', vrf_id: 4_000_000_000 }),
    status: 400,
    code: 'invalid_field',
    says: names('vrf_id'),
  },
  {
    title: 'a name of 10,000 characters',
    send: create({ cidr: '10.9.0.0/16', name: 'n'.repeat(10_000) }),
    status: 400,
    code: 'invalid_field',
    says: names('name'),
  },
  {
    title: 'a name of 10,000 emoji',
    send: create({ cidr: '10.9.0.0/16', name: '🦊'.repeat(10_000) }),
    status: 400,
    code: 'invalid_field',
    says: names('name'),
  },
  {
    title: 'a name with a NUL in it',
    send: create({ cidr: '10.9.0.0/16', name: 'a\u0000b' }),
    status: 400,
    code: 'invalid_field',
    says: names('name'),
  },
  {
    title: 'a name of half an emoji',
    send: create({ cidr: '10.9.0.0/16', name: 'a\ud83d' }),
    status: 400,
    code: 'invalid_field',
    says: names('name'),
  },
  {
    title: 'a stale If-Match',
    send: ({ api, child }) =>
      api.patch(`/pools/${child.id}`, { name: 'bad' }, { 'if-match': '"0"' }),
    status: 412,
    code: 'version_mismatch',
  },
  {
    title: 'an If-Match that is no ETag of ours',
    send: ({ api, child }) => api.delete(`/pools/${child.id}`, { 'if-match': 'W/"abc"' }),
    status: 412,
    code: 'version_mismatch',
  },
  {
    title: 'a reused idempotency key',
    send: ({ api, vrf }) =>
      api.post('/pools', { name: 'bad', cidr: '10.9.0.0/16', vrf_id: vrf }, KEY),
    status: 422,
    code: 'idempotency_key_reused',
  },
  {
    title: 'a bulk with one bad row',
    send: ({ api, vrf }) =>
      api.post('/pools/bulk', {
        items: [
          { name: 'good', cidr: '10.9.0.0/16', vrf_id: vrf },
          { name: 'bad', cidr: '10.0.0.0/16', vrf_id: vrf },
        ],
      }),
    status: 409,
    code: 'pool_overlap',
  },
  {
    title: 'no token',
    send: ({ url }) => new Api(url, undefined).get('/pools'),
    status: 401,
    code: 'unauthenticated',
  },
  {
    title: 'a garbage token',
    send: ({ url, vrf }) =>
      new Api(url, 'garbage').post('/pools', { name: 'bad', cidr: '10.9.0.0/16', vrf_id: vrf }),
    status: 401,
    code: 'unauthenticated',
  },
  {
    title: 'a well-formed token that nobody made',
    send: ({ url }) => new Api(url, `cpam_${'a'.repeat(12)}_${'a'.repeat(52)}`).get('/pools'),
    status: 401,
    code: 'unauthenticated',
  },
  {
    title: 'a path that is not there',
    send: ({ api }) => api.get('/ponds'),
    status: 404,
    code: 'not_found',
  },
  {
    title: 'a snapshot with an address that is none',
    status: 400,
    code: 'invalid_snapshot',
    send: ({ api }) =>
      api.post('/discovery', {
        run_id: '3f1e7f0c-54a1-4a5e-9d0e-0c8a3c1c2b11',
        collector: { name: 'e2e', version: '1' },
        scopes: [
          {
            provider: 'aws',
            account: '104811623905',
            region: 'eu-west-1',
            coverage: 'complete',
            collected_at: '2026-01-01T00:00:00Z',
            networks: [],
            resources: [
              {
                kind: 'vpc',
                external_id: 'vpc-1',
                network_external_id: 'vpc-1',
                owner_account: '104811623905',
                region: 'eu-west-1',
                name: 'x',
                cidr: '10.0.0.1/8',
              },
            ],
          },
        ],
      }),
  },
];

describe.each(STORAGES)('bad input on $name', ({ open }) => {
  let database: Database;
  let server: Server;
  let planted: Planted;
  let before: unknown;

  beforeAll(async () => {
    database = await open();
    server = await startServer(database.url);
    const { api, url } = server;
    const vrf = await api.newVrf('bad input');
    const top = await api.expect(
      201,
      api.post<Pool>('/pools', { name: 'top', cidr: '10.0.0.0/16', vrf_id: vrf }, KEY),
    );
    const child = await api.newPool({ name: 'child', cidr: '10.0.0.0/24', vrf_id: vrf });
    await api.expect(200, api.patch(`/pools/${child.id}`, { description: 'changed' }));
    planted = { api, url, vrf, top, child };
    before = await written();
  });
  afterAll(async () => {
    await server.stop();
    await database.remove();
  });

  async function written(): Promise<unknown> {
    const { api } = planted;
    const [pools, audit, accounts] = await Promise.all([
      api.expect(200, api.get<List<Pool>>('/pools')),
      entriesAsked(api),
      api.expect(200, api.get<List<unknown>>('/accounts')),
    ]);
    return { pools: pools.items, audit, accounts: accounts.total };
  }

  it.each(CASES)('refuses $title', async ({ send, status, code, says }) => {
    const { status: given, headers, body } = await send(planted);
    expect([given, body.code, headers.get('content-type')]).toEqual([
      status,
      code,
      expect.stringMatching(/^application\/problem\+json/),
    ]);
    expect(body).toMatchObject({
      status,
      request_id: headers.get('x-request-id'),
      detail: expect.stringMatching(/\S/),
    });
    if (status === 401) expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
    says?.(body, planted);
    expect(await written()).toEqual(before);
  });

  it('takes emoji in names, tags and descriptions as they are', async () => {
    const { api, vrf } = planted;
    const fields = { name: '🦊 fox', description: '👩‍👩‍👧 日本語', tags: { '🎯': '✓' } };
    const pool = await api.expect(
      201,
      api.post<Pool>('/pools', { ...fields, cidr: '10.200.0.0/16', vrf_id: vrf }),
    );
    expect(await api.expect(200, api.get(`/pools/${pool.id}`))).toMatchObject(fields);
  });
});
