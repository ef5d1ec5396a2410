import { Prepared, type Json } from '../prepared.fixture';

describe('an allocation with a key', () => {
  let server: Prepared;
  let root: number;

  beforeAll(async () => {
    server = await Prepared.open();
    root = await server.pool('10.0.0.0/16', { tags: { use: 'nets' } });
  });
  afterAll(() => server.app.close());

  const take = async (
    more: Json = {},
    url = `/pools/${root}/allocations`,
  ): Promise<[number, unknown, unknown]> => {
    const { status, body } = await server.send('POST', url, {
      name: 'net',
      prefix_length: 24,
      key: 'team/net',
      ...more,
    });
    const [pool] = (body['items'] ?? []) as Json[];
    return [
      status,
      pool?.['cidr'] ?? body['code'],
      pool?.['key'] ?? (body['errors'] as Json[] | undefined)?.[0]?.['field'],
    ];
  };

  it('is made once while its pool lives', async () => {
    expect(await take({}, `/pools/${root}/allocations?dry_run=true`)).toEqual([
      200,
      '10.0.0.0/24',
      'team/net',
    ]);
    expect(await take()).toEqual([201, '10.0.0.0/24', 'team/net']);
    expect(await take()).toEqual([200, '10.0.0.0/24', 'team/net']);
    expect(await take({ count: 1, strategy: 'first_fit' })).toEqual([
      200,
      '10.0.0.0/24',
      'team/net',
    ]);
    expect(await take({ prefix_length: 25 })).toEqual([409, 'key_in_use', 'key']);
    expect(await take({ key: 'other' })).toEqual([201, '10.0.1.0/24', 'other']);
    const { entries } = await server
      .send('GET', '/audit?action=pool.allocate')
      .then(({ body }) => body as unknown as { entries: Json[] });
    expect(entries).toHaveLength(2);
  });

  it('is found as long as the pool is there, and free afterwards', async () => {
    const { body } = await server.send('GET', '/pools?q=10.0.0.0/24');
    const id = Number((body['items'] as Json[]).find((each) => each['key'] === 'team/net')?.['id']);
    await server.send('PATCH', `/pools/${id}`, { name: 'renamed' });
    expect((await take())[0]).toBe(200);
    await server.send('DELETE', `/pools/${id}`);
    expect(await take({ prefix_length: 25 })).toEqual([201, '10.0.0.0/25', 'team/net']);
  });

  it('is unique in its VRF, and checked when a pool goes to another one', async () => {
    const lab = await server.made('/vrfs', { name: 'lab' });
    const there = await server.pool('10.0.0.0/16', { vrf_id: lab });
    expect(await take({}, `/pools/${there}/allocations`)).toEqual([201, '10.0.0.0/24', 'team/net']);
    const { body } = await server.send('GET', `/pools?vrf_id=${lab}&q=10.0.0.0/24`);
    const id = Number((body['items'] as Json[]).find((each) => each['key'] === 'team/net')?.['id']);
    expect(
      await server.send('POST', `/pools/${id}/move`, { cidr: '10.0.128.0/24', vrf_id: 1 }),
    ).toMatchObject({
      status: 409,
      body: { code: 'key_in_use' },
    });
  });

  it('is found by a selector, too', async () => {
    const selector = { tags: { use: 'nets' } };
    expect(await take({ selector, key: 'selected' }, '/allocations')).toEqual([
      201,
      '10.0.2.0/24',
      'selected',
    ]);
    expect(await take({ selector, key: 'selected' }, '/allocations')).toEqual([
      200,
      '10.0.2.0/24',
      'selected',
    ]);
    expect(await take({ selector, key: 'selected', name: 'else' }, '/allocations')).toEqual([
      409,
      'key_in_use',
      'key',
    ]);
  });

  it.each<[Json, number]>([
    [{ key: '' }, 400],
    [{ key: ' ' }, 400],
    [{ count: 2 }, 400],
    [{ key: 'x'.repeat(201) }, 400],
  ])('refuses %j', async (more, status) => {
    expect((await take(more))[0]).toBe(status);
  });
});
