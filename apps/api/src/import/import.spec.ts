import type { LightMyRequestResponse } from 'fastify';
import { Prepared, type Json } from '../prepared.fixture';

const BOUNDARY = 'x-boundary';
const CSV = 'CIDR,Name\n10.0.0.0/8,corp\n10.1.0.0/16,site\n';

interface Part {
  readonly name: string;
  readonly filename?: string;
  readonly content: string;
}

/** A body of parts, as browsers write it. */
function parts(...all: readonly Part[]): Buffer {
  const texts = all.map(
    ({ name, filename, content }) =>
      `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"` +
      `${filename === undefined ? '' : `; filename="${filename}"\r\ncontent-type: text/csv`}` +
      `\r\n\r\n${content}\r\n`,
  );
  return Buffer.from(`${texts.join('')}--${BOUNDARY}--\r\n`);
}
const file = (content = CSV, filename = 'a.csv'): Part => ({ name: 'file', filename, content });

describe('an import by HTTP', () => {
  let server: Prepared;
  beforeEach(async () => {
    server = await Prepared.open();
  });
  afterEach(() => server.close());

  const post = (
    payload: string | Buffer,
    query = '',
    headers: Readonly<Record<string, string>> = {},
  ): Promise<LightMyRequestResponse> =>
    server.app.inject({
      method: 'POST',
      url: `/api/v1/import?${query}`,
      headers: { authorization: `Bearer ${server.token}`, 'content-type': 'text/csv', ...headers },
      payload,
    });
  const postParts = (payload: Buffer, query = 'dry_run=true'): Promise<LightMyRequestResponse> =>
    post(payload, query, { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` });
  const poolCount = async (): Promise<unknown> =>
    (await server.send('GET', '/pools')).body['total'];
  const linesOf = ({ body }: LightMyRequestResponse): Json[] =>
    body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Json);

  it('is done once for an Idempotency-Key, and told again', async () => {
    const headers = { 'idempotency-key': 'import-1' };
    const first = await post(CSV, '', headers);
    expect(first.json()).toMatchObject({ applied: true, summary: { create: 2 } });
    const entries = (await server.entries()).length;
    const again = await post(CSV, '', headers);
    expect([again.statusCode, again.headers['idempotency-replayed']]).toEqual([200, 'true']);
    expect(again.json()).toEqual(first.json());
    expect((await server.entries()).length).toBe(entries);
    const other = await post(`${CSV}10.2.0.0/16,other\n`, '', headers);
    expect([other.statusCode, other.json<Json>()['code']]).toEqual([422, 'idempotency_key_reused']);
  });

  it('is the same request whatever stands between its parts', async () => {
    const send = (boundary: string, content = CSV): Promise<LightMyRequestResponse> =>
      post(Buffer.from(parts(file(content)).toString().replaceAll(BOUNDARY, boundary)), '', {
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'idempotency-key': 'import-2',
      });
    const first = await send('one');
    const again = await send('another');
    expect([again.statusCode, again.headers['idempotency-replayed']]).toEqual([200, 'true']);
    expect(again.json()).toEqual(first.json());
    expect((await send('one', `${CSV}10.2.0.0/16,other\n`)).statusCode).toBe(422);
  });

  it('is refused where another plan holds by now, and writes nothing', async () => {
    const plan = (await post(CSV, 'dry_run=true')).json<{ plan: string }>().plan;
    await server.pool('10.1.0.0/16');
    const refused = await post(CSV, `plan=${plan}`);
    expect([refused.statusCode, refused.json<Json>()['code']]).toEqual([409, 'plan_changed']);
    expect(await poolCount()).toBe(1);
  });

  it('refuses a plan of a pool that has changed, and takes the new plan', async () => {
    const id = await server.pool('10.1.0.0/16', { name: 'old' });
    const planned = async (): Promise<string> =>
      (await post(CSV, 'dry_run=true')).json<{ plan: string }>().plan;
    const plan = await planned();
    await server.send('PATCH', `/pools/${id}`, { description: 'told meanwhile' });
    expect((await post(CSV, `plan=${plan}`)).statusCode).toBe(409);
    expect((await post(CSV, `plan=${await planned()}`)).json()).toMatchObject({
      summary: { create: 1, update: 1 },
    });
  });

  it('tells in lines how far it is, and the result or the problem in the last one', async () => {
    const headers = { accept: 'application/x-ndjson' };
    const done = linesOf(await post(CSV, '', headers));
    expect(done.slice(0, -1).map(({ stage }) => stage)).toEqual(
      expect.arrayContaining(['reading', 'planning', 'applying']),
    );
    expect(done.at(-1)).toMatchObject({ result: { applied: true, summary: { create: 2 } } });
    for (const [csv, query, code] of [
      ['CIDR\n10.0.0.1/8\n', '', 'import_has_errors'],
      ['{"a":1}', '', 'unknown_format'],
      [CSV, `plan=${'0'.repeat(64)}`, 'plan_changed'],
    ] as const) {
      const lines = linesOf(await post(csv, query, headers));
      expect(lines.at(-1)).toMatchObject({ problem: { code, instance: '/api/v1/import' } });
      expect(lines.filter((line) => 'problem' in line || 'result' in line)).toHaveLength(1);
    }
  });

  it('takes several files, and a map beside them', async () => {
    const map = { name: 'map', content: '{"vrf":"lab"}' };
    const answer = await postParts(parts(file(), file('vid,name\n7,x\n', 'b.csv'), map));
    expect(answer.json()).toMatchObject({
      format: 'several',
      rows: [{ entity: 'vrf', label: 'lab' }, { file: 'a.csv', vrf: 'lab' }, {}, { file: 'b.csv' }],
    });
  });

  it.each<[string, Buffer, string, string]>([
    ['has no file', parts(), 'missing_field', 'file'],
    ['has a map alone', parts({ name: 'map', content: '{}' }), 'missing_field', 'file'],
    [
      'has a part that is not known',
      parts(file(), { name: 'plan', content: 'x' }),
      'unknown_field',
      'plan',
    ],
    [
      'has a file in a part that is not known',
      parts(file(), { ...file(), name: 'upload' }),
      'unknown_field',
      'upload',
    ],
    [
      'has two maps',
      parts(file(), { name: 'map', content: '{}' }, { name: 'map', content: '{}' }),
      'invalid_field',
      'map',
    ],
    [
      'has a map that says more',
      parts(file(), { name: 'map', content: '{"x":1}' }),
      'unknown_field',
      'x',
    ],
    ['ends in the middle', parts(file()).subarray(0, 120), 'invalid_field', 'body'],
    ['has no part at all', Buffer.from('no boundary here'), 'invalid_field', 'body'],
    ['has 101 files', parts(...Array.from({ length: 101 }, () => file())), 'invalid_field', 'file'],
  ])('says what is wrong with a body that %s', async (_, body, code, field) => {
    const answer = await postParts(body, '');
    expect([answer.statusCode, answer.json()]).toEqual([
      400,
      expect.objectContaining({
        code,
        errors: expect.arrayContaining([expect.objectContaining({ field, code })]),
      }),
    ]);
    expect(await poolCount()).toBe(0);
  });

  it('says that a map is no JSON, and that a boundary is missing', async () => {
    const noJson = await postParts(parts(file(), { name: 'map', content: '{' }));
    expect([noJson.statusCode, noJson.json<Json>()['code']]).toEqual([400, 'invalid_json']);
    const noBoundary = await post(parts(file()), '', { 'content-type': 'multipart/form-data' });
    expect([noBoundary.statusCode, noBoundary.json<Json>()['code']]).toEqual([
      400,
      'invalid_field',
    ]);
  });

  it.each(['../../etc/passwd', '/etc/passwd', 'C:\\x\\a.csv', 'a\0.csv', '', ' ', 'ä😀.csv'])(
    'takes a file that is called %j for what is in it',
    async (name) => {
      const answer = await postParts(parts(file(CSV, name)), '');
      expect(answer.statusCode).toBe(200);
      expect(answer.json()).toMatchObject({ summary: { create: 2 } });
    },
  );

  it('tells the line also of a file with a long name', async () => {
    const answer = await postParts(parts(file('CIDR\n10.0.0.1/8\n', 'x'.repeat(300))), '');
    expect(answer.json()).toMatchObject({
      errors: [{ field: expect.stringMatching(/^x{99}…:2:CIDR$/) }],
    });
  });

  it('refuses bodies of more than 32 MiB, and files of more than 200,000 rows', async () => {
    const large = await post(Buffer.alloc(33_554_433, 'a'), 'dry_run=true');
    expect([large.statusCode, large.json<Json>()['code']]).toEqual([413, 'body_too_large']);
    const many = await post(`CIDR\n${'10.0.0.0/24\n'.repeat(200_001)}`, 'filename=many.csv');
    expect([many.statusCode, many.json()]).toEqual([
      413,
      expect.objectContaining({
        code: 'too_many_rows',
        errors: [expect.objectContaining({ field: 'many.csv:200002' })],
      }),
    ]);
    expect(await poolCount()).toBe(0);
  });

  it('is for editors and admins without limits', async () => {
    const pool = await server.pool('10.0.0.0/8');
    const account = await server.account();
    const callers: readonly [Json, number][] = [
      [{ role: 'viewer' }, 403],
      [{ role: 'editor', pools: [pool] }, 403],
      [{ role: 'admin', read_only: true }, 403],
      [{ role: 'editor', accounts: ['aws:111111111111'] }, 403],
      [{ role: 'editor' }, 200],
    ];
    expect(account).toBeGreaterThan(0);
    for (const [at, [fields, status]] of callers.entries()) {
      const made = await server.send('POST', '/tokens', { name: `caller ${at}`, ...fields });
      expect(made.status).toBe(201);
      const headers = { authorization: `Bearer ${String(made.body['secret'])}` };
      for (const query of ['dry_run=true', '']) {
        for (const accept of ['application/json', 'application/x-ndjson']) {
          const answer = await post(CSV, query, { ...headers, accept });
          expect([fields, query, accept, answer.statusCode]).toEqual([
            fields,
            query,
            accept,
            status,
          ]);
        }
      }
      if (status === 403) expect(await poolCount()).toBe(1);
    }
  });

  it('takes addresses and ranges beside the pools in which they lie, and again nothing', async () => {
    const body = parts(
      file(
        'IP Address,VRF,Status,Role,Tenant,DNS name,ID\n10.1.0.5/24,Global,DHCP,,,a.example.com,1\n' +
          '10.1.0.120/24,Global,Active,,,,2\n10.1.0.255/24,Global,Active,,,,3\n',
        'addresses.csv',
      ),
      file(
        'Start address,End address,Size,VRF,Status,Role,ID\n' +
          '10.1.0.100/24,10.1.0.199/24,100,Global,Active,dhcp,1\n',
        'ranges.csv',
      ),
      file('prefix,status\n10.1.0.0/24,active\n', 'prefixes.csv'),
    );
    const plan = (await postParts(body)).json<Json>();
    expect(
      (plan['rows'] as Json[]).map(({ file: of, entity, action, code, column }) => [
        of,
        entity,
        action,
        code,
        column,
      ]),
    ).toEqual([
      ['addresses.csv', 'address', 'create', null, null],
      ['addresses.csv', 'address', 'create', null, null],
      ['addresses.csv', 'address', 'error', 'address_reserved', 'IP Address'],
      ['ranges.csv', 'range', 'create', null, null],
      ['prefixes.csv', 'pool', 'create', null, null],
    ]);
    const done = (
      await postParts(body, `mode=partial&plan=${plan['plan'] as string}`)
    ).json<Json>();
    expect(done['summary']).toMatchObject({ create: 4, error: 1 });
    const { items } = (await server.send('GET', '/addresses')).body;
    expect(items).toMatchObject([
      {
        address: '10.1.0.5',
        role: 'dhcp',
        dns_name: 'a.example.com',
        range_id: null,
        tags: { 'netbox:id': '1' },
      },
      { address: '10.1.0.120', role: 'host', range_id: 1, pool_id: 1 },
    ]);
    const entries = (await server.entries()).length;
    const again = (await postParts(body, 'mode=partial')).json<Json>();
    expect(again['summary']).toMatchObject({ create: 0, update: 0, unchanged: 4, error: 1 });
    expect((await server.entries()).length).toBe(entries);
  });

  it('names the range that a pool of a row would cut', async () => {
    const pool = await server.pool('10.1.0.0/24');
    await server.made(`/pools/${pool}/ranges`, {
      start_address: '10.1.0.60',
      end_address: '10.1.0.70',
      name: 'clients',
    });
    const { rows } = (await post('CIDR,Name\n10.1.0.64/26,a\n', 'dry_run=true')).json<{
      rows: Json[];
    }>();
    expect(rows).toMatchObject([
      {
        action: 'error',
        code: 'range_taken',
        detail: expect.stringContaining('clients (10.1.0.60-10.1.0.70)'),
      },
    ]);
  });
});
