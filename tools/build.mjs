// Brings apps/*/dist up to date: `node tools/build.mjs` compiles everything and builds the page,
// `--no-web` leaves the page out. What has not changed is not built again: the compiler sees to
// that, and Nx for the page. Speaks to stderr.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT, runNx } from './nx.mjs';

/** Where applications read what they were built of, see libs/settings. */
const COMMIT_FILES = ['api', 'collector'].map((app) => join(ROOT, 'apps', app, 'dist', 'commit'));
const tsc = createRequire(import.meta.url).resolve('typescript/lib/tsc.js');

await step(
  'compiling TypeScript',
  () => spawnSync(process.execPath, [tsc, '-b'], { cwd: ROOT, stdio: ['ignore', 2, 2] }).status,
);
if (!process.argv.includes('--no-web'))
  await step('building the page', () =>
    runNx(['run', 'web:build', '--output-style=static'], { quiet: true }),
  );
const commit = process.env.COMMIT || commitHere();
for (const file of COMMIT_FILES) {
  if (commit === undefined) rmSync(file, { force: true });
  else writeFileSync(file, `${commit}\n`);
}

/** Undefined without a repository, as in an archive of the sources. */
function commitHere() {
  if (!existsSync(join(ROOT, '.git'))) return undefined;
  const git = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: ROOT, encoding: 'utf8' });
  return git.status === 0 ? git.stdout.trim() : undefined;
}

/**
 * Runs one long step, which gives its exit code; a failure ends this process with the step's own
 * output above.
 */
async function step(title, run) {
  const began = Date.now();
  say(`${title} ...`);
  if ((await run()) !== 0) {
    say(`${title}: failed`);
    process.exit(1);
  }
  say(`${title}: done in ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

function say(text) {
  process.stderr.write(`[cloudpam] ${text}\n`);
}
