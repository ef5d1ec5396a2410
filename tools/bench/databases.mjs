import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStorage } from '@cloudpam/storage-typeorm';

/** The databases to measure. Each opens an empty one in a folder of its own: its URL, and `close`. */
export const DATABASES = { sqlite: openSqlite, postgres: openPostgres };

/** The product's storage on a database; it makes the tables. */
export function storageOf({ url }) {
  return openStorage({ url, migrationsDir: join(import.meta.dirname, '../../migrations') });
}

async function openSqlite() {
  const folder = mkdtempSync(join(tmpdir(), 'cloudpam-bench-'));
  return {
    url: `sqlite:${join(folder, 'bench.sqlite')}`,
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function openPostgres() {
  const folder = mkdtempSync(join(tmpdir(), 'cloudpam-bench-'));
  chmodSync(folder, 0o755); // the server runs as another user when this one is root
  const { default: Server } =
    await import('../../libs/storage/typeorm/testing/embedded-postgres.mjs');
  const port = await freePort();
  const server = new Server({
    databaseDir: join(folder, 'data'),
    user: 'bench',
    password: 'bench',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  await server.createDatabase('cloudpam');
  return {
    url: `postgres://bench:bench@127.0.0.1:${port}/cloudpam`,
    async close() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const { port } = probe.address();
        probe.close(() => resolve(port));
      });
  });
}
