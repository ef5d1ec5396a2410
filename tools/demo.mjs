// `npm run demo`: a server over a temporary SQLite file with a past, filled by the real collector
// from examples/estate. Serves until it is stopped (Ctrl-C), then removes the file. PORT and HOST are
// taken from the environment.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makePast } from './demo-past.mjs';
import { stopWithNpm } from './stop-with-npm.mjs';

const READY_WITHIN_MS = 60_000;
const root = join(import.meta.dirname, '..');
const host = process.env.HOST || '127.0.0.1';
const port = process.env.PORT || '8080';
const folder = mkdtempSync(join(tmpdir(), 'cloudpam-demo-'));
const token = `cpam_${randomText(12)}_${randomText(52)}`;
// A server on all interfaces is reached through the loopback one.
const accessScope = ['0.0.0.0', '::', '[::]'].includes(host)
  ? '127.0.0.1'
  : host.includes(':')
    ? `[${host.replace(/[[\]]/g, '')}]`
    : host;
const url = `http://${accessScope}:${port}`;

let server;
process.on('exit', () => {
  server?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const databaseUrl = `sqlite:${join(folder, 'demo.sqlite')}`;
say('writing a year and a half of a past into a temporary database ...');
const changes = await makePast(databaseUrl, new Date());
say(`${changes} changes are written; starting a server over it ...`);
server = spawn(process.execPath, [join(root, 'apps/api/dist/main.js')], {
  cwd: folder,
  env: {
    LOG_LEVEL: 'warn',
    ...process.env,
    HOST: host,
    PORT: port,
    DATABASE_URL: databaseUrl,
    CLOUDPAM_BOOTSTRAP_TOKEN: token,
    DISCOVERY_POLICY: 'auto',
  },
  stdio: ['ignore', 'inherit', 'inherit'],
});
stopWithNpm();
let collector;
let stopping = false;
const ended = new Promise((resolve) => server.once('exit', (code) => resolve(code ?? 0)));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
ended.then((code) => {
  if (!stopping) say(`the server ended with ${code}`);
  process.exit(stopping ? process.exitCode : code || 1);
});

await ready();
say('the server answers; the collector reads examples/estate ...');
const code = await run(
  [
    join(root, 'apps/collector/dist/main.js'),
    'run',
    '--provider',
    'files',
    '--path',
    join(root, 'examples/estate'),
  ],
  { CLOUDPAM_SERVER: url, CLOUDPAM_TOKEN: token },
);
if (stopping) await ended;
if (code !== 0) {
  say(`the collector ended with ${code}; the server is stopped`);
  process.exitCode = 1;
  stop();
  await ended;
}
say(
  `the demo is at ${url}\n\n    log in with this token: ${token}\n\n    Ctrl-C stops it and removes its data.`,
);

/** Waits until /readyz answers 200; gives up when the server ends or a minute has passed. */
async function ready() {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(
      () => undefined,
    );
    if (answer?.ok) return;
    await pause(100);
  }
  say(`the server did not become ready within ${READY_WITHIN_MS / 1000} s`);
  process.exitCode = 1;
  stop();
  await ended;
}

function run(args, env) {
  collector = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve) => collector.once('exit', (status) => resolve(status ?? 1)));
}

function stop() {
  // The echo of a signal that came both from the terminal and from npm.
  if (stopping) return;
  stopping = true;
  collector?.kill('SIGTERM');
  server.kill('SIGTERM');
}

/** Random text of the letters that tokens are written in. */
function randomText(length) {
  const letters = 'abcdefghijklmnopqrstuvwxyz234567';
  return Array.from(randomBytes(length), (byte) => letters[byte % 32]).join('');
}

function say(text) {
  process.stderr.write(`[demo] ${text}\n`);
}
