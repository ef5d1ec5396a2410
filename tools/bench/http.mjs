// `npm run bench -- http`: what requests cost beside a bare server (Fastify and the driver) that
// reads the same rows and answers the same JSON. Servers and databases are processes of their own,
// and rounds alternate, so that both meet the same moods of the machine.
import { join } from 'node:path';
import { parseCidr } from '@cloudpam/cidr';
import { loaded, Wire } from './http-load.mjs';
import { start, TOKEN } from './processes.mjs';
import { CHUNK, crowdedPool } from './synthetic.mjs';
import { median } from './timing.mjs';

const AUTHORIZED = { authorization: `Bearer ${TOKEN}` };
const [ROUNDS, ROUND_MS, CONNECTIONS] = [5, 1_500, 16];
/** Answers that the bare server keeps: they differ in size by what is asked. */
const ANSWERS = 100;

/** The requests that are compared. `bare` is what the bare server is asked; without it, the same bytes and one row. */
function reads({ ids }) {
  const id = (n) => ids[(n * 7_919) % ids.length];
  const get = (path) => ['GET', `/api/v1${path}`, { headers: AUTHORIZED }];
  const address = (n) => `10.${n % 4}.${(n * 7) % 256}.${(n * 16) % 48}`;
  return {
    'pool with utilization': {
      ask: (n) => get(`/pools/${id(n)}`),
      bare: (n) => `/pools/${id(n)}`,
    },
    'list of 50': { ask: () => get('/pools?page_size=50'), bare: () => '/pools' },
    'list of 50: children of a pool': {
      ask: () => get(`/pools?parent_id=${ids[1]}&page_size=50`),
      bare: () => `/pools?parent_id=${ids[1]}`,
    },
    'list: pools around an address': { ask: (n) => get(`/pools?cidr_contains=${address(n)}`) },
    'list: part of a name': { ask: (n) => get(`/pools?q=vpc-${n % 10}&page_size=50`) },
    'tree: one level': { ask: () => get(`/pools/${ids[1]}/tree?depth=1`) },
    'search: an address': { ask: (n) => get(`/search?q=${address(n)}`) },
    'search: part of a name': { ask: (n) => get(`/search?q=subnet-${n % 100}`) },
    'pool that the client has: 304': {
      ask: () => get(`/pools/${ids[1]}`),
      known: true,
      bare: () => `/pools/${ids[1]}`,
    },
    'list of 50 that the client has: 304': {
      ask: () => get('/pools?page_size=50'),
      known: true,
      bare: () => '/pools',
    },
  };
}

/** Who allocates: how many clients, over how many processes, in a pool with so many children. */
const ALLOCATIONS = [
  [1, 1, 0, '20.0.0.0/10'],
  [64, 1, 0, '20.64.0.0/10'],
  [64, 1, 65_536, '21.0.0.0/10'],
  [64, 2, 0, '21.64.0.0/10'],
];
const ALLOCATING_MS = 4_000;

/** Prints what writes cost: of two processes there are two on one database. */
export async function benchWrites({ database, storage, heading, only, say }) {
  const rows = [];
  const cases = ALLOCATIONS.map(([clients, processes, children, cidr]) => ({
    title:
      `allocate: ${clients} client${clients === 1 ? '' : 's'}, ` +
      `${processes} process${processes === 1 ? '' : 'es'}, ${count(children)} siblings`,
    clients,
    processes,
    children,
    cidr,
  })).filter(({ title }) => only?.test(title) ?? true);
  for (const { title, clients, processes, children, cidr } of cases) {
    const parent = await crowded(storage, children, cidr);
    const servers = await Promise.all(
      Array.from({ length: processes }, () => startProduct(database)),
    );
    try {
      const ask = (n) => [
        'POST',
        `/api/v1/pools/${parent}/allocations`,
        { headers: AUTHORIZED, body: { name: `a${n}`, prefix_length: 28 } },
      ];
      const ports = servers.map(({ port }) => port);
      const load = { connections: clients, expected: [201] };
      const first = await loaded(ports, ask, { ...load, ms: 1_000 });
      const { perSecond, took } = await loaded(ports, ask, { ...load, ms: ALLOCATING_MS });
      await checkBlocks(storage, parent, children + first.took.length + took.length);
      const at = (share) => took[Math.floor(took.length * share)].toFixed(1);
      rows.push([title, count(perSecond), at(0.5), at(0.99)]);
      say(`${title}: ${rows.at(-1).slice(1).join(', ')}`);
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
    }
  }
  const cells = [
    ['', 'a second', 'p50, ms', 'p99, ms'],
    ['---', ...Array(3).fill('---:')],
    ...rows,
  ];
  console.log(`### Allocation over HTTP, ${heading}\n`);
  console.log(`${cells.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`);
}

/** A pool with so many children; its id. */
async function crowded({ unitOfWork }, size, cidr) {
  return unitOfWork.run(async ({ pools }) => {
    const all = crowdedPool(await pools.reserveIds(size + 1), 1, parseCidr(cidr), size);
    for (let start = 0; start < all.length; start += CHUNK)
      await pools.insert(all.slice(start, start + CHUNK));
    return all[0].id;
  });
}

/** That the pool has so many children, none of which shares addresses with another, and no hole. */
async function checkBlocks({ unitOfWork }, parentId, expected) {
  await unitOfWork.read(async ({ pools }) => {
    const parent = await pools.get(parentId);
    let [after, found, end] = [undefined, 0, parent.cidr.first];
    do {
      const page = { sort: [{ field: 'cidr', descending: false }], size: 5_000, after };
      const { items, nextCursor } = await pools.list({ parentId }, page);
      for (const { cidr } of items) {
        if (cidr.first < end) throw new Error('two blocks share addresses');
        end = cidr.last + 1n;
      }
      found += items.length;
      after = nextCursor ?? undefined;
    } while (after !== undefined);
    if (found !== expected) throw new Error(`${found} blocks of ${expected}`);
    const [free] = await pools.freeBlocks(parentId, { order: 'address', limit: 1 });
    // All holes before the last block are filled as long as there were none at the beginning.
    if (found < 60_000 && free.first < end) throw new Error('a hole was left');
  });
}

/** Prints the table of one database that holds the pools of `ids`. `only` picks rows. */
export async function benchHttp({ database, loaded: tree, heading, only, say }) {
  const product = await startProduct(database);
  const bare = await start(join(import.meta.dirname, 'bare-server.mjs'), [database.url]);
  const rows = [];
  try {
    const cases = Object.entries(reads(tree)).filter(([title]) => only?.test(title) ?? true);
    for (const [title, { ask: asked, bare: bareAsk, known = false }] of cases) {
      const ask = known ? await withTag(product, asked) : asked;
      const expected = known ? [304] : [200];
      const askBare = bareAsk
        ? (n) => ['GET', bareAsk(n)]
        : await bytesOf(product, bare, title, ask, tree.ids);
      const [ours, theirs, waits, processor] = [[], [], [], []];
      for (let round = 0; round <= ROUNDS; round++) {
        const load = { connections: CONNECTIONS, ms: ROUND_MS };
        const mine = await product.used(() => loaded([product.port], ask, { ...load, expected }));
        const other = await bare.used(() => loaded([bare.port], askBare, load));
        if (round === 0) continue; // it warms up
        ours.push(mine.perSecond);
        theirs.push(other.perSecond);
        waits.push(...mine.took);
        processor.push([mine.used, other.used]);
      }
      const ratios = ours.map((rate, at) => rate / theirs[at]);
      const sorted = waits.sort((a, b) => a - b);
      rows.push([
        title,
        count(median(ours)),
        count(median(theirs)),
        `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
        sorted[Math.floor(sorted.length * 0.99)].toFixed(1),
        ...[0, 1].map((at) => median(processor.map((pair) => pair[at])).toFixed(0)),
        median(processor.map(([mine, other]) => other / mine)).toFixed(2),
      ]);
      say(`${title}: ${rows.at(-1).slice(1).join(', ')}`);
    }
  } finally {
    await Promise.all([product.stop(), bare.stop()]);
  }
  const cells = [
    ['', 'a second', 'bare, a second', 'ratio', 'p99, ms', 'processor, us', 'bare, us', 'ratio'],
    ['---', ...Array(7).fill('---:')],
    ...rows,
  ];
  console.log(`### HTTP, ${heading}, ${CONNECTIONS} connections\n`);
  console.log(`${cells.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`);
}

/** The request of somebody who has the answer. */
async function withTag(product, ask) {
  const wire = new Wire(product.port);
  const [method, path, { headers }] = ask(0);
  const { head } = await wire.send(method, path, { headers });
  wire.close();
  const [, tag] = /\netag: (.*)\r/i.exec(`${head}\r`);
  return () => [method, path, { headers: { ...headers, 'if-none-match': tag } }];
}

/** Lets the bare server keep answers of the product; each is asked for with one row that it reads. */
async function bytesOf(product, bare, title, ask, ids) {
  const name = title.replace(/\W+/g, '-');
  const [from, to] = [new Wire(product.port), new Wire(bare.port)];
  for (let n = 0; n < ANSWERS; n++) {
    const { status, body } = await from.send(...ask(n));
    if (status !== 200) throw new Error(`${title}: ${status} ${body}`);
    await to.send('POST', `/bytes/${name}-${n}`, { body: JSON.parse(body) });
  }
  from.close();
  to.close();
  return (n) => ['GET', `/bytes/${name}-${n % ANSWERS}/${ids[(n * 7_919) % ids.length]}`];
}

function startProduct(database) {
  return start(join(import.meta.dirname, '../../apps/api/dist/main.js'), [], {
    PORT: '0',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'error',
    RATE_LIMIT_RPS: '0',
    DATABASE_URL: database.url,
    CLOUDPAM_BOOTSTRAP_TOKEN: TOKEN,
    DISCOVERY_POLICY: 'observe',
  });
}

function count(value) {
  return Math.round(value).toLocaleString('en');
}
