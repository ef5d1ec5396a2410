// `npm run bench -- auth`: see auth.mjs; `-- limits`: see limits.mjs; `-- reads`: see reads.mjs; `-- http`:
// see http.mjs.
// `npm run bench -- [--sizes 10k,100k,1M] [--storages sqlite,postgres]`: how fast the stores and
// use cases are on trees of that many pools, beside the bare driver in the same run. Prints
// markdown; docs/performance.md tells how to read it.
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openStorage } from '@cloudpam/storage-typeorm';
import { benchAuth } from './auth.mjs';
import { DATABASES } from './databases.mjs';
import { benchHttp, benchWrites } from './http.mjs';
import { measureLimits } from './limits.mjs';
import { benchReplicas } from './replicas.mjs';
import { fillForReads, measureReads as measureExpensive } from './reads.mjs';
import {
  load,
  measureAllocation,
  measureBareInsert,
  measureCreate,
  measureImport,
  measureReads,
} from './measures.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: 'string', default: '10k,100k,1M' },
    storages: { type: 'string', default: 'sqlite,postgres' },
    only: { type: 'string' },
  },
});
const only = values.only === undefined ? undefined : new RegExp(values.only);
const sizes = values.sizes.split(',').map(sizeOf);
const storages = values.storages.split(',');
for (const name of storages)
  if (!Object.hasOwn(DATABASES, name))
    fail(`--storages: ${name} is none of ${Object.keys(DATABASES)}`);

console.log(`Node ${process.versions.node}, ${cpus().length} processors\n`);
if (positionals.includes('auth')) await benchAuth(say);
else if (positionals.includes('replicas')) await benchReplicas();
else
  for (const name of storages)
    for (const size of sizes)
      await bench(
        name,
        size,
        positionals.includes('limits')
          ? limited
          : positionals.includes('reads')
            ? expensive
            : positionals.includes('http')
              ? http
              : everything,
      );

/** Loads a tree of `size` pools and has it measured. */
async function bench(name, size, measure) {
  const database = await DATABASES[name]();
  try {
    const storage = await openStorage({
      url: database.url,
      migrationsDir: join(import.meta.dirname, '../../migrations'),
    });
    const bare = await database.connect();
    try {
      say(`${name}: loading ${size} pools ...`);
      const loaded = await load(storage, size);
      await bare.settle();
      await measure({
        database,
        storage,
        bare,
        loaded,
        heading:
          `${bare.about}, ${size.toLocaleString('en')} pools (loaded at ` +
          `${rate((1000 * size) / loaded.took)} a second)`,
      });
    } finally {
      await bare.close();
      await storage.close();
    }
  } finally {
    await database.close();
  }
}

async function everything({ storage, bare, loaded, heading }) {
  const rows = [];
  const report = (row) => {
    rows.push(row);
    say(`${row.title}: ${milliseconds((row.inside ?? row.whole).ms)} ms`);
  };
  const select = await measureReads(storage, bare, loaded, report);
  const insert = await measureBareInsert(bare);
  await measureCreate(storage, loaded, report);
  await measureAllocation(storage, report);
  await measureImport(storage, bare, report);
  print(heading, { select, insert, rows });
}

async function limited({ storage, bare, loaded, heading }) {
  const cells = [
    ['', 'no limits, ms', 'a pool, ms', 'x', 'an account, ms', 'x'],
    ['---', '---:', '---:', '---:', '---:', '---:'],
  ];
  await measureLimits(storage, bare, loaded, ({ title, none, pool, account }) => {
    say(`${title}: ${[none, pool, account].map(milliseconds).join(', ')} ms`);
    cells.push([
      title,
      milliseconds(none),
      milliseconds(pool),
      ratio(pool / none),
      milliseconds(account),
      ratio(account / none),
    ]);
  });
  table(heading, cells);
}

async function http({ database, storage, loaded, heading }) {
  await benchHttp({ database, loaded, heading, only, say });
  await benchWrites({ database, storage, heading, only, say });
}

/** What keeps the event loop: the storage is closed before, as the server opens it. */
async function expensive({ database, storage, bare, loaded, heading }) {
  const crowded = await fillForReads(storage, loaded);
  await bare.settle();
  const cells = [
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
    ['---', '---', '---:', '---:', '---:', '---:', '---:', '---:'],
  ];
  await measureExpensive(
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
      cells.push(row);
    },
    only,
  );
  table(heading, cells);
}

/**
 * p50 in milliseconds: `store` inside an open unit of work, `whole` with its own begin and commit.
 * Ratios of reads are to the bare selects among them.
 */
function print(heading, { select, insert, rows }) {
  const cells = [
    ['', 'store, ms', 'x select', 'whole, ms', 'x select', 'x insert', 'a second'],
    ['---', '---:', '---:', '---:', '---:', '---:', '---:'],
    ['*bare driver: select by primary key*', milliseconds(select), '1', '', '', '', ''],
    [
      '*bare driver: insert and commit*',
      '',
      '',
      milliseconds(insert),
      ratio(insert / select),
      '1',
      rate(1000 / insert),
    ],
    ...rows.map(({ title, inside, whole, perSecond }) => [
      title,
      inside ? milliseconds(inside.ms) : '',
      inside ? ratio(inside.ratio) : '',
      milliseconds(whole.ms),
      ratio(whole.ratio ?? whole.ms / select),
      inside ? '' : ratio(whole.ms / insert),
      perSecond ? rate(perSecond) : '',
    ]),
  ];
  table(heading, cells);
}

function table(heading, cells) {
  console.log(`### ${heading}\n\n${cells.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`);
}

function ratio(number) {
  return number < 100 ? number.toPrecision(2) : Math.round(number).toLocaleString('en');
}

function milliseconds(ms) {
  return ms < 1
    ? ms.toPrecision(2)
    : ms < 100
      ? ms.toFixed(1)
      : Math.round(ms).toLocaleString('en');
}

function rate(perSecond) {
  return Math.round(perSecond).toLocaleString('en');
}

function sizeOf(text) {
  const [, number, unit] =
    /^(\d+)([kM]?)$/.exec(text) ?? fail(`--sizes: ${text} is not like 10k or 1M`);
  const size = Number(number) * { '': 1, k: 1_000, M: 1_000_000 }[unit];
  return size >= 10_000 ? size : fail('--sizes: the smallest tree that is measured has 10k pools');
}

function say(text) {
  process.stderr.write(`[bench] ${text}\n`);
}

function fail(message) {
  say(message);
  process.exit(2);
}
