import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStorage, type TypeOrmStorage } from '../typeorm-storage';
import { startPostgres, type PostgresServer } from './postgres-server';

export const MIGRATIONS = join(__dirname, '../../../../../migrations');

export interface OpenedStorage {
  readonly url: string;
  readonly unitOfWork: TypeOrmStorage['unitOfWork'];
  readonly storage: TypeOrmStorage;
  /** Closes the storage and deletes the database. */
  close(): Promise<void>;
}

/** A migrated SQLite file of its own. */
export async function openSqlite(): Promise<OpenedStorage> {
  const folder = mkdtempSync(join(tmpdir(), 'cloudpam-sqlite-'));
  const url = `sqlite:${join(folder, 'test.sqlite')}`;
  const storage = await openStorage({ url, migrationsDir: MIGRATIONS, poolSize: 2 });
  return {
    url, storage, unitOfWork: storage.unitOfWork,
    async close() {
      await storage.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Registers hooks that keep a server for a spec file; gives a function that opens a migrated database of its own. */
export function postgresForSpec(): { readonly open: () => Promise<OpenedStorage>; readonly server: () => PostgresServer } {
  let server: PostgresServer | undefined;
  const running = (): PostgresServer => {
    if (!server) throw new Error('the server runs only during tests');
    return server;
  };
  beforeAll(async () => {
    server = await startPostgres(async (url) => (await openStorage({ url, migrationsDir: MIGRATIONS })).close());
  }, 60_000);
  afterAll(() => server?.stop());
  return {
    server: running,
    async open() {
      const url = await running().database();
      const storage = await openStorage({ url, migrationsDir: MIGRATIONS, poolSize: 8 });
      return {
        url, storage, unitOfWork: storage.unitOfWork,
        async close() {
          await storage.close();
          await running().drop(url);
        },
      };
    },
  };
}
