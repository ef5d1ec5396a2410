// `npm run bench -- --help`: what can be measured. Prints markdown; docs/performance.md tells how to
// read it.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { benchAddresses } from './addresses.mjs';
import { benchAnalysis } from './analysis.mjs';
import { benchAuth } from './auth.mjs';
import { DATABASES, storageOf } from './databases.mjs';
import { benchDashboard } from './dashboard.mjs';
import { openDriver } from './drivers.mjs';
import { tellFailures } from './failures.mjs';
import { benchForecast } from './forecast.mjs';
import { benchHttp } from './http/http.mjs';
import { benchImport } from './import.mjs';
import { benchLimits } from './limits.mjs';
import { load } from './load.mjs';
import { count, say } from './printed.mjs';
import { benchReads } from './reads.mjs';
import { benchReplicas } from './replicas.mjs';
import { benchSoak } from './soak/soak.mjs';
import { benchStart } from './start.mjs';
import { benchStreams } from './streams.mjs';
import { benchStores } from './stores/stores.mjs';
import { benchWebhooks } from './webhooks.mjs';

const ALL = '10k,100k,1M';
/** What can be measured, each on trees of these many pools. */
const SUITES = {
  stores: { about: 'stores and use cases, beside the bare driver', sizes: ALL, run: benchStores },
  http: {
    about: 'requests beside a bare server, and allocation',
    sizes: ALL,
    run: benchHttp,
  },
  soak: { about: 'mixed load for --minutes', sizes: '1M', run: benchSoak },
  start: { about: 'from start to ready, and idle memory', sizes: '10k', run: benchStart },
  reads: { about: 'how long expensive requests keep the event loop', sizes: ALL, run: benchReads },
  dashboard: { about: 'what the first page costs', sizes: '1M', run: benchDashboard },
  limits: { about: 'what limits to accounts or pools cost reads', sizes: ALL, run: benchLimits },
  import: {
    about: 'import of files of so many rows into an empty tree and again',
    sizes: '100k',
    isLoaded: false,
    run: benchImport,
  },
  replicas: {
    about: 'two servers and two replicas: stale reads, and what reads cost',
    run: benchReplicas,
  },
  forecast: { about: 'what forecasts are worth, and what they cost', run: benchForecast },
  addresses: {
    about: 'single addresses of a busy pool, and so many interfaces of a cloud',
    sizes: '50k',
    isLoaded: false,
    run: benchAddresses,
  },
  analysis: {
    about: 'what the analysis of all pools costs, and the list of what it recommends',
    sizes: '100k,1M',
    run: benchAnalysis,
  },
  streams: { about: 'a thousand readers of the event stream', run: benchStreams },
  webhooks: {
    about: 'so many events to ten webhooks, and writes beside one that is down',
    sizes: '10k',
    isLoaded: false,
    run: benchWebhooks,
  },
  auth: { about: 'what checking a token costs', run: benchAuth },
};
const HELP = `npm run bench [-- SUITE] [options]

${Object.entries(SUITES)
  .map(([name, { about, sizes = '' }]) => `  ${name.padEnd(10)}${about}${sizes && ` (${sizes})`}`)
  .join('\n')}

Without a suite: stores.

  --sizes 10k,1M      trees of so many pools; else those in brackets
  --storages sqlite   on one of ${Object.keys(DATABASES)} alone
  --only REGEXP       http and reads: rows whose titles match
  --minutes 10        soak: how long
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: 'string' },
    storages: { type: 'string', default: 'sqlite,postgres' },
    only: { type: 'string' },
    minutes: { type: 'string', default: '10' },
    help: { type: 'boolean' },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit();
}
const [name = 'stores'] = positionals;
const suite = Object.hasOwn(SUITES, name) ? SUITES[name] : fail(`there is no ${name}\n\n${HELP}`);
const options = {
  only: values.only === undefined ? undefined : new RegExp(values.only),
  minutes: Number(values.minutes),
};
if (!(options.minutes > 0)) fail(`--minutes: ${values.minutes} is no time`);
const storages = values.storages.split(',');
for (const each of storages)
  if (!Object.hasOwn(DATABASES, each))
    fail(`--storages: ${each} is none of ${Object.keys(DATABASES)}`);

console.log(`Node ${process.versions.node}, ${cpus().length} processors\n`);
if (suite.sizes === undefined) await suite.run();
else
  for (const storage of storages)
    for (const size of (values.sizes ?? suite.sizes).split(',').map(sizeOf))
      await bench(storage, size, suite);
if (tellFailures()) process.exitCode = 1;

/** Loads a tree of `size` pools, unless the suite makes its own, and has it measured. */
async function bench(storageName, size, { run: measure, isLoaded = true }) {
  const database = await DATABASES[storageName]();
  try {
    if (!isLoaded) return await measure({ ...options, database, storageName, size });
    const storage = await storageOf(database);
    const bare = await openDriver(database.url);
    try {
      say(`${storageName}: loading ${size} pools ...`);
      const loaded = await load(storage, size);
      await bare.settle();
      const speed = count((1000 * size) / loaded.took);
      await measure({
        ...options,
        database,
        storage,
        bare,
        loaded,
        heading: `${bare.about}, ${count(size)} pools (loaded at ${speed} a second)`,
      });
    } finally {
      await bare.close();
      await storage.close();
    }
  } finally {
    await database.close();
  }
}

function sizeOf(text) {
  const [, number, unit] =
    /^(\d+)([kM]?)$/.exec(text) ?? fail(`--sizes: ${text} is not like 10k or 1M`);
  const size = Number(number) * { '': 1, k: 1_000, M: 1_000_000 }[unit];
  return size >= 10_000 ? size : fail('--sizes: the smallest tree that is measured has 10k pools');
}

function fail(message) {
  say(message);
  process.exit(2);
}
