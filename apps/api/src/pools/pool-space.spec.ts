import { Prepared, type Json } from '../prepared.fixture';

describe('the space that pools can be made of', () => {
  let server: Prepared;
  let root: number;

  beforeAll(async () => {
    server = await Prepared.open();
    root = await server.pool('10.0.0.0/16', { kind: 'reservation' });
    await server.account('observe');
    await server.discover(['172.16.1.0/24']);
  });
  afterAll(() => server.app.close());

  const make = async (cidr: string, more: Json = {}): Promise<[number, unknown]> => {
    const { status, body } = await server.send('POST', '/pools?dry_run=true', {
      name: 'n',
      cidr,
      ...more,
    });
    return [
      status,
      status < 300 ? body['cidr'] : (body['errors'] as Json[] | undefined)?.[0]?.['field'],
    ];
  };

  it.each(['240.0.0.0/4', '255.255.255.0/24', 'fd00::/8', '2000::/3', '16.0.0.0/4'])(
    'takes %s',
    async (cidr) => {
      expect(await make(cidr)).toEqual([200, cidr]);
    },
  );

  it.each(['255.255.255.255/32', '::/1', '0.0.0.0/0', '::/0', '224.0.0.0/4', 'fe80::/9'])(
    'refuses %s',
    async (cidr) => {
      expect(await make(cidr)).toEqual([400, 'cidr']);
    },
  );

  it('has free blocks in a container as wide as global unicast', async () => {
    const id = await server.pool('2000::/3');
    const taken = await server.send('POST', `/pools/${id}/allocations`, {
      name: 'a',
      prefix_length: 16,
    });
    expect([taken.status, (taken.body['items'] as Json[])[0]?.['cidr']]).toEqual([
      201,
      '2000::/16',
    ]);
    const { body } = await server.send(
      'GET',
      `/pools/${id}/blocks?new_prefix_len=16&page=4096&page_size=2`,
    );
    expect([
      (body['items'] as Json[]).map((each) => each['cidr']),
      body['page'],
      body['page_size'],
    ]).toEqual([['3ffe::/16', '3fff::/16'], 4096, 2]);
  });

  it('takes an end for a pool of any kind', async () => {
    const ends = { expires_at: '2099-01-01T00:00:00Z' };
    expect((await make('11.0.0.0/16', { kind: 'reservation', ...ends }))[0]).toBe(200);
    expect((await make('11.0.0.0/16', ends))[0]).toBe(200);
    expect((await server.send('PATCH', `/pools/${root}`, ends)).status).toBe(200);
    expect((await server.send('PATCH', `/pools/${root}`, { expires_at: null })).status).toBe(200);
  });

  it('warns of a pool in space that a cloud uses', async () => {
    const one = await server.send('POST', '/pools?dry_run=true', {
      name: 'n',
      cidr: '172.16.1.128/25',
    });
    expect(one.body['warnings']).toMatchObject([
      { code: 'in_use_by_cloud', detail: expect.stringContaining('172.16.0.0/16') as string },
      { detail: expect.stringContaining('subnet subnet-0') as string },
    ]);
    const rows = await server.send('POST', '/pools/bulk?dry_run=true', {
      items: [
        { name: 'a', cidr: '172.16.1.0/28' },
        { name: 'b', cidr: '12.0.0.0/8' },
      ],
    });
    expect(
      (rows.body['results'] as Json[]).map(
        (row) => (row['warnings'] as Json[] | undefined)?.length,
      ),
    ).toEqual([2, undefined]);
    expect(
      (await server.send('POST', '/pools?dry_run=true', { name: 'n', cidr: '12.0.0.0/8' })).body[
        'warnings'
      ],
    ).toBeUndefined();
  });
});
