import { Prepared } from '../prepared.fixture';

describe('the ETag of an answer', () => {
  let server: Prepared;
  let pool: number;

  beforeAll(async () => {
    server = await Prepared.open();
    pool = await server.pool('10.0.0.0/8');
  });
  afterAll(() => server.close());

  const get = (url: string, headers: Readonly<Record<string, string>> = {}) =>
    server.app.inject({
      method: 'GET',
      url: `/api/v1${url}`,
      headers: { authorization: `Bearer ${server.token}`, ...headers },
    });
  const tagOf = async (url: string): Promise<string> => String((await get(url)).headers['etag']);

  it.each([
    ['one resource', () => `/pools/${pool}`],
    ['a list', () => '/pools?page_size=5'],
    ['a list of nothing', () => '/pools?q=nothing'],
  ])('gets 304 without a body to who has it already: %s', async (_, url) => {
    const tag = await tagOf(url());
    const again = await get(url(), { 'if-none-match': `"other", W/${tag}` });
    expect([again.statusCode, again.body, again.headers['etag']]).toEqual([304, '', tag]);
    expect((await get(url(), { 'if-none-match': '"other"' })).statusCode).toBe(200);
  });

  it('is that of the answer to a HEAD, too, and any is meant by *', async () => {
    const headed = (headers: Readonly<Record<string, string>>) =>
      server.app.inject({
        method: 'HEAD',
        url: `/api/v1/pools/${pool}`,
        headers: { authorization: `Bearer ${server.token}`, ...headers },
      });
    const tag = await tagOf(`/pools/${pool}`);
    expect((await headed({})).headers['etag']).toBe(tag);
    const known = await headed({ 'if-none-match': tag });
    expect([known.statusCode, known.body, known.headers['etag']]).toEqual([304, '', tag]);
    expect((await get('/pools', { 'if-none-match': '*' })).statusCode).toBe(304);
  });

  it('is another one as soon as the answer is, though the version is not', async () => {
    const before = await get(`/pools/${pool}`);
    await server.made(`/pools/${pool}/allocations`, { name: 'child', prefix_length: 24 });
    const after = await get(`/pools/${pool}`, { 'if-none-match': String(before.headers['etag']) });
    expect(after.statusCode).toBe(200);
    expect(after.json<{ version: number }>().version).toBe(
      before.json<{ version: number }>().version,
    );
  });

  it('is taken as If-Match, whatever of the answer is not the version', async () => {
    const tag = await tagOf(`/pools/${pool}`);
    await server.made(`/pools/${pool}/allocations`, { name: 'child', prefix_length: 24 });
    const patch = (): Promise<{ statusCode: number }> =>
      server.app.inject({
        method: 'PATCH',
        url: `/api/v1/pools/${pool}`,
        headers: { authorization: `Bearer ${server.token}`, 'if-match': tag },
        payload: { name: 'renamed' },
      });
    expect((await patch()).statusCode).toBe(200);
    expect((await patch()).statusCode).toBe(412);
  });

  it('is not given to what no cache may keep', async () => {
    for (const url of ['/tokens', '/%74okens', '/me']) {
      const { headers } = await get(url);
      expect([headers['etag'], headers['cache-control']]).toEqual([undefined, 'no-store']);
    }
    expect((await get(`/pools/${pool}`)).headers['cache-control']).toBe('private, no-cache');
  });
});
