// `npm run fuzz [-- --requests 100000 --seed 7]`: generated requests against a real server on SQLite and PostgreSQL.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const { values: { requests, seed } } = parseArgs({ options: { requests: { type: 'string', default: '100000' }, seed: { type: 'string', default: String(Date.now() % 1_000_000_000) } } });
process.stderr.write(`[cloudpam] ${requests} requests on each database, seed ${seed}\n`);
const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin', 'jest.js');
const { status } = spawnSync(process.execPath, [jest, '-c', 'apps/e2e/jest.config.js', '-w', '2', 'fuzz/fuzz'], {
  cwd: join(import.meta.dirname, '..'), stdio: 'inherit', env: { ...process.env, FUZZ_REQUESTS: requests, FUZZ_SEED: seed },
});
process.exit(status ?? 1);
