// Brings apps/*/dist up to date: `node tools/build.mjs` compiles everything and builds the page, `--no-web` leaves the
// page out. What has not changed is not built again. Speaks to stderr.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const resolveFrom = createRequire(import.meta.url).resolve;

/** What the built page is made of; apps/web imports nothing else of this repository. */
const WEB_INPUTS = ['apps/web/src', 'apps/web/public', 'apps/web/index.html', 'apps/web/vite.config.mts', 'apps/web/tsconfig.json', 'libs/domain/cidr/src', 'libs/api-client/src', 'package-lock.json'];
const webMark = join(root, 'node_modules', '.cloudpam-web');

step('compiling TypeScript', [resolveFrom('typescript/lib/tsc.js'), '-b'], root);
if (!process.argv.includes('--no-web')) buildWeb();

function buildWeb() {
  const hash = hashOf(WEB_INPUTS);
  const built = existsSync(join(root, 'apps/web/dist/index.html')) && existsSync(webMark) && readFileSync(webMark, 'utf8') === hash;
  if (built) return;
  const vite = join(dirname(resolveFrom('vite/package.json')), 'bin', 'vite.js');
  step('building the page', [vite, 'build', '--logLevel', 'warn'], join(root, 'apps/web'));
  writeFileSync(webMark, hash);
}

/** Runs one long step; a failure ends this process with the step's own output above. */
function step(title, command, cwd) {
  const began = Date.now();
  say(`${title} ...`);
  const { status } = spawnSync(process.execPath, command, { cwd, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    say(`${title}: failed`);
    process.exit(1);
  }
  say(`${title}: done in ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

/** One hash over paths and contents, in a stable order. */
function hashOf(inputs) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => filesUnder(join(root, input))).sort()) {
    hash.update(`${relative(root, file)}\0`).update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [path]; // it is a file
  }
}

function say(text) {
  process.stderr.write(`[cloudpam] ${text}\n`);
}
