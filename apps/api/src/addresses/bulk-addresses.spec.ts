import { Prepared, type Json } from '../prepared.fixture';

describe('many addresses at once', () => {
  let server: Prepared;
  let ids: number[];
  beforeEach(async () => {
    server = await Prepared.open();
    await server.pool('10.0.0.0/24');
    await server.pool('10.0.1.0/24', { rules: { quarantine_days: 7 } });
    ids = [];
    for (const address of ['10.0.0.5', '10.0.1.5', '10.0.0.6', '192.0.2.1'])
      ids.push(await server.made('/addresses', { address }));
  });
  afterEach(() => server.close());

  const bulk = (body: Json, query = '') => server.send('POST', `/addresses/bulk${query}`, body);
  const used = async (): Promise<unknown[]> => {
    const { items } = (await server.send('GET', '/pools?sort=cidr')).body;
    return (items as { utilization: { used: string } }[]).map(
      ({ utilization }) => utilization.used,
    );
  };

  it('are changed, each with an entry, and those that are so already without one', async () => {
    const [first] = ids;
    await server.send('PATCH', `/addresses/${first}`, { status: 'deprecated' });
    const entries = (await server.entries()).length;
    const { status, body } = await bulk({ ids, action: 'update', set: { status: 'deprecated' } });
    expect(status).toBe(200);
    expect(
      (body['items'] as Json[]).map((each) => [each['id'], each['status'], each['version']]),
    ).toEqual(ids.map((id) => [id, 'deprecated', 2]));
    expect((await server.entries()).length).toBe(entries + 3);
  });

  it('are given back, and their pools tell so', async () => {
    expect(await used()).toEqual(['2', '1']);
    const { body } = await bulk({ ids, action: 'delete' });
    expect((body['items'] as Json[]).map(({ id }) => id)).toEqual(ids);
    expect(await used()).toEqual(['0', '0']);
    expect((await server.send('GET', '/addresses')).body['total']).toBe(0);
    const { items } = (await server.send('GET', '/ranges')).body;
    expect(items).toMatchObject([{ start_address: '10.0.1.5', purpose: 'quarantine' }]);
  });

  it('are all as they were after a dry run, and where one is not there', async () => {
    const before = [await used(), (await server.entries()).length];
    expect((await bulk({ ids, action: 'delete' }, '?dry_run=true')).status).toBe(200);
    for (const body of [
      { ids: [...ids, 999], action: 'delete' },
      { ids: [999, ...ids], action: 'update', set: { name: 'a' } },
    ]) {
      const refused = await bulk(body);
      expect([refused.status, refused.body['code']]).toEqual([404, 'address_not_found']);
    }
    expect([await used(), (await server.entries()).length]).toEqual(before);
  });

  it.each([
    [{ ids: [1], action: 'update' }, 'set'],
    [{ ids: [1], action: 'delete', set: { name: 'a' } }, 'set'],
    [{ ids: [1, 2], action: 'update', set: { mac: '02:00:5e:00:53:01' } }, 'mac'],
    [{ ids: [], action: 'delete' }, 'ids'],
    [{ ids: [1, 1], action: 'delete' }, 'ids'],
  ])('are refused for %j', async (body, field) => {
    const { status, body: problem } = await bulk(body);
    expect(status).toBe(400);
    expect(JSON.stringify(problem)).toContain(field);
  });
});
