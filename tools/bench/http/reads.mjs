import { AUTHORIZED, startProduct } from '../processes.mjs';
import { table } from '../printed.mjs';
import { sent } from '../wire.mjs';
import { load, pairs, rateRow, RATES, startBare } from './pairs.mjs';

const CONNECTIONS = 16;
/** Answers that the bare server keeps: they differ in size by what is asked. */
const ANSWERS = 100;
/** By how much the sizes of both answers may differ. */
const SAME_SIZE = 0.1;

/**
 * The requests that are compared. `bare` gives those to the bare server, which may be given first
 * what the product answers.
 */
function reads({ ids }) {
  const id = (n) => ids[(n * 7_919) % ids.length];
  const address = (n) => `10.${n % 4}.${(n * 7) % 256}.${(n * 16) % 48}`;
  return {
    'pool with utilization': { ask: (n) => `/pools/${id(n)}`, bare: at((n) => `/pools/${id(n)}`) },
    'list of 50': { ask: () => '/pools?page_size=50', bare: at(() => '/pools') },
    'list of 50, `parent_id`': {
      ask: () => `/pools?parent_id=${ids[1]}&page_size=50`,
      bare: at(() => `/pools?parent_id=${ids[1]}`),
    },
    'list, `cidr_contains`': {
      ask: (n) => `/pools?cidr_contains=${address(n)}`,
      bare: rowsOf('pages', ({ items }) => items),
    },
    'list of 50, `q`': {
      ask: (n) => `/pools?q=subnet-${1 + (n % 9)}&page_size=50`,
      bare: rowsOf('pages', ({ items }) => items),
    },
    'tree: one level': {
      ask: () => `/pools/${ids[1]}/tree?depth=1`,
      bare: rowsOf('trees', ({ children, ...pool }) => [pool, ...children]),
    },
    'search: an address': { ask: (n) => `/search?q=${address(n)}`, bare: bytes(id) },
    'search: part of a name': { ask: (n) => `/search?q=subnet-${n % 100}`, bare: bytes(id) },
    'pool that the client has: 304': {
      ask: () => `/pools/${ids[1]}`,
      bare: at(() => `/known/pools/${ids[1]}`),
      known: true,
    },
    'list of 50 that the client has: 304': {
      ask: () => '/pools?page_size=50',
      bare: at(() => '/known/pools'),
      known: true,
    },
  };
}

/** Prints what reads cost on a database that holds a tree of pools. `only` picks rows. */
export async function benchReads({ database, loaded: tree, heading, only }) {
  const cases = Object.entries(reads(tree)).filter(([title]) => only?.test(title) ?? true);
  if (cases.length === 0) return;
  const servers = { product: await startProduct(database), bare: await startBare(database) };
  const rows = [];
  try {
    await servers.product.quiet();
    for (const [title, { ask: path, bare: toBare, known = false }] of cases) {
      const asks = { product: (n) => ['GET', `/api/v1${path(n)}`, { headers: AUTHORIZED }] };
      asks.bare = await toBare({ title, ...servers, ask: asks.product });
      await checkSame(title, servers, asks);
      if (known)
        for (const name of Object.keys(asks)) asks[name] = await withTag(servers[name], asks[name]);
      const options = { connections: CONNECTIONS, expected: known ? 304 : 200 };
      const measured = await pairs(title, (name) =>
        load(title, servers[name], asks[name], options),
      );
      rows.push(rateRow(measured));
    }
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.stop()));
  }
  table(`Reads over HTTP, ${heading}, ${CONNECTIONS} connections`, RATES, rows);
}

/** Asks the bare server for a path of its own. */
function at(path) {
  return () => (n) => ['GET', path(n)];
}

/** Has the bare server read the rows of the pools that the product answers, and make the same of them. */
function rowsOf(route, poolsOf) {
  return async (given) => {
    const name = await keep(given, (text) => poolsOf(JSON.parse(text)).map(({ id }) => id));
    return (n) => ['GET', `/${route}/${name(n)}`];
  };
}

/** Has the bare server read one row by its key, and give the bytes that the product answers. */
function bytes(id) {
  return async (given) => {
    const name = await keep(given, (text) => ({ text }));
    return (n) => ['GET', `/bytes/${name(n)}/${id(n)}`];
  };
}

/** Gives the bare server what is made of answers of the product; by which names. */
async function keep({ title, product, bare, ask }, make) {
  const name = (n) => `${title.replace(/\W+/g, '-')}-${n % ANSWERS}`;
  for (let n = 0; n < ANSWERS; n++) {
    const { body } = await sent(product, ...ask(n));
    await sent(bare, 'PUT', `/kept/${name(n)}`, { body: make(String(body)) });
  }
  return name;
}

/** That both answer as much: the bare one counts no children. */
async function checkSame(title, servers, asks) {
  const [mine, other] = await Promise.all(
    Object.keys(servers).map(async (name) => (await sent(servers[name], ...asks[name](0))).body),
  );
  if (Math.abs(mine.length - other.length) > SAME_SIZE * mine.length)
    throw new Error(`${title}: ${mine.length} bytes, bare ${other.length}:\n${mine}\n${other}`);
}

/** The request of somebody who has the answer. */
async function withTag(server, ask) {
  const [method, path, { headers } = {}] = ask(0);
  const { head } = await sent(server, method, path, { headers });
  const [, tag] = /\netag: (.*)\r/i.exec(`${head}\r`);
  return () => [method, path, { headers: { ...headers, 'if-none-match': tag } }];
}
