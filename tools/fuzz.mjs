// `npm run fuzz [-- --requests 100000 --estates 100 --seed 7]`: generated requests against a real
// server on SQLite and PostgreSQL, and limited callers who look for what is hidden on random
// estates, on memory and a fifth of them on each database.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const {
  values: { requests, estates, seed },
} = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    estates: { type: 'string', default: '100' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
  },
});
process.stderr.write(
  `[cloudpam] ${requests} requests on each database, ${estates} estates, seed ${seed}\n`,
);
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
const fuzzed = run('e2e', ['fuzz/fuzz'], { FUZZ_REQUESTS: requests, FUZZ_SEED: seed });
const databases = String(Math.ceil(Number(estates) / 5));
const heard = run('api', ['--testTimeout', '120000', 'limits/canaries'], {
  CANARY_CASES: estates,
  CANARY_DATABASE_CASES: databases,
  CANARY_SEED: seed,
});
process.exit(fuzzed || heard);
