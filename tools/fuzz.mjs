// `npm run fuzz [-- --requests 100000 --estates 100 --files 5000 --seed 7]`: generated requests against
// a real server on SQLite and PostgreSQL, and limited callers who look for what is hidden on random
// estates, on memory and a fifth of them on each database: 10,000 requests of theirs at least; and files
// to import that are not as they should be. `--only requests|canaries|files` runs one of them;
// `--storage memory|SQLite|PostgreSQL` walks estates on one storage: a failure prints the command
// that repeats it.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const LEAST_CASES = 10_000;

const {
  values: { requests, estates, files, seed, only, storage },
} = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    estates: { type: 'string', default: '100' },
    files: { type: 'string', default: '5000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    only: { type: 'string' },
    storage: { type: 'string' },
  },
});
const jest = join(
  dirname(createRequire(import.meta.url).resolve('jest/package.json')),
  'bin',
  'jest.js',
);
const run = (app, specs, settings) =>
  spawnSync(process.execPath, [jest, '-c', `apps/${app}/jest.config.js`, '-w', '2', ...specs], {
    cwd: join(import.meta.dirname, '..'),
    stdio: 'inherit',
    env: { ...process.env, ...settings },
  }).status ?? 1;
const say = (text) => process.stderr.write(`[cloudpam] ${text}, seed ${seed}\n`);

let failed = 0;
const isAsked = (what) => only === undefined || only === what;
if (isAsked('requests')) {
  say(`${requests} requests on each database`);
  failed ||= run('e2e', ['fuzz/fuzz'], { FUZZ_REQUESTS: requests, FUZZ_SEED: seed });
}
if (isAsked('canaries')) {
  say(`${estates} estates`);
  failed =
    run('api', ['--testTimeout', '120000', 'limits/canaries'], {
      CANARY_CASES: estates,
      CANARY_DATABASE_CASES: storage ? estates : String(Math.ceil(Number(estates) / 5)),
      CANARY_SEED: seed,
      // Who repeats one estate does not want all of them.
      ...(storage ? { CANARY_STORAGE: storage } : { CANARY_LEAST: String(LEAST_CASES) }),
    }) || failed;
}
if (isAsked('files')) {
  say(`${files} files`);
  failed = run('api', ['import/mutated'], { MUTATED_FILES: files, MUTATED_SEED: seed }) || failed;
}
process.exit(failed);
