// Makes the packages of package-lock.json present, before anything else runs. Node built-ins only:
// at the first run there is nothing else. Everything it says goes to stderr, so that commands
// behind it keep stdout for themselves.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname ?? '.', '..');
const lockFile = join(root, 'package-lock.json');
const markFile = join(root, 'node_modules', '.cloudpam-lock');
const FLOOR = [20, 19];

requireNode();
const wanted = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
if (!existsSync(markFile) || readFileSync(markFile, 'utf8') !== wanted) {
  if (!installedMatchesLock()) install();
  writeFileSync(markFile, wanted);
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > FLOOR[0] || (major === FLOOR[0] && minor >= FLOOR[1])) return;
  say(
    `CloudPAM needs Node ${FLOOR.join('.')} or newer; this is ${process.versions.node}. See https://nodejs.org/`,
  );
  process.exit(1);
}

/**
 * True when npm itself has already installed this lock, as after `npm install` or `npm ci` by hand.
 */
function installedMatchesLock() {
  const lock = packagesOf(lockFile);
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (!lock || !installed) return false;
  const same = (path, entry) =>
    lock[path]?.version === entry.version && lock[path]?.integrity === entry.integrity;
  return (
    Object.entries(installed).every(([path, entry]) => same(path, entry)) &&
    // Optional packages of other platforms are in the lock and never in node_modules.
    Object.entries(lock).every(
      ([path, entry]) =>
        path === '' ||
        entry.optional ||
        entry.peerOptional ||
        entry.devOptional ||
        path in installed,
    )
  );
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function install() {
  say('installing packages (npm ci): a minute or two the first time');
  const began = Date.now();
  const ticking = spawnTicker();
  // npm tells scripts which npm started them; the one on PATH is the second choice.
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev'];
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const { status, error } =
    npm && /npm-cli\.[cm]?js$/.test(npm)
      ? spawnSync(process.execPath, [npm, ...args], options)
      : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  ticking.kill();
  if (status !== 0) {
    say(
      `npm ci failed${error ? `: ${error.message}` : ''}. It needs to reach the npm registry; ` +
        'run it by hand to see more.',
    );
    process.exit(1);
  }
  say(`packages installed in ${Math.round((Date.now() - began) / 1000)} s`);
}

/**
 * A child that says every 15 seconds that the install goes on; this process waits inside spawnSync.
 */
function spawnTicker() {
  const script =
    `let s = 0; setInterval(() => { s += 15; if (process.ppid !== ${process.pid}) ` +
    `process.exit(); console.error('[cloudpam] still installing packages, ' + s + ' s'); }, ` +
    '15000)';
  return spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'ignore', 'inherit'] });
}

function say(text) {
  process.stderr.write(`[cloudpam] ${text}\n`);
}
