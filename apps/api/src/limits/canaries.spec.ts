import { reaches, type Reach } from '@cloudpam/audit';
import { parseCidr } from '@cloudpam/cidr';
import { openApiDocument } from '../openapi-document';
import { Prepared, type Json } from '../prepared.fixture';
import { draws, type Draw } from './draws.fixture';

const CASES = Number(process.env['CANARY_CASES'] ?? 3);
const SEED = Number(process.env['CANARY_SEED'] ?? 1);
/** An id that nothing has. */
const UNKNOWN = 987_654_321;

interface Case {
  readonly server: Prepared;
  readonly as: string;
  /** What must stand in no answer. */
  readonly canaries: readonly string[];
  /** By the first part of the path below `/api/v1`, then by whether the caller sees it. */
  readonly ids: Readonly<Record<string, { readonly seen: readonly number[]; readonly hidden: readonly number[] }>>;
  readonly account: number;
}
type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** A random estate of two accounts, with a name of its own for everything, and a token that is limited to a part of it. */
async function estate(draw: Draw): Promise<Case> {
  const server = await Prepared.open();
  const named = new Map<string, boolean>();
  let count = 0;
  const canary = (): string => `canary-${(count += 1)}-${draw.below(1e9)}-end`;
  const mine = await server.account('auto');
  const hiddenAccount = canary();
  const theirs = await server.made('/accounts', { name: hiddenAccount, provider: 'aws', external_id: '222222222222' });
  const hiddenVrf = canary();
  const vrf = await server.made('/vrfs', { name: hiddenVrf });
  const hiddenVlan = canary();
  const vlan = await server.made('/vlans', { vid: 9, name: hiddenVlan });
  const owner = (): number | null => draw.of([mine, theirs, null]);
  const places = ['10.0.0.0/8', '10.1.0.0/16', '10.2.0.0/16', '10.1.16.0/20', '10.2.32.0/20', '172.16.0.0/15', '172.16.7.0/24', '172.16.1.0/24'];
  const pools: { id: number; cidr: string; account: number | null; names: string[] }[] = [];
  for (const cidr of [...places, ...Array.from({ length: 6 }, () => `10.${1 + draw.below(2)}.${16 * draw.below(4)}.${32 * draw.below(8)}/27`)]) {
    if (pools.some((each) => each.cidr === cidr)) continue;
    // Planned for one account, used by the other: that is told in the reasons of resources.
    const [account, names] = [cidr === '172.16.1.0/24' ? theirs : owner(), [canary(), canary(), canary()]];
    const [name, description, tag] = names;
    const rules = draw.below(3) === 0 ? { rules: { required_tags: [tag] } } : {};
    const { status, body } = await server.send('POST', '/pools', { name, cidr, account_id: account, description, tags: { team: tag }, ...rules });
    if (status === 201) pools.push({ id: Number(body['id']), cidr, account, names });
  }
  await server.made('/pools', { name: hiddenVrf, cidr: '10.0.0.0/8', vrf_id: vrf, account_id: theirs, vlan_id: vlan });
  await server.discover(['172.16.1.0/24', '172.16.2.0/24']);
  const listing = server.listing(['172.16.3.0/24', '172.20.4.0/24']);
  const found = canary();
  const text = JSON.stringify(listing).replaceAll('111111111111', '222222222222').replaceAll('vpc-1', `vpc-${found}`).replaceAll('subnet-', `subnet-${found}-`);
  await server.send('POST', '/discovery', JSON.parse(text) as Json);
  // Discovery has given pools of no account to the account that uses them.
  const now = (await server.send('GET', '/pools?page_size=500')).body['items'] as Json[];
  for (const pool of pools) pool.account = now.find(({ id }) => id === pool.id)?.['account_id'] as number | null;
  const [byAccount, byPool] = draw.of([[true, false], [true, false], [false, true], [true, true]]);
  const top = draw.of(pools);
  const reach: Reach = {
    accountIds: byAccount ? [mine] : null, under: byPool ? [{ vrfId: 1, cidr: parseCidr(top.cidr), kind: 'container' }] : null,
  };
  const seen = ({ cidr, account }: { cidr: string; account: number | null }): boolean => reaches(reach, { vrfId: 1, cidr: parseCidr(cidr), kind: 'container', accountId: account });
  for (const pool of pools) for (const name of pool.names) named.set(name, seen(pool));
  const { body } = await server.send('POST', '/tokens', { name: 'limited', role: 'editor', accounts: byAccount ? ['aws:111111111111'] : null, pools: byPool ? [top.id] : null });
  const all = async (url: string, token?: string): Promise<number[]> => {
    const { body: list } = await server.send('GET', `${url}?page_size=500`, undefined, token);
    return (list['items'] as Json[]).map(({ id }) => Number(id));
  };
  const as = String(body['secret']);
  const ids: Record<string, { seen: number[]; hidden: number[] }> = {};
  for (const [part, url] of [['pools', '/pools'], ['accounts', '/accounts'], ['vrfs', '/vrfs'], ['vlans', '/vlans'], ['resources', '/discovery/resources'], ['networks', '/discovery/networks']] as const) {
    const within = await all(url, as);
    ids[part] = { seen: within, hidden: (await all(url)).filter((id) => !within.includes(id)) };
  }
  for (const pool of pools) expect([pool, ids['pools']?.seen.includes(pool.id)]).toEqual([pool, seen(pool)]);
  const always = [hiddenVrf, hiddenVlan, ...ids['accounts']?.hidden.includes(theirs) ? [hiddenAccount] : []];
  const resources = (await server.send('GET', '/discovery/resources', undefined, as)).body['items'] as Json[];
  const reported = resources.some((each) => String(each['external_id']).includes(found)) ? [] : [found];
  return { server, as, ids, account: mine, canaries: [...always, ...reported, ...[...named].filter(([, isSeen]) => !isSeen).map(([name]) => name)] };
}

/** What a route is asked besides what stands in its path. */
const QUERIES: Readonly<Record<string, string>> = {
  '/api/v1/search': 'q=canary', '/api/v1/pools/{id}/blocks': 'new_prefix_len=24', '/api/v1/pools': 'q=canary', '/api/v1/audit': 'page_size=200',
};

/** Bodies that a route takes, with an id of what it names. */
function bodiesOf(method: Method, path: string, { account }: Case): (Json | undefined)[] {
  const more = { account_id: account };
  const bodies: Record<string, Json[]> = {
    'POST /api/v1/pools': [{ name: 'x', cidr: '10.0.0.0/12', ...more }, { name: 'x', cidr: '10.1.16.0/27', ...more }, { name: 'x', cidr: '10.2.0.0/16', ...more }, { name: 'x', cidr: '172.16.3.0/26', ...more }],
    'POST /api/v1/pools/bulk': [{ items: [{ name: 'x', cidr: '10.2.0.0/16', ...more }, { name: 'y', cidr: '10.1.0.0/16', ...more }] }],
    'PATCH /api/v1/pools/{id}': [{ name: 'renamed' }, { cidr: '10.0.0.0/9' }, { kind: 'subnet' }, { rules: { required_tags: ['x'] } }, { account_id: account }],
    'POST /api/v1/pools/{id}/allocations': [{ name: 'x', prefix_length: 28, ...more }, { name: 'x', prefix_length: 9 }],
    'POST /api/v1/allocations': [{ name: 'x', prefix_length: 28, ...more, selector: {} }],
    'POST /api/v1/pools/{id}/split': [{ prefix_length: 28 }, { prefix_length: 17 }], 'POST /api/v1/pools/{id}/move': [{ cidr: '10.2.0.0/16' }, { cidr: '10.99.0.0/16', with_children: true }],
    'POST /api/v1/discovery/trigger': [more],
  };
  return bodies[`${method} ${path}`] ?? [method === 'POST' || method === 'PATCH' ? {} : undefined];
}

describe('no canary of what is hidden', () => {
  it.each(Array.from({ length: CASES }, (_, at) => SEED + at))('stands in any answer of any route, by seed %i', async (seed) => {
    const draw = draws(seed);
    const it = await estate(draw);
    const { server, as, canaries } = it;
    const ask = async (method: Method, url: string, body: Json | undefined): Promise<string> => {
      const answer = await server.app.inject({ method, url, headers: { authorization: `Bearer ${as}` }, ...body === undefined ? {} : { payload: body } });
      const told = `${JSON.stringify(answer.headers)} ${answer.body}`;
      expect([method, url, body, answer.statusCode < 500, canaries.filter((each) => told.includes(each))]).toEqual([method, url, body, true, []]);
      return `${answer.statusCode} ${answer.body.replaceAll(/"request_id":"[^"]*"/g, '')}`;
    };
    expect(canaries.length).toBeGreaterThan(3);
    const routes = Object.entries(openApiDocument(server.app).paths).flatMap(([path, item]) => (['get', 'post', 'patch', 'delete'] as const)
      .filter((method) => item[method]).map((method) => ({ path, method: method.toUpperCase() as Method })));
    expect(routes.length).toBeGreaterThan(45);
    for (const dry of ['dry_run=true', '']) {
      for (const { path, method } of routes.filter(({ path: each }) => !each.includes('/auth/'))) {
        const query = [QUERIES[path] ?? '', method === 'GET' ? '' : dry].filter(Boolean).join('&');
        const at = (id: number): string => `${path.replace('{id}', String(id))}${query === '' ? '' : `?${query}`}`;
        const known = path.includes('{id}') ? it.ids[path.split('/').at(path.split('/').indexOf('{id}') - 1) ?? ''] : undefined;
        for (const body of bodiesOf(method, path, it)) {
          if (!known) {
            await ask(method, at(UNKNOWN), body);
            continue;
          }
          for (const id of known.seen.slice(0, 6)) await ask(method, at(id), body);
          const unknown = (await ask(method, at(UNKNOWN), body)).replaceAll(String(UNKNOWN), 'ID');
          for (const id of known.hidden.slice(0, 4)) {
            const answer = await ask(method, at(id), body);
            expect([method, path, body, answer.replaceAll(new RegExp(`(?<=[/ ])${id}\\b`, 'g'), 'ID')]).toEqual([method, path, body, unknown]);
          }
        }
      }
    }
    await server.app.close();
  });
});
