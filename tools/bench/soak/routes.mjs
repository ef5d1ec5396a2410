import { formatCidr, nthSubnet, parseCidr } from '@cloudpam/cidr';
import { asOf } from '../history.mjs';
import { Scopes } from './scopes.mjs';

const CREATED = parseCidr('60.0.0.0/10');
const ALLOCATED = parseCidr('61.0.0.0/10');
const BLOCK = 28;

/**
 * What is asked, by title: how often (a weight), and a call that gives the answer. What writes make,
 * others take away again, so that there is as much in the end as there was.
 */
export async function routesOf(server, { ids }, random) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const number = (below) => Math.floor(random() * below);
  const get = (path, options) => server.send('GET', path, options);
  const post = (path, body) => server.send('POST', path, { body });
  const address = () => `10.${number(4)}.${number(256)}.${number(48)}`;
  const parents = [];
  for (const cidr of [CREATED, ALLOCATED]) {
    const body = { name: 'soak', cidr: formatCidr(cidr), kind: 'container' };
    parents.push((await post('/pools', body)).json.id);
  }
  const scopes = new Scopes(post);
  /** Pools that nobody else deletes or asks for. */
  const made = [];
  const keep = async (answer, poolsOf) => {
    const told = await answer;
    if (told.status === 201) made.push(...poolsOf(told.json).map(({ id }) => id));
    return told;
  };
  let created = 0;
  return {
    'GET /pools/{id}': [30, () => get(`/pools/${pick(ids)}`)],
    'GET /pools/{id}, known': [
      4,
      async () => {
        const path = `/pools/${pick(ids)}`;
        const { etag } = await get(path);
        return get(path, { headers: { 'if-none-match': etag } });
      },
      [200, 304],
    ],
    'GET /pools': [6, () => get(`/pools?page_size=50&page=${1 + number(20)}`)],
    'GET /pools?parent_id=': [6, () => get(`/pools?parent_id=${pick(ids)}&page_size=50`)],
    'GET /pools?cidr_contains=': [6, () => get(`/pools?cidr_contains=${address()}`)],
    'GET /pools?q=': [4, () => get(`/pools?q=vpc-${number(100)}&page_size=50`)],
    'GET /pools?tag=&region=': [
      2,
      () => get(`/pools?tag=team:team-${number(50)}&region=region-${number(16)}`),
    ],
    'GET /search, address': [4, () => get(`/search?q=${address()}`)],
    'GET /search, name': [4, () => get(`/search?q=subnet-${number(1_000)}`)],
    'GET /pools/{id}/tree': [2, () => get(`/pools/${pick(ids)}/tree?depth=2`)],
    'GET /pools/{id}/free': [2, () => get(`/pools/${pick(ids)}/free`)],
    'GET /pools/{id}/history': [2, () => get(`/pools/${pick(ids)}/history`)],
    'GET /audit': [2, () => get('/audit?page_size=50')],
    'GET /audit?action=': [1, () => get('/audit?action=pool.update&page_size=50')],
    'GET /discovery/findings': [1, () => get('/discovery/findings')],
    'POST /pools': [
      6,
      () => {
        const cidr = formatCidr(nthSubnet(CREATED, BLOCK, BigInt(created++)));
        const body = { name: `created-${created}`, cidr, kind: 'subnet' };
        return keep(post('/pools', body), (pool) => [pool]);
      },
      [201],
    ],
    'POST /pools/{id}/allocations': [
      6,
      () =>
        keep(
          post(`/pools/${parents[1]}/allocations`, { name: 'a', prefix_length: BLOCK }),
          ({ items }) => items,
        ),
      [201],
    ],
    'PATCH /pools/{id}': [
      6,
      () =>
        server.send('PATCH', `/pools/${pick(ids)}`, {
          body: { description: `changed ${number(1e6)}` },
        }),
    ],
    'DELETE /pools/{id}': [
      12,
      () => {
        const id = made.pop();
        return id === undefined ? undefined : server.send('DELETE', `/pools/${id}`);
      },
    ],
    'POST /discovery': [2, () => scopes.deliver()],
  };
}

/** What is asked now and then: so many times in all. */
export function rareRoutesOf(server, { ids }) {
  let n = 0;
  return {
    'GET /pools?as_of=': [
      20,
      () => server.send('GET', `/pools?as_of=${asOf(1_000 * (n++ % 4), ids.length - 1)}`),
    ],
    'GET /export': [5, () => server.send('GET', '/export')],
  };
}
