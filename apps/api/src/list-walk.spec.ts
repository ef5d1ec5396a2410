import { openApiDocument } from './openapi-document';
import { Prepared, type Json } from './prepared.fixture';

/** What the walk sends beside size and cursor, where a list asks for more. */
const QUERIES: Readonly<Record<string, string>> = {
  '/api/v1/pools/past': '&at=NOW',
  '/api/v1/pools/{id}/addresses/past': '&at=NOW',
  '/api/v1/pools/{id}/blocks': '&new_prefix_len=11',
  '/api/v1/search': '&q=a',
};

/** What any list says of itself; the search goes on by `cursor` alone. */
const FRAME = ['items', 'total', 'total_is_estimate', 'next_cursor'];

interface Parameter {
  readonly name: string;
}
interface Page {
  readonly items: readonly Json[];
  readonly next_cursor: string | null;
}

describe('every list of the document that has pages', () => {
  let server: Prepared;
  let lists: { path: string; size: string; names: readonly string[] }[];
  let pool: number;
  /** Where the id of a list is not that of the pool. */
  const ids: Record<string, number> = {};

  beforeAll(async () => {
    server = await Prepared.open();
    pool = await server.pool('10.0.0.0/8', { name: 'a1' });
    for (const at of [1, 2, 3, 4]) {
      await server.made(`/pools/${pool}/ranges`, {
        start_address: `10.98.0.${at}`,
        end_address: `10.98.0.${at}`,
        name: `a${at}`,
      });
      await server.made('/addresses', { address: `10.99.0.${at}`, name: `a${at}` });
      await server.pool(`10.${at}.0.0/16`, { name: `a${at + 1}` });
      await server.made('/vrfs', { name: `a${at}` });
      await server.made('/vlan-groups', { name: `a${at}` });
      await server.made('/vlans', { name: `a${at}`, vid: at });
      await server.send('PUT', `/import/maps/a${at}`, { map: { vrf: 'lab' } });
      await server.made('/tokens', { name: `a${at}`, role: 'viewer' });
      ids['/api/v1/webhooks/{id}/deliveries'] = await server.webhook(`a${at}`);
      await server.digest(`a${at}`);
      await server.user(`u-${at}`);
      await server.heartbeat(`7d8f1d1e-2a52-4d52-9e27-6a6f0a5b3c1${at}`);
      const account = await server.made('/accounts', {
        name: `a${at}`,
        provider: 'gcp',
        external_id: `payments-${at}`,
        regions: [`region-${at}`],
      });
      await server.made('/discovery/trigger', { account_id: account });
      await server.send('PATCH', `/pools/${pool}`, { description: `changed ${at}` });
    }
    for (const length of [17, 18, 19])
      ids['/api/v1/pools/{id}/ancestors'] = await server.pool(`10.1.0.0/${length}`);
    for (const _ of [1, 2, 3]) ids['/api/v1/users/{id}/sessions'] = await server.user('u-1');
    await server.told(ids['/api/v1/webhooks/{id}/deliveries'] ?? 0, 4);
    const subnets = [1, 2, 3, 4].map((at) => `10.${at}.${at}.0/24`);
    for (const id of ['vpc-a', 'vpc-b', 'vpc-c']) await server.discover(subnets, id, id);
    await server.foretell([1, 2, 3, 4]);
    await server.observe([1, 2, 3, 4].map((at) => `10.9.0.${at}/32`));
    // What is gone is found.
    await server.discover([], 'vpc-d', 'vpc-d');
    lists = Object.entries(openApiDocument(server.app).paths).flatMap(([path, item]) => {
      const names = ((item.get?.parameters ?? []) as Parameter[]).map(({ name }) => name);
      const size = names.find((name) => name === 'page_size' || name === 'limit');
      return size === undefined ? [] : [{ path, size, names }];
    });
  });
  afterAll(() => server.close());

  const pages = async (path: string, size: string, of: number, filter = ''): Promise<Json[][]> => {
    const url = path.replace('/api/v1', '').replace('{id}', String(ids[path] ?? pool));
    const more = `${QUERIES[path] ?? ''}${filter}`.replace('NOW', new Date().toISOString());
    const found: Json[][] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const at: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { status, body } = await server.send('GET', `${url}?${size}=${of}${more}${at}`);
      expect([path, status]).toEqual([path, 200]);
      const page = body as unknown as Page;
      found.push([...(page.items ?? body['children'])]);
      cursor = page.next_cursor;
      if (found.length > 200) throw new Error(`${path} has no end`);
    }
    return found;
  };

  it('are all found, and take a cursor', () => {
    expect(lists.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/api/v1/audit', '/api/v1/tokens', '/api/v1/search']),
    );
    expect(lists.length).toBeGreaterThan(20);
  });

  it('give each entry once by cursor, whatever the size, and null only on the last page', async () => {
    // The tree is given again and again with what is on a page; its own spec proves it.
    // The providers are those of the settings, and one account is discovered.
    const walked = lists.filter(({ path }) => !/\/(tree|providers|status)$/.test(path));
    for (const { path, size } of walked) {
      const whole = (await pages(path, size, 100)).flat();
      expect([path, whole.length > 2]).toEqual([path, true]);
      for (const each of [1, 2]) {
        const found = await pages(path, size, each);
        expect([path, found.flat()]).toEqual([path, whole]);
        expect([path, found.slice(0, -1).filter((page) => page.length !== each)]).toEqual([
          path,
          [],
        ]);
      }
    }
  });

  it('have one shape, and all lists have it', () => {
    const { components, paths } = openApiDocument(server.app);
    const schemas = components?.schemas as unknown as Record<string, { properties?: Json }>; // of our classes
    for (const [path, item] of Object.entries(paths)) {
      const answer = JSON.stringify(item.get?.responses['200'] ?? '');
      const [, name = ''] = /"#\/components\/schemas\/(\w+)"/.exec(answer) ?? [];
      const fields = Object.keys(schemas[name]?.properties ?? {});
      if (!fields.includes('items')) continue;
      expect([path, fields]).toEqual([path, expect.arrayContaining(FRAME)]);
      const { names = [] } = lists.find((each) => each.path === path) ?? {};
      expect([path, names]).toEqual([path, expect.arrayContaining(['cursor'])]);
    }
  });

  it('of what has a name take exactly one', async () => {
    const named = lists.filter(({ names }) => names.includes('name')).map(({ path }) => path);
    for (const { path, size, names } of lists.filter((each) => each.names.includes('page'))) {
      const all = (await pages(path, size, 100)).flat();
      const name = all.find((each) => typeof each['name'] === 'string' && each['name'] !== '')?.[
        'name'
      ] as string | undefined;
      // Children, ancestors and forecasts are a part of the pools, which have the filter.
      expect([path, names.includes('name')]).toEqual([
        path,
        name !== undefined && !/\/(children|ancestors|forecasts)$/.test(path),
      ]);
      if (name === undefined || !named.includes(path)) continue;
      const found = (await pages(path, size, 100, `&name=${encodeURIComponent(name)}`)).flat();
      expect([path, found]).toEqual([path, all.filter((each) => each['name'] === name)]);
      const part = `&name=${encodeURIComponent(name.slice(0, -1))}`;
      expect([path, (await pages(path, size, 100, part)).flat()]).toEqual([path, []]);
    }
    expect(named.length).toBeGreaterThanOrEqual(11);
  });

  it('refuse the cursor of another list, size or filter, and that of no list', async () => {
    const { body } = await server.send('GET', '/vrfs?page_size=1');
    const cursor = encodeURIComponent(String(body['next_cursor']));
    for (const url of [
      `/vlans?page_size=1&cursor=${cursor}`,
      `/vrfs?page_size=2&cursor=${cursor}`,
      `/vrfs?page_size=1&q=a&cursor=${cursor}`,
      '/vrfs?cursor=2',
    ])
      expect([url, (await server.send('GET', url)).body['code']]).toEqual([url, 'invalid_cursor']);
    expect((await server.send('GET', `/vrfs?cursor=${cursor}&page_size=1`)).status).toBe(200);
  });
});
