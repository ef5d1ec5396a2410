import { randomUUID } from 'node:crypto';
import type { AuditList, List, Pool, Problem } from './api';
import { startServer, TOKEN, type Server } from './start-server';
import { STORAGES, type Database } from './storages';

interface Resource {
  readonly external_id: string;
  readonly name: string;
  readonly tags: Record<string, string>;
}

const UNSTORABLE = ['a\\u0000b', '\\ud800', 'x\\udc00y'];
const NO_INSTANTS = [
  '2016-12-31T23:59:60Z',
  '9999-12-31T23:59:59-12:00',
  '0000-06-01T00:00:00Z',
  '0001-01-01T00:00:00+01:00',
  '2026-02-30T00:00:00Z',
  '2026-01-01',
];
const INSTANCE = '6a2b1c7e-3f0d-4b8a-9c55-1d2e3f405162';
const POLLUTING = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
const own = (names: readonly string[]): string =>
  `{${names.map((name) => `${JSON.stringify(name)}:"of ${name}"`).join(',')}}`;

describe.each(STORAGES)('values at the edge on $name', ({ open }) => {
  let database: Database;
  let server: Server;

  beforeAll(async () => {
    database = await open();
    server = await startServer(database.url);
    await server.api.expect(201, server.api.post('/pools', { name: 'root', cidr: '10.0.0.0/8' }));
  });
  afterAll(async () => {
    await server.stop();
    await database.remove();
  });

  const raw = async (
    method: string,
    path: string,
    body?: string,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: Problem & Record<string, unknown>; headers: Headers }> => {
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${TOKEN}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: (text === '' ? {} : JSON.parse(text)) as Problem & Record<string, unknown>,
    };
  };
  const codes = async (
    method: string,
    path: string,
    body?: string,
    headers: Record<string, string> = {},
  ): Promise<readonly [number, string]> => {
    const {
      status,
      body: { code },
    } = await raw(method, path, body, headers);
    return [status, code];
  };
  /** Delivers one VPC of account 500000000001 with the given JSON members. */
  const deliver = (
    at: string,
    name: string,
    tags: string,
  ): Promise<{ status: number; body: Problem & Record<string, unknown> }> =>
    raw(
      'POST',
      '/discovery',
      `{
    "run_id": "${randomUUID()}", "collector": {"name": "values", "version": "1"}, "scopes": [{
      "provider": "aws", "account": "500000000001", "region": "eu-north-1", 
      "coverage": "complete", "collected_at": "${at}",
      "networks": [{"external_id": "vpc-v", "owner_account": "500000000001", "region": "eu-north-1", "name": ${name}}],
      "resources": [{"kind": "vpc", "external_id": "vpc-v", "network_external_id": "vpc-v", 
        "owner_account": "500000000001", "region": "eu-north-1", "name": ${name},
        "cidr": "10.200.0.0/16", "tags": ${tags}}]}]}`,
    );

  it.each(UNSTORABLE)('refuses %s in every text of a request', async (escape) => {
    const bodies: [string, string][] = [
      ['/pools', `{"name":"${escape}","cidr":"10.1.0.0/16"}`],
      ['/pools', `{"name":"a","cidr":"10.1.0.0/16","description":"${escape}"}`],
      ['/pools', `{"name":"a","cidr":"10.1.0.0/16","region":"${escape}"}`],
      ['/pools', `{"name":"a","cidr":"10.1.0.0/16","tags":{"${escape}":"b"}}`],
      ['/pools', `{"name":"a","cidr":"10.1.0.0/16","tags":{"b":"${escape}"}}`],
      ['/pools/bulk', `{"items":[{"name":"${escape}","cidr":"10.1.0.0/16"}]}`],
      ['/pools/1/allocations', `{"name":"${escape}","prefix_length":24}`],
      ['/allocations', `{"name":"a","prefix_length":24,"selector":{"region":"${escape}"}}`],
      ['/accounts', `{"key":"onprem:x","name":"${escape}","provider":"onprem"}`],
      ['/vrfs', `{"name":"${escape}"}`],
      ['/vlans', `{"vid":7,"name":"${escape}"}`],
      ['/tokens', `{"name":"${escape}","role":"viewer"}`],
      ['/discovery/decisions', `{"decision":"ignore","resource_ids":[1],"reason":"${escape}"}`],
    ];
    for (const [path, body] of bodies)
      expect([path, body, ...(await codes('POST', path, body))]).toEqual([
        path,
        body,
        400,
        'invalid_field',
      ]);
  });

  it('refuses NUL in every parameter and cursor', async () => {
    const paths = [
      '/pools?q=%00',
      '/pools?region=a%00',
      '/pools?tag=a%00:b',
      '/pools?external_id=%00',
      '/pools?cidr_within=%00',
      '/search?q=%00',
      '/audit?actor=%00',
      '/audit?entity_id=%00',
      '/audit?action=%00',
      '/discovery/resources?q=%00',
      '/discovery/resources?region=%00',
      '/discovery/networks?q=%00',
      '/discovery/findings?q=%00',
      '/accounts?q=%00',
      '/blocks?q=%00',
      '/pools?%00=1',
    ];
    for (const path of paths) expect([path, (await raw('GET', path)).status]).toEqual([path, 400]);
    for (const sort of ['name', 'cidr', 'created_at', 'id']) {
      for (const value of ['a\0', '\ud800', -1e15, 1e15, 'f'.repeat(32), null]) {
        const inner = Buffer.from(JSON.stringify([sort, value, value, 1])).toString('base64url');
        for (const cursor of [inner, `${'x'.repeat(11)}.${inner}`])
          expect(await codes('GET', `/pools?sort=${sort}&cursor=${cursor}`)).toEqual([
            400,
            'invalid_cursor',
          ]);
      }
    }
  });

  it('keeps what a cloud reports, with U+FFFD in place of what cannot be kept', async () => {
    expect(
      (await deliver('2026-01-01T00:00:00Z', '"a\\u0000b\\ud800"', '{"k\\u0000":"v\\udfff"}'))
        .status,
    ).toBe(200);
    const { items } = await server.api.expect(
      200,
      server.api.get<List<Resource>>('/discovery/resources?q=vpc-v'),
    );
    expect(items).toMatchObject([{ name: 'a\uFFFDb\uFFFD', tags: { 'k\uFFFD': 'v\uFFFD' } }]);
  });

  it.each(NO_INSTANTS)('does not take %s for a moment, anywhere', async (text) => {
    const at = encodeURIComponent(text);
    for (const path of [`/pools?as_of=${at}`, `/audit?since=${at}`, `/audit?until=${at}`])
      expect([path, ...(await codes('GET', path))]).toEqual([path, 400, 'invalid_field']);
    for (const [path, body] of [
      ['/pools', { name: 'a', cidr: '10.1.0.0/16', kind: 'reservation', expires_at: text }],
      ['/tokens', { name: 'a', role: 'viewer', expires_at: text }],
      ['/discovery/decisions', { decision: 'ignore', resource_ids: [1], reason: 'a', until: text }],
      [
        '/pools/1/allocations',
        { name: 'a', prefix_length: 24, kind: 'reservation', expires_at: text },
      ],
    ] as const)
      expect([path, ...(await codes('POST', path, JSON.stringify(body)))]).toEqual([
        path,
        400,
        'invalid_field',
      ]);
    expect((await deliver(text, '"a"', '{}')).status).toBe(400);
  });

  it('treats a tag named __proto__ as data like any other: pools, filters, audit, discovery, export', async () => {
    const made = await raw(
      'POST',
      '/pools',
      `{"name":"polluting","cidr":"10.2.0.0/16","tags":${own(POLLUTING)}}`,
      { 'idempotency-key': 'pollute' },
    );
    expect(made.status).toBe(201);
    const tagsOf = (value: unknown): string[] =>
      Object.keys((value as { tags: object }).tags).sort();
    expect(tagsOf(made.body)).toEqual([...POLLUTING].sort());
    expect(
      tagsOf(
        (
          await raw(
            'POST',
            '/pools',
            `{"name":"polluting","cidr":"10.2.0.0/16","tags":${own(POLLUTING)}}`,
            { 'idempotency-key': 'pollute' },
          )
        ).body,
      ),
    ).toEqual([...POLLUTING].sort());
    for (const name of POLLUTING) {
      const found = await server.api.expect(
        200,
        server.api.get<List<Pool>>(`/pools?tag=${name}:of ${name}`),
      );
      expect([name, found.items.map((pool) => pool.name)]).toEqual([name, ['polluting']]);
      expect((await server.api.get<List<Pool>>(`/pools?tag=${name}:other`)).body.items).toEqual([]);
    }
    const audit = await server.api.expect(
      200,
      server.api.get<AuditList>(`/audit?entity_type=pool&entity_id=${String(made.body['id'])}`),
    );
    expect(tagsOf(audit.entries[0]?.diff.after)).toEqual([...POLLUTING].sort());
    expect((await deliver('2026-01-02T00:00:00Z', '"plain"', own(POLLUTING))).status).toBe(200);
    const { items } = await server.api.expect(
      200,
      server.api.get<List<Resource>>('/discovery/resources?q=vpc-v'),
    );
    expect(tagsOf(items[0])).toEqual([...POLLUTING].sort());
    expect(
      await codes('POST', '/pools', '{"name":"a","cidr":"10.3.0.0/16","__proto__":{"kind":"vpc"}}'),
    ).toEqual([400, 'unknown_field']);
    expect(await codes('GET', '/pools?__proto__=1')).toEqual([400, 'unknown_field']);
  });

  it('takes numbers in an address only as people write them', async () => {
    for (const page of ['0x1', '1e0', '%201', '1.0', '+1', '01', ''])
      expect([page, ...(await codes('GET', `/pools?page=${page}`))]).toEqual([
        page,
        400,
        'invalid_field',
      ]);
  });

  it('reads a body for what it is, or refuses it', async () => {
    const {
      items: [resource],
    } = await server.api.expect(200, server.api.get<List<{ id: number }>>('/discovery/resources'));
    for (const decision of [
      'import',
      'approve',
      'adopt',
      'release',
      'restore',
      'ignore',
      'reject',
    ]) {
      for (const body of ['{"dry_run":true}', '[]', '"x"', '1', 'null', '{"nonsense":1}']) {
        expect([
          decision,
          body,
          (await raw('POST', `/discovery/resources/${resource?.id ?? 0}/${decision}`, body)).status,
        ]).toEqual([decision, body, 400]);
      }
    }
    for (const [method, path] of [
      ['PATCH', '/pools/1'],
      ['POST', '/pools'],
      ['POST', '/discovery/networks/1/isolate'],
      ['POST', '/discovery/trigger'],
      ['PATCH', '/accounts/1'],
    ] as const) {
      expect([path, ...(await codes(method, path))]).toEqual([path, 400, 'missing_field']);
      expect([path, ...(await codes(method, path, 'null'))]).toEqual([path, 400, 'missing_field']);
    }
    for (const [method, path] of [
      ['DELETE', '/pools/1'],
      ['POST', '/auth/logout'],
      ['DELETE', '/vrfs/1'],
    ] as const)
      expect([path, ...(await codes(method, path, '{}'))]).toEqual([path, 400, 'unknown_field']);
  });

  it('reads the reason of a change as UTF-8, in either header', async () => {
    const reason = 'Größer für 東京 😀';
    const headers: Record<string, string>[] = [
      { 'x-change-reason': Buffer.from(reason).toString('latin1') },
      { 'x-change-reason*': `UTF-8''${encodeURIComponent(reason)}` },
    ];
    for (const [at, header] of headers.entries()) {
      const { status, body } = await raw('POST', '/vrfs', `{"name":"reason ${at}"}`, header);
      expect(status).toBe(201);
      const { entries } = await server.api.expect(
        200,
        server.api.get<AuditList>(`/audit?entity_type=vrf&entity_id=${String(body['id'])}`),
      );
      expect(entries[0]?.reason).toBe(reason);
    }
    const refused: Record<string, string>[] = [
      { 'x-change-reason': '\xff' },
      { 'x-change-reason*': 'plain' },
      { 'x-change-reason*': "UTF-8''%ff" },
      { 'x-change-reason*': "UTF-8''%00" },
    ];
    for (const header of refused) {
      expect(await codes('POST', '/vrfs', '{"name":"refused"}', header)).toEqual([
        400,
        'invalid_field',
      ]);
    }
  });

  it('gives every row of a partial bulk its result, a malformed one too', async () => {
    const rows = [
      { name: 'good', cidr: '10.4.0.0/16' },
      { name: 'no cidr' },
      'nonsense',
      null,
      { name: 'bits', cidr: '10.4.0.1/16' },
      { name: 'extra', cidr: '10.5.0.0/16', extra: 1 },
      { name: 'last', cidr: '10.6.0.0/16' },
    ];
    const { status, body } = await server.api.post<{
      created: number;
      results: { index: number; status: string; problem?: Problem }[];
    }>('/pools/bulk?mode=partial', { items: rows });
    expect(status).toBe(200);
    expect(body.created).toBe(2);
    expect(body.results.map(({ status: each, problem }) => problem?.code ?? each)).toEqual([
      'created',
      'missing_field',
      'invalid_field',
      'invalid_field',
      'not_canonical',
      'unknown_field',
      'created',
    ]);
    const whole = await server.api.post<Problem>('/pools/bulk', {
      items: [{ name: 'fine', cidr: '10.7.0.0/16' }, { name: 'no cidr' }],
    });
    expect([whole.status, whole.body.errors?.[0]?.field]).toEqual([400, 'items.1.cidr']);
  });

  it('takes back in bulk what its own list gave', async () => {
    await server.api.expect(
      201,
      server.api.post('/pools', { name: 'back', cidr: '172.16.0.0/16', tags: { a: 'b' } }),
    );
    await server.api.expect(
      201,
      server.api.post('/pools', {
        name: 'back below',
        cidr: '172.16.1.0/24',
        kind: 'reservation',
        expires_at: '2030-01-01T00:00:00Z',
      }),
    );
    const listed = (
      await server.api.expect(200, server.api.get<List<Pool>>('/pools?cidr_within=172.16.0.0/16'))
    ).items;
    expect(listed).toHaveLength(2);
    await server.api.expect(200, server.api.delete(`/pools/${listed[0]?.id ?? 0}?cascade=true`));
    const { body } = await server.api.post<{ created: number }>('/pools/bulk', { items: listed });
    expect(body.created).toBe(2);
    const again = (
      await server.api.expect(200, server.api.get<List<Pool>>('/pools?cidr_within=172.16.0.0/16'))
    ).items;
    const facts = (pools: readonly Pool[]): unknown[] =>
      pools.map(({ name, cidr, kind, tags, utilization }) => ({
        name,
        cidr,
        kind,
        tags,
        utilization,
      }));
    expect(facts(again)).toEqual(facts(listed));
  });

  it('answers the same key the same, on tokens, rotations and claims too, with no second effect', async () => {
    const twice = async (
      path: string,
      body?: string,
      token = TOKEN,
    ): Promise<readonly [Record<string, unknown>, Record<string, unknown>]> => {
      const answers = [];
      for (let at = 0; at < 2; at += 1)
        answers.push(
          await raw('POST', path, body, {
            'idempotency-key': `once ${path}`.replaceAll(' ', '-'),
            authorization: `Bearer ${token}`,
          }),
        );
      const [first, second] = answers;
      expect([path, second?.status, second?.headers.get('idempotency-replayed')]).toEqual([
        path,
        first?.status,
        'true',
      ]);
      return [first?.body ?? {}, second?.body ?? {}];
    };
    const [token, again] = await twice('/tokens', '{"name":"twice","role":"collector"}');
    expect(again).toEqual({ ...token, secret: null });
    const [rotated, rotatedAgain] = await twice(`/tokens/${String(token['id'])}/rotate`);
    expect(rotatedAgain).toEqual({ ...rotated, secret: null });
    expect((await raw('GET', `/tokens/${String(token['id'])}`)).body).toMatchObject({
      id: token['id'],
      name: 'twice',
    });
    const secret = String(rotated['secret']);
    await raw(
      'POST',
      '/collectors/heartbeat',
      JSON.stringify({
        instance: INSTANCE,
        name: 'one',
        version: '1',
        providers: ['aws'],
        accounts: ['aws:500000000001'],
        interval_seconds: null,
      }),
      { authorization: `Bearer ${secret}` },
    );
    const {
      items: [account],
    } = await server.api.expect(200, server.api.get<List<{ id: number }>>('/accounts'));
    await server.api.expect(
      202,
      server.api.post('/discovery/trigger', { account_id: account?.id }),
    );
    const [claimed, claimedAgain] = await twice(
      '/collectors/jobs/claim',
      JSON.stringify({ instance: INSTANCE }),
      secret,
    );
    expect((claimed['job'] as { id: number } | null)?.id).toBeGreaterThan(0);
    expect(claimedAgain).toEqual(claimed);
    const { id, lease } = claimed['job'] as { id: number; lease: string };
    const trouble = `{"lease":"${lease}","status":"failed","error":"a\\u0000b\\ud83d","counts":null}`;
    expect(
      (
        await raw('POST', `/collectors/jobs/${id}/finish`, trouble, {
          authorization: `Bearer ${secret}`,
        })
      ).status,
    ).toBe(200);
    const jobs = await server.api.expect(
      200,
      server.api.get<List<{ error: string }>>('/discovery/jobs'),
    );
    expect(jobs.items[0]?.error).toBe('a\uFFFDb\uFFFD');
  });

  it('says of a key whose pool was deleted that it is gone, and makes nothing', async () => {
    const headers = { 'idempotency-key': 'gone' };
    const body = '{"name":"gone","prefix_length":24}';
    const {
      body: { items },
    } = await raw('POST', '/pools/1/allocations', body, headers);
    const [pool] = items as Pool[];
    await server.api.expect(200, server.api.delete(`/pools/${pool?.id ?? 0}`));
    expect(await codes('POST', '/pools/1/allocations', body, headers)).toEqual([410, 'gone_since']);
    expect((await server.api.get<List<Pool>>('/pools?q=gone')).body.total).toBe(0);
    const made: [string, object][] = [
      ['/vrfs', { name: 'gone' }],
      ['/vlans', { vid: 77, name: 'gone' }],
      ['/accounts', { name: 'gone', provider: 'gcp', external_id: 'gone' }],
      ['/pools', { name: 'gone', cidr: '192.168.0.0/16' }],
      ['/pools/bulk', { items: [{ name: 'gone', cidr: '192.168.0.0/16' }] }],
    ];
    for (const [path, wish] of made) {
      const key = { 'idempotency-key': `gone${path}` };
      const { body: told } = await raw('POST', path, JSON.stringify(wish), key);
      const id = Number(
        told['id'] ?? (told['results'] as { pool_id: number }[] | undefined)?.[0]?.pool_id,
      );
      expect([path, (await raw('DELETE', `${path.replace('/bulk', '')}/${id}`)).status]).toEqual([
        path,
        200,
      ]);
      expect([path, ...(await codes('POST', path, JSON.stringify(wish), key))]).toEqual([
        path,
        410,
        'gone_since',
      ]);
    }
    const {
      body: { id: whole },
    } = await raw('POST', '/pools', '{"name":"gone","cidr":"192.168.0.0/16"}');
    const split = (): ReturnType<typeof raw> =>
      raw('POST', `/pools/${Number(whole)}/split`, '{"prefix_length":17}', {
        'idempotency-key': 'gone-split',
      });
    const halves = (await split()).body['items'] as Pool[];
    expect(await split()).toMatchObject({ status: 200, body: { items: halves } });
    const merge = (): ReturnType<typeof raw> =>
      raw('POST', '/pools/merge', JSON.stringify({ pool_ids: halves.map(({ id }) => id) }), {
        'idempotency-key': 'gone-merge',
      });
    const {
      body: { id: merged },
    } = await merge();
    expect((await split()).body.code).toBe('gone_since');
    await server.api.expect(200, server.api.delete(`/pools/${Number(merged)}`));
    expect((await merge()).body.code).toBe('gone_since');
  });

  it('refuses If-Match where nothing heeds it', async () => {
    const token = await server.api.expect(
      201,
      server.api.post<{ id: number }>('/tokens', { name: 'matched', role: 'viewer' }),
    );
    expect(await codes('DELETE', `/tokens/${token.id}`, undefined, { 'if-match': '"7"' })).toEqual([
      400,
      'invalid_field',
    ]);
    expect((await raw('DELETE', `/tokens/${token.id}`)).status).toBe(200);
    expect(await codes('DELETE', '/pools/1', undefined, { 'if-match': '"99"' })).toEqual([
      412,
      'version_mismatch',
    ]);
  });

  it('takes a cursor of a log, of blocks and of free space only there', async () => {
    const other = await server.api.expect(
      201,
      server.api.post<Pool>('/pools', { name: 'other', cidr: '100.64.0.0/10' }),
    );
    await server.api.expect(
      201,
      server.api.post('/pools', { name: 'other below', cidr: '100.80.0.0/16' }),
    );
    await server.api.expect(
      200,
      server.api.patch(`/pools/${other.id}`, { description: 'changed' }),
    );
    await server.api.expect(200, server.api.patch('/pools/1', { description: 'changed' }));
    const lists: [string, string[]][] = [
      [
        '/audit?page_size=1',
        ['/audit?page_size=1&entity_type=pool', '/audit?page_size=1&since=2020-01-01T00:00:00Z'],
      ],
      [`/pools/${other.id}/history?page_size=1`, ['/pools/1/history?page_size=1']],
      [`/pools/${other.id}/free?page_size=1`, ['/pools/1/free?page_size=1']],
      [
        `/pools/${other.id}/blocks?new_prefix_len=12&page_size=1`,
        [
          '/pools/1/blocks?new_prefix_len=12&page_size=1',
          `/pools/${other.id}/blocks?new_prefix_len=13&page_size=1`,
          `/pools/${other.id}/blocks?new_prefix_len=12&page_size=1&status=free`,
        ],
      ],
    ];
    for (const [path, others] of lists) {
      const cursor =
        (await server.api.expect(200, server.api.get<List<unknown>>(path))).next_cursor ?? '';
      expect([path, ...(await codes('GET', `${path}&cursor=${cursor}`))]).toEqual([
        path,
        200,
        undefined,
      ]);
      for (const each of others)
        expect([each, ...(await codes('GET', `${each}&cursor=${cursor}`))]).toEqual([
          each,
          400,
          'invalid_cursor',
        ]);
    }
  });

  it('takes a cursor only for the list that gave it', async () => {
    const cursorOf = async (query: string): Promise<string> =>
      (await server.api.expect(200, server.api.get<List<Pool>>(`/pools?page_size=1&${query}`)))
        .next_cursor ?? '';
    const cursor = await cursorOf('sort=name');
    expect(await codes('GET', `/pools?sort=name&cursor=${cursor}`)).toEqual([200, undefined]);
    for (const other of [
      'sort=-name',
      'sort=cidr',
      'sort=id',
      'sort=name&kind=vpc',
      'sort=name&vrf_id=1',
      'sort=name&q=a',
    ])
      expect([other, ...(await codes('GET', `/pools?${other}&cursor=${cursor}`))]).toEqual([
        other,
        400,
        'invalid_cursor',
      ]);
  });
});
