// `npm run bench -- reads`: how long expensive requests keep the event loop of the real server, how
// much memory they take, and how long work goes on whose client has left.
import { asOf, fillHistory } from './history.mjs';
import { say, table } from './printed.mjs';
import { WatchedServer } from './server.mjs';

const LEAVES_AFTER_MS = 300;

/** What is asked, by title: each gives the paths or calls that go out at once. */
function questions({ ids, crowded, root }, limited) {
  const last = ids.length - 1;
  const get = (path, options) => (server) => server.send('GET', path, options);
  const all =
    (...calls) =>
    (server) =>
      Promise.all(calls.map((call) => call(server)));
  const pages = (path, most) => async (server) => {
    let answer;
    let cursor = '';
    for (let n = 0; n < most && cursor !== undefined; n++) {
      answer = await server.send('GET', `${path}${cursor}`);
      const { next_cursor: next } = answer.json;
      cursor = next ? `&cursor=${encodeURIComponent(next)}` : undefined;
    }
    return answer;
  };
  const rows = Array.from({ length: 10_000 }, (_, n) => ({
    name: `row-${n}`,
    cidr: `30.${n >> 8}.${n & 255}.0/24`,
  }));
  return {
    'tree, depth 2: a page of 1,000': get(`/pools/${root}/tree?depth=2&page_size=1000`),
    'tree, depth 5: forty pages of 1,000': pages(`/pools/${root}/tree?depth=5&page_size=1000`, 40),
    'as_of: the first page': get(`/pools?as_of=${asOf(0, last)}&page_size=500`),
    'as_of: ten pages of the same': pages(`/pools?as_of=${asOf(0, last)}&page_size=500`, 10),
    'as_of: filtered': get(`/pools?as_of=${asOf(1, last)}&q=reservation-77&tag=team:team-3`),
    'as_of: someone who is limited to a /8': get(`/pools?as_of=${asOf(2, last)}`, {
      token: limited,
    }),
    'as_of: ten moments at once': all(
      ...Array.from({ length: 10 }, (_, n) => get(`/pools?as_of=${asOf(1_000 * (n + 1), last)}`)),
    ),
    'export: pools, accounts, VRFs, VLANs': get('/export'),
    'export: everything': get('/export?datasets=pools,blocks,accounts,vrfs,vlans,resources,audit'),
    'export: four at once': all(...Array.from({ length: 4 }, () => get('/export?datasets=pools'))),
    'audit export: JSON lines': get('/audit/export'),
    'audit export: CSV': get('/audit/export?format=csv'),
    'audit export: someone who is limited': get('/audit/export', { token: limited }),
    'audit log: 500 newest': get('/audit?page_size=500'),
    'audit log: by a name': get('/audit?actor=nch'),
    'history of a pool': get(`/pools/${root}/history`),
    'blocks of a crowded pool': get(`/pools/${crowded}/blocks?new_prefix_len=28&page_size=500`),
    'blocks of a crowded pool: a late page': get(
      `/pools/${crowded}/blocks?new_prefix_len=28&page_size=500&page=500`,
    ),
    'blocks of a /8: free /32, a late page': get(
      `/pools/${root}/blocks?new_prefix_len=32&status=free&page_size=500&page=20000`,
    ),
    'free space of a crowded pool': get(`/pools/${crowded}/free?page_size=500`),
    'pools: a page of 500': get('/pools?page_size=500'),
    'pools: page 500 by name': get('/pools?page_size=500&page=500&sort=-name'),
    'pools: a rare region and status': get('/pools?region=region-3&status=deprecated'),
    'pools: two letters of a name': get('/pools?q=zz'),
    'pools: a letter, sorted by time': get('/pools?q=e&sort=updated_at&page_size=500'),
    'pools: by tag': get('/pools?tag=team:team-3&page_size=500'),
    'blocks: of all roots': get('/blocks?page_size=500'),
    regions: get('/regions'),
    'search: an address': get('/search?q=10.3.7.1'),
    'search: a name that everything has': get('/search?q=reservation'),
    'search: two letters that nothing has': get('/search?q=zz'),
    'search: part of an address': get('/search?q=10.3'),
    'search: a tag': get('/search?q=team:team-3'),
    'search: resources by name': get('/search?q=subnet-3&type=resource&limit=100'),
    'resources: page 200': get('/discovery/resources?page_size=500&page=200'),
    'resources: nothing has it': get('/discovery/resources?q=nothing'),
    'networks: nothing has it': get('/discovery/networks?q=10.3.0.0/16'),
    'findings: the first page': get('/discovery/findings?page_size=500'),
    'findings: page 150': get('/discovery/findings?page_size=500&page=150'),
    'discovery status': get('/discovery/status'),
    'bulk, dry run: 10,000 pools': (server) =>
      server.send('POST', '/pools/bulk?dry_run=true', { body: { items: rows } }),
    'allocate, dry run: 1,000 at once': (server) =>
      server.send('POST', `/pools/${crowded}/allocations?dry_run=true`, {
        body: { name: 'x', prefix_length: 28, count: 1_000 },
      }),
    'delete a /8 with all in it, dry run': (server) =>
      server.send('DELETE', `/pools/${root}?cascade=true&dry_run=true`),
    'move a /16 with all in it, dry run': (server) =>
      server.send('POST', `/pools/${ids[1]}/move?dry_run=true`, {
        body: { cidr: '50.0.0.0/16', with_children: true },
      }),
  };
}

const LEAVERS = {
  as_of: ({ ids }) => `/pools?as_of=${asOf(7, ids.length - 1)}`,
  export: () => '/export?datasets=pools,audit',
  'audit export': () => '/audit/export',
  tree: ({ root }) => `/pools/${root}/tree?depth=5&page_size=1000`,
};

/**
 * Starts the server on the database and measures. Reports rows of `title`, `status`, `bytes`, and
 * what the server says.
 */
async function measureReads(database, loaded, report, only) {
  const server = await WatchedServer.start(database);
  try {
    const measured = async (title, work) => {
      if (only && !only.test(title)) return;
      await server.ask('begin');
      const began = performance.now();
      const answers = [await work(server)].flat();
      const took = performance.now() - began;
      report({
        title,
        took,
        status: [...new Set(answers.map((each) => each?.status ?? ''))].join(', '),
        bytes: answers.reduce((sum, each) => sum + (each?.bytes ?? 0), 0),
        ...(await server.ask('report')),
      });
    };
    await measured('sealing the log after the start', () => server.quiet());
    await server.quiet();
    await measured(
      '*nothing, for 10 s*',
      () => new Promise((resolve) => setTimeout(resolve, 10_000)),
    );
    const {
      json: { secret },
    } = await server.send('POST', '/tokens', {
      body: { name: 'limited', role: 'admin', pools: [loaded.root] },
    });
    for (const [title, work] of Object.entries(questions(loaded, secret)))
      await measured(title, work);
    for (const [title, pathOf] of Object.entries(LEAVERS)) {
      await server.quiet();
      await measured(`the client leaves: ${title}`, async () => {
        const answer = await server.send('GET', pathOf(loaded), { until: LEAVES_AFTER_MS });
        await server.quiet();
        return answer;
      });
    }
  } finally {
    await server.stop();
  }
}

/** Prints the table of one database. */
export async function benchReads({ database, storage, bare, loaded, heading, only }) {
  const crowded = await fillHistory(storage, loaded);
  await bare.settle();
  const rows = [];
  await measureReads(
    database,
    { ...loaded, crowded, root: loaded.ids[0] },
    ({ title, status, bytes, took, used, block, processor, memory }) => {
      const row = [
        title,
        status,
        (bytes / 1e6).toFixed(1),
        (took / 1e3).toFixed(2),
        (used / 1e3).toFixed(2),
        Math.round(block),
        Math.round(processor),
        Math.round(memory / 1e6),
      ];
      say(row.join(' | '));
      rows.push(row);
    },
    only,
  );
  table(
    heading,
    [
      '',
      'status',
      'MB',
      'until the answer, s',
      'processor, s',
      'longest block, ms',
      '... of processor time, ms',
      'peak memory, MB',
    ],
    rows,
  );
}
