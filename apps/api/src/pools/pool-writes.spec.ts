import { STORAGES } from '../limits/storages.fixture';
import { Prepared, type Json } from '../prepared.fixture';

describe.each(STORAGES)('writes of pools on $name', (kind) => {
  const open = kind.register();
  let server: Prepared;

  const send = (...asked: Parameters<Prepared['send']>): ReturnType<Prepared['send']> =>
    server.send(...asked);
  const made = (url: string, payload: Json, token?: string): Promise<Json> =>
    server.posted(url, payload, token);
  const pool = async (cidr: string, more: Json = {}, token?: string): Promise<number> =>
    Number((await made('/pools', { name: cidr, cidr, kind: 'subnet', ...more }, token))['id']);
  const codeOf = (...asked: Parameters<Prepared['send']>): Promise<unknown[]> =>
    server.outcome(...asked);

  beforeAll(async () => {
    server = await Prepared.open(undefined, await open());
  });
  afterAll(() => server.close());

  it('give the pieces of a split no rules that cannot hold in them', async () => {
    const id = await pool('10.1.0.0/24', {
      rules: { min_prefix_length: 25, default_prefix_length: 26, quarantine_days: 9 },
    });
    const { body } = await send('POST', `/pools/${id}/split`, { prefix_length: 26 });
    const [piece] = body['items'] as Json[];
    expect(piece?.['rules']).toMatchObject({
      min_prefix_length: null,
      default_prefix_length: null,
      quarantine_days: 9,
    });
    expect(await codeOf('PATCH', `/pools/${String(piece?.['id'])}`, { name: 'n' })).toEqual([200]);
  });

  it('merge pools to one that ends when the last of them does, and never where one does not', async () => {
    const [soon, late] = ['2100-01-01T00:00:00.000Z', '2101-01-01T00:00:00.000Z'];
    const ends = async (net: string, a: unknown, b: unknown): Promise<unknown> => {
      const pool_ids = [
        await pool(`${net}.0/25`, { expires_at: a }),
        await pool(`${net}.128/25`, { expires_at: b }),
      ];
      return (await made('/pools/merge', { pool_ids }))['expires_at'];
    };
    expect(await ends('10.122.0', soon, null)).toBeNull();
    expect(await ends('10.122.1', late, soon)).toBe(late);
  });

  it('merge no pools with different rules', async () => {
    const pool_ids = [
      await pool('10.123.0.0/25'),
      await pool('10.123.0.128/25', { rules: { quarantine_days: 30 } }),
    ];
    expect(await codeOf('POST', '/pools/merge', { pool_ids })).toEqual([409, 'not_mergeable']);
    await send('PATCH', `/pools/${pool_ids[0]}`, { rules: { quarantine_days: 30 } });
    const merged = await made('/pools/merge', { pool_ids });
    expect(merged['rules']).toMatchObject({ quarantine_days: 30 });
  });

  it('refuse names that are too long with the number of the last one', async () => {
    const id = await pool('10.2.0.0/24');
    for (const [url, more] of [
      ['addresses', {}],
      ['allocations', { prefix_length: 28 }],
    ] as const) {
      const asked = (length: number): Json => ({ name: 'x'.repeat(length), count: 10, ...more });
      const { status, body } = await send('POST', `/pools/${id}/${url}`, asked(198));
      expect([status, body['code']]).toEqual([400, 'invalid_field']);
      expect(await codeOf('POST', `/pools/${id}/${url}`, asked(197))).toEqual([201]);
    }
  });
});
