import { formatCidr, nthSubnet, parseCidr } from '@cloudpam/cidr';
import { AUTHORIZED, startProduct } from '../processes.mjs';
import { table } from '../printed.mjs';
import { poolOf } from '../synthetic.mjs';
import { sent } from '../wire.mjs';
import { importing } from './imports.mjs';
import { load, once, pairs, startBare, timeRow, TIMES } from './pairs.mjs';

/** Addresses that nothing else has: those of the product, and as many octets later of the bare server. */
const OCTETS = 8;
const BLOCK = 28;
const CREATED = [
  ['create a pool: 1 client', 1, '24.0.0.0/12'],
  ['create a pool: 16 clients, each in its own parent', 16, '24.128.0.0/9'],
];
const BULK = 1_000;
const BULKS = parseCidr('25.0.0.0/12');

/** Prints what writes cost, beside a bare server that commits the same rows. */
export async function benchWrites({ database, storage, heading, only }) {
  const titles = (all) => all.filter(([title]) => only?.test(title) ?? true);
  const cases = titles([
    ...CREATED.map(([title, ...rest]) => [title, (bench) => creating(bench, ...rest)]),
    ['bulk create of 1,000', bulk],
    ['import of 10,000 subnets: first', (bench) => importing(bench, 'first')],
    ['import of 10,000 subnets: again', (bench) => importing(bench, 'again')],
  ]);
  if (cases.length === 0) return;
  const servers = {
    product: await startProduct(database, { DISCOVERY_POLICY: 'auto' }),
    bare: await startBare(database),
  };
  const rows = [];
  const accounts = { made: 0 };
  try {
    for (const [title, prepare] of cases) {
      const measure = await prepare({ title, storage, accounts, ...servers });
      rows.push(timeRow(await pairs(title, measuredQuietly(servers, measure))));
    }
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.stop()));
  }
  table(`Writes over HTTP, ${heading}`, TIMES, rows);
}

/** The product seals its log before the bare server is measured, and does nothing meanwhile. */
function measuredQuietly({ product }, { product: mine, bare: other, between }) {
  return async (name, round) => {
    await product.quiet();
    if (name === 'product') return mine(round);
    await between?.(round);
    await product.quiet();
    return product.paused(() => other(round));
  };
}

/** Pools without children, by their blocks; their ids. */
async function parents({ unitOfWork }, cidrs) {
  return unitOfWork.run(async ({ pools }) => {
    const ids = await pools.reserveIds(cidrs.length);
    await pools.insert(cidrs.map((cidr, at) => poolOf(ids[at], 1, null, cidr, 'container')));
    return ids;
  });
}

/** Each client creates one /28 after the other in a pool whose free blocks are known. */
async function creating({ title, storage, product, bare }, connections, text) {
  const around = parseCidr(text);
  const length = around.prefixLength + Math.log2(connections);
  const mine = Array.from({ length: connections }, (_, at) =>
    nthSubnet(around, length, BigInt(at)),
  );
  const ids = await parents(storage, [...mine, ...mine.map(later)]);
  const post = (path, body) => ['POST', `/api/v1${path}`, { headers: AUTHORIZED, body }];
  const nameOf = (at) => `${connections}-${at}`;
  for (const [at, id] of ids.entries()) {
    const [method, path, options] = post(`/pools/${id}/allocations`, {
      name: 'a',
      prefix_length: BLOCK,
    });
    const { body } = await sent(product, method, path, { ...options, expected: 201 });
    if (at < connections) continue;
    const [pool] = JSON.parse(body).items;
    const kept = { parent: id, pool: pool.id, text: JSON.stringify(pool) };
    await sent(bare, 'PUT', `/blocks/${nameOf(at - connections)}`, { body: kept });
  }
  const block = (n) =>
    nthSubnet(mine[n % connections], BLOCK, BigInt(1 + Math.floor(n / connections)));
  let next = 0;
  const ask = () => {
    const n = next++;
    const cidr = formatCidr(block(n));
    return post('/pools', { name: `created-${n}`, cidr, kind: 'subnet' });
  };
  const askBare = (n) => [
    'POST',
    `/blocks/${nameOf(n % connections)}`,
    { body: { name: `created-${n}`, cidr: formatCidr(block(n)), kind: 'subnet' } },
  ];
  const options = { connections, expected: 201 };
  return {
    product: () => load(title, product, ask, options),
    bare: () => load(title, bare, askBare, options),
  };
}

/** Each round creates 1,000 /28 in a pool that has none. */
async function bulk({ title, storage, product, bare }) {
  const request = (round) => ({
    items: Array.from({ length: BULK }, (_, n) => ({
      name: `bulk-${n}`,
      cidr: formatCidr(nthSubnet(nthSubnet(BULKS, 18, BigInt(round)), BLOCK, BigInt(n))),
      kind: 'subnet',
    })),
  });
  let answer;
  let parent;
  return {
    async product(round) {
      const mine = nthSubnet(BULKS, 18, BigInt(round));
      [parent] = await parents(storage, [mine]);
      const ask = ['POST', '/api/v1/pools/bulk', { headers: AUTHORIZED, body: request(round) }];
      answer = await once(title, product, ask);
      return answer;
    },
    async between(round) {
      const [copy] = await parents(storage, [later(nthSubnet(BULKS, 18, BigInt(round)))]);
      const children = `select id from pool where parent_id = ${parent}`;
      const body = {
        conditions: {
          pool: `parent_id = ${parent}`,
          audit_entry: `entity_type = 'pool' and entity_id in (${children.replace('id', 'cast(id as text)')})`,
        },
        octets: OCTETS,
        parents: { [parent]: copy },
        text: String(answer.body),
      };
      await sent(bare, 'PUT', '/copies', { body });
    },
    bare: (round) => once(title, bare, ['POST', '/copies', { body: request(round) }]),
  };
}

/** The block of the bare server that stands for one of the product. */
function later(cidr) {
  return parseCidr(formatCidr(cidr).replace(/^\d+/, (octet) => String(Number(octet) + OCTETS)));
}
