import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { openStorage } from '@cloudpam/storage-typeorm';
import {
  fillEveryTable,
  sqliteDriver,
  startPostgres,
  type PostgresServer,
} from '@cloudpam/storage-typeorm/testing';
import { MIGRATIONS } from '../../storage/storage';
import { resetClocks } from '../../testing/clocks';
import type { Diagnosis } from './diagnosis';
import type { MeasureDisk } from './disk-checks';
import { examine } from './examine';

const ROOM: MeasureDisk = async () => ({ free: 2e12, total: 4e12 });
/** So long a replica may take here that never comes to what it should have. */
const PATIENCE_MS = 300;

/** What an examination found, by its check. */
export type Found = Readonly<Record<string, Diagnosis>>;

/** Two databases that have a row of every table, and a folder, for each test. */
export class Examined {
  folder = '';
  urls = { SQLite: '', PostgreSQL: '' };
  private server: PostgresServer | undefined;

  /** Registers the hooks of a spec file. */
  constructor() {
    beforeAll(async () => {
      this.server = await startPostgres(undefined, ['synchronous_commit=on']);
    });
    afterAll(() => this.server?.stop());
    beforeEach(async () => {
      this.folder = mkdtempSync(join(tmpdir(), 'cloudpam-doctor-'));
      this.urls = {
        SQLite: `sqlite:${join(this.folder, 'a.sqlite')}`,
        PostgreSQL: (await this.server?.database()) ?? '',
      };
      await Promise.all(Object.values(this.urls).map(filled));
    });
    afterEach(async () => {
      resetClocks();
      await this.server?.drop(this.urls.PostgreSQL);
      rmSync(this.folder, { recursive: true });
    });
  }
}

/** Makes the database of a URL, with a row of every table. */
export async function filled(url: string): Promise<void> {
  const storage = await openStorage({ url, migrationsDir: MIGRATIONS, poolSize: 1 });
  await fillEveryTable(storage.unitOfWork);
  await storage.close();
}

export async function examined(
  databaseUrl: string,
  env: Record<string, string> = {},
  measure = ROOM,
): Promise<Found> {
  const all: Record<string, Diagnosis> = {};
  for await (const each of examine({
    env: { DATABASE_URL: databaseUrl, ...env },
    measureDisk: measure,
    replicaPatienceMs: PATIENCE_MS,
  }))
    all[each.check] = each;
  return all;
}

/** The checks that are not content. */
export function wrongIn(found: Found): string[] {
  return Object.values(found).flatMap(({ check, level }) => (level === 'ok' ? [] : [check]));
}

/** Writes past the servers, and past what the database would refuse. */
export async function plant(url: string, statement: string): Promise<void> {
  if (url.startsWith('sqlite:')) {
    const file = new (sqliteDriver())(url.slice('sqlite:'.length));
    file.pragma('foreign_keys = off');
    file.exec(statement);
    file.close();
    return;
  }
  const client = new Client(url);
  await client.connect();
  await client
    .query(`set session_replication_role = replica; ${statement}`)
    .finally(() => client.end());
}
