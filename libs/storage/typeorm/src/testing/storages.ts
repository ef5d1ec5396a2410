import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RECORDS } from '@cloudpam/pools';
import { Client } from 'pg';
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
    url,
    storage,
    unitOfWork: storage.unitOfWork,
    async close() {
      await storage.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/**
 * Registers hooks that keep a server for a spec file; gives a function that opens a migrated
 * database, empty each time.
 */
export function postgresForSpec(): {
  readonly open: () => Promise<OpenedStorage>;
  readonly server: () => PostgresServer;
} {
  let server: PostgresServer | undefined;
  /** Emptying a database takes a tenth of the time of making one. */
  const unused: { url: string; storage: TypeOrmStorage }[] = [];
  const running = (): PostgresServer => {
    if (!server) throw new Error('the server runs only during tests');
    return server;
  };
  beforeAll(async () => {
    server = await startPostgres(async (url) =>
      (await openStorage({ url, migrationsDir: MIGRATIONS })).close(),
    );
  }, 60_000);
  afterAll(async () => {
    for (const { storage } of unused) await storage.close();
    await server?.stop();
  });
  const fresh = async (): Promise<{ url: string; storage: TypeOrmStorage }> => {
    const url = await running().database();
    return { url, storage: await openStorage({ url, migrationsDir: MIGRATIONS, poolSize: 8 }) };
  };
  return {
    server: running,
    async open() {
      const { url, storage } = unused.pop() ?? (await fresh());
      return {
        url,
        storage,
        unitOfWork: storage.unitOfWork,
        async close() {
          await emptied(url);
          unused.push({ url, storage });
        },
      };
    },
  };
}

async function emptied(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const tables = [
    'job',
    'resource',
    'address',
    'address_range',
    'pool',
    'scope',
    'network',
    // What names others before them.
    ...Object.values(RECORDS)
      .toReversed()
      .flatMap(({ entity }) => (entity === 'vrf' ? [] : [entity])),
    'token',
    'user_session',
    'app_user',
    'webhook',
    'digest',
  ];
  // Rows of the audit log go only where triggers do not fire, which a superuser may ask for.
  await client.query(`set session_replication_role = replica; delete from audit_seal; delete
    from audit_unsealed; delete from audit_entry;
    set session_replication_role = origin; delete from subscriber; delete from snapshot_part;
    delete from observed_address`);
  await client.query(`delete from answer; delete from agent; delete from login_attempt;
    delete from login_count; delete from import_map; delete from estate_count; delete from usage_day;
    delete from usage_tree; delete from logout_token;
    delete from told_finding; delete from told_round; delete from lease_warning;
    ${tables.map((table) => `delete from ${table}; alter sequence ${table}_id_seq restart;`).join(' ')}
    alter sequence audit_entry_id_seq restart; delete from vrf where id > 1; update vrf
    set version = 1; alter sequence vrf_id_seq restart`);
  await client.end();
}
