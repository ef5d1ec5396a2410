import { setTimeout as sleep } from 'node:timers/promises';
import { Prepared, type Json } from '../prepared.fixture';

describe('the past of the pools over HTTP', () => {
  let server: Prepared;
  let then: string;
  const ids: number[] = [];
  const get = async (url: string): Promise<Json> => {
    const { status, body } = await server.send('GET', url);
    expect([url, status, body['detail']]).toEqual([url, 200, undefined]);
    return body;
  };
  const past = async (query = ''): Promise<string[]> =>
    ((await get(`/pools/past?at=${then}${query}`))['items'] as Json[]).map((pool) =>
      String(pool['cidr']),
    );

  beforeAll(async () => {
    server = await Prepared.open();
    const vrf = await server.made('/vrfs', { name: 'lab' });
    ids.push(
      await server.pool('10.0.0.0/8', { name: 'Corp' }),
      await server.pool('10.1.0.0/16', { tags: { env: 'prod' }, region: 'eu-west-1' }),
      await server.pool('10.0.0.0/16', { vrf_id: vrf, kind: 'vpc' }),
    );
    await sleep(5);
    then = new Date().toISOString();
    await sleep(5);
    await server.pool('10.0.0.0/12');
    await server.send('PATCH', `/pools/${ids[1] ?? 0}`, { name: 'renamed', tags: {} });
    await server.send('DELETE', `/pools/${ids[0] ?? 0}`);
  });
  afterAll(() => server.app.close());

  it('is the tree as it was, parents included', async () => {
    const {
      items,
      total,
      next_cursor: next,
    } = (await get(`/pools/past?at=${then}`)) as {
      items: Json[];
      total: number;
      next_cursor: null;
    };
    expect([
      items.map((pool) => [pool['cidr'], pool['name'], pool['parent_id'], pool['tags']]),
      total,
      next,
    ]).toEqual([
      [
        ['10.0.0.0/8', 'Corp', null, {}],
        ['10.0.0.0/16', '10.0.0.0/16', null, {}],
        ['10.1.0.0/16', '10.1.0.0/16', ids[0], { env: 'prod' }],
      ],
      3,
      null,
    ]);
    expect(await get('/pools/past?at=2020-01-01T00:00:00Z')).toMatchObject({ items: [], total: 0 });
  });

  it('answers the filters of the list', async () => {
    expect(await past('&vrf_id=1')).toEqual(['10.0.0.0/8', '10.1.0.0/16']);
    expect(await past('&kind=vpc')).toEqual(['10.0.0.0/16']);
    expect(await past('&cidr_within=10.0.0.0/9')).toEqual(['10.0.0.0/16', '10.1.0.0/16']);
    expect(await past('&cidr_contains=10.1.2.3')).toEqual(['10.0.0.0/8', '10.1.0.0/16']);
    expect(await past('&q=cOrP')).toEqual(['10.0.0.0/8']);
    expect(await past('&tag=env:prod&status=active&source=manual&region=eu-west-1')).toEqual([
      '10.1.0.0/16',
    ]);
    expect(await past(`&parent_id=${ids[0] ?? 0}`)).toEqual(['10.1.0.0/16']);
    expect(await past('&parent_id=null')).toEqual(['10.0.0.0/8', '10.0.0.0/16']);
    expect(await past('&account_id=77')).toEqual([]);
  });

  it('is paged by cursor', async () => {
    const first = await get(`/pools/past?at=${then}&page_size=2`);
    const second = await get(
      `/pools/past?at=${then}&page_size=2&cursor=${String(first['next_cursor'])}`,
    );
    expect([
      (first['items'] as Json[]).length,
      (second['items'] as Json[]).map((pool) => pool['cidr']),
      second['next_cursor'],
    ]).toEqual([2, ['10.1.0.0/16'], null]);
  });

  it.each(['sort=name', 'sort=-cidr', 'page=2', 'cursor=99999', 'at=soon'])(
    'refuses %s, saying why',
    async (query) => {
      const { status, body } = await server.send(
        'GET',
        `/pools/past?${query.startsWith('at=') ? '' : `at=${then}&`}${query}`,
      );
      expect([status, body['errors']]).toEqual([
        400,
        [expect.objectContaining({ field: query.split('=')[0] })],
      ]);
    },
  );

  it('refuses a time to come', async () => {
    expect(await server.send('GET', '/pools/past?at=2999-01-01T00:00:00Z')).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'at', detail: 'lies in the future' }] },
    });
  });

  it('is what the parameter of the list gave before, which says where it went', async () => {
    const { app, token } = server;
    const answer = await app.inject({
      url: `/api/v1/pools?as_of=${then}&page_size=2&kind=container`,
      headers: { authorization: `Bearer ${token}` },
    });
    const now = await get(`/pools/past?at=${then}&page_size=2&kind=container`);
    expect(answer.json()).toEqual(now);
    expect(answer.headers['link']).toBe(
      `</api/v1/pools/past?at=${encodeURIComponent(then)}>; rel="successor-version"`,
    );
    expect(await server.send('GET', '/pools?as_of=soon')).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'as_of' }] },
    });
    expect(await server.send('GET', `/pools?as_of=${then}&sort=name`)).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'sort' }] },
    });
  });

  it('of one pool is what happened to it, newest first, also when it is gone', async () => {
    const { items, total } = (await get(`/pools/${ids[0] ?? 0}/history`)) as {
      items: Json[];
      total: number;
    };
    expect([
      items.map((each) => [each['action'], (each['state'] as Json | null)?.['name']]),
      total,
    ]).toEqual([
      [
        ['pool.delete', undefined],
        ['pool.create', 'Corp'],
      ],
      2,
    ]);
    const page = await get(`/pools/${ids[1] ?? 0}/history?page_size=1`);
    expect(page).toMatchObject({
      items: [
        {
          action: 'pool.update',
          state: { name: 'renamed', tags: {} },
          diff: { before: { tags: { env: 'prod' } } },
        },
      ],
      total: 2,
    });
    expect(
      await get(`/pools/${ids[1] ?? 0}/history?page_size=1&cursor=${String(page['next_cursor'])}`),
    ).toEqual({
      ...(await get(`/pools/${ids[1] ?? 0}/history?page_size=1&page=2`)),
      page: 1,
      next_cursor: null,
    });
    expect(await server.send('GET', '/pools/4711/history')).toMatchObject({
      status: 404,
      body: { code: 'pool_not_found' },
    });
  });
});
