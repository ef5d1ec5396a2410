import { Prepared, type Json } from '../prepared.fixture';

describe('moving a pool with everything below it', () => {
  let server: Prepared;
  const ids: Record<string, number> = {};

  beforeAll(async () => {
    server = await Prepared.open();
    ids['lab'] = await server.made('/vrfs', { name: 'lab' });
    for (const cidr of ['10.0.0.0/8', '10.1.0.0/16', '10.1.2.0/24', '10.1.2.0/28', '10.3.7.0/24'])
      ids[cidr] = await server.pool(cidr);
    ids['there'] = await server.pool('10.0.0.0/12', { vrf_id: ids['lab'] });
    await server.discover(['172.16.1.0/24']);
  });
  afterAll(() => server.app.close());

  const move = (of: string, body: Json, query = ''): Promise<{ status: number; body: Json }> =>
    server.send('POST', `/pools/${ids[of] ?? of}/move${query}`, { with_children: true, ...body });
  const place = async (of: string): Promise<[unknown, unknown, unknown]> => {
    const { body } = await server.send('GET', `/pools/${ids[of] ?? of}`);
    return [body['cidr'], body['vrf_id'], body['parent_id']];
  };
  const used = async (of: string): Promise<unknown> =>
    ((await server.send('GET', `/pools/${ids[of] ?? of}`)).body['utilization'] as Json)['used'];

  it('is previewed, and changes nothing then', async () => {
    const { status, body } = await move('10.1.0.0/16', { cidr: '10.2.0.0/16' }, '?dry_run=true');
    expect([
      status,
      body['moved_count'],
      (body['moved'] as Json[]).map(({ from, to }) => [from, to]),
    ]).toEqual([
      200,
      3,
      [
        ['10.1.0.0/16', '10.2.0.0/16'],
        ['10.1.2.0/24', '10.2.2.0/24'],
        ['10.1.2.0/28', '10.2.2.0/28'],
      ],
    ]);
    expect(await place('10.1.2.0/28')).toEqual(['10.1.2.0/28', 1, ids['10.1.2.0/24']]);
  });

  it('keeps what is below in its place, in the same VRF and in another one', async () => {
    expect((await move('10.1.0.0/16', { cidr: '10.2.0.0/16' })).status).toBe(200);
    expect(await place('10.1.2.0/28')).toEqual(['10.2.2.0/28', 1, ids['10.1.2.0/24']]);
    expect((await move('10.1.0.0/16', { cidr: '10.5.0.0/16', vrf_id: ids['lab'] })).status).toBe(
      200,
    );
    expect(await place('10.1.0.0/16')).toEqual(['10.5.0.0/16', ids['lab'], ids['there']]);
    expect(await place('10.1.2.0/28')).toEqual(['10.5.2.0/28', ids['lab'], ids['10.1.2.0/24']]);
    expect([await used('10.0.0.0/8'), await used('there'), await used('10.1.0.0/16')]).toEqual([
      '256',
      '65536',
      '256',
    ]);
    const free = await server.send(
      'POST',
      `/pools/${ids['10.0.0.0/8'] ?? 0}/allocations?dry_run=true`,
      {
        name: 'n',
        prefix_length: 16,
      },
    );
    expect((free.body['items'] as Json[])[0]?.['cidr']).toBe('10.0.0.0/16');
    const moves = (await server.send('GET', '/audit?action=pool.move')).body['total'];
    expect(moves).toBe(6);
  });

  it('can be told from the past', async () => {
    const { body } = await server.send(
      'GET',
      `/pools?as_of=${new Date().toISOString()}&vrf_id=${ids['lab'] ?? 0}`,
    );
    expect((body['items'] as Json[]).map((pool) => pool['cidr'])).toEqual([
      '10.0.0.0/12',
      '10.5.0.0/16',
      '10.5.2.0/24',
      '10.5.2.0/28',
    ]);
  });

  it('names what is in the way, and what cannot move', async () => {
    const taken = await move('10.1.0.0/16', { cidr: '10.3.0.0/16', vrf_id: 1 });
    expect(taken).toMatchObject({
      status: 409,
      body: { code: 'pool_overlap', conflicts: [{ cidr: '10.3.7.0/24' }] },
    });
    const vpc = Number(
      ((await server.send('GET', '/pools?q=vpc-1')).body['items'] as Json[])[0]?.['id'],
    );
    const live = await move(String(vpc), { cidr: '172.17.0.0/16' });
    expect(live).toMatchObject({
      status: 409,
      body: {
        code: 'cloud_owned',
        conflicts: [{ cidr: '172.16.0.0/16' }, { cidr: '172.16.1.0/24' }],
      },
    });
    expect((await move('10.1.0.0/16', { cidr: '10.6.0.0/17' })).body['code']).toBe(
      'invalid_prefix_length',
    );
    expect((await move('10.1.0.0/16', { cidr: '10.6.0.0/16', vrf_id: 99 })).body['code']).toBe(
      'vrf_not_found',
    );
  });
});
