import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { VerifyAudit, type Verification } from '@cloudpam/audit';
import { startPostgres, type PostgresServer } from '../testing';
import { fillEveryTable } from '../testing/fill-every-table';
import { MIGRATIONS } from '../testing/storages';
import { openStorage, type TypeOrmStorage } from '../typeorm-storage';
import { backup } from '.';
import { openSqliteFile } from './sqlite-file';

export const MADE = { product: '0.0.0', at: new Date('2026-01-01T00:00:00Z') };
export const KINDS = ['sqlite', 'postgres'] as const;
type Kind = (typeof KINDS)[number];
type AnyRow = Record<string, unknown>;

/** Statements that give the tables of a database. */
export const TABLES = {
  sqlite:
    "select name from pragma_table_list where schema = 'main' and type <> 'shadow' and name not like 'sqlite%'",
  postgres: "select tablename as name from pg_tables where schemaname = 'public'",
};

/** Databases and files that go with their test. */
interface DatabasesForSpec {
  readonly empty: Readonly<Record<Kind, () => Promise<string>>>;
  /** One that has a row of every table. */
  filled(kind: Kind): Promise<string>;
  open(url: string, migrationsDir?: string): Promise<TypeOrmStorage>;
  using<T>(url: string, work: (storage: TypeOrmStorage) => Promise<T>): Promise<T>;
  ask(url: string, text: string): Promise<AnyRow[]>;
  /** The path of a file. */
  file(name: string): string;
  dumpOf(url: string, migrationsDir?: string): Promise<string>;
}

/** Registers hooks that keep a server and a folder for a spec file; gives what makes databases and dumps there. */
export function databasesForSpec(): DatabasesForSpec {
  let server: PostgresServer;
  let folder: string;
  let count = 0;

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cloudpam-dump-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const empty = {
    sqlite: async () => `sqlite:${join(folder, `${++count}.sqlite`)}`,
    postgres: () => server.database(),
  };
  const file = (name: string): string => join(folder, name);
  const open = (url: string, migrationsDir = MIGRATIONS): Promise<TypeOrmStorage> =>
    openStorage({ url, migrationsDir, poolSize: 2 });
  const using = async <T>(
    url: string,
    work: (storage: TypeOrmStorage) => Promise<T>,
  ): Promise<T> => {
    const storage = await open(url);
    return work(storage).finally(() => storage.close());
  };
  const filled = async (kind: Kind): Promise<string> => {
    const url = await empty[kind]();
    await using(url, ({ unitOfWork }) => fillEveryTable(unitOfWork));
    return url;
  };
  const ask = async (url: string, text: string): Promise<AnyRow[]> => {
    if (url.startsWith('sqlite:')) {
      const connection = openSqliteFile(url.slice('sqlite:'.length), {});
      const rows = connection.prepare(text).all() as AnyRow[];
      connection.close();
      return rows;
    }
    const client = new Client(url);
    await client.connect();
    return (await client.query(text).finally(() => client.end())).rows as AnyRow[];
  };
  const dumpOf = async (url: string, migrations = MIGRATIONS): Promise<string> => {
    const path = file(`${++count}.dump`);
    await backup(url, migrations, path, MADE, { mayReplace: false });
    return readFileSync(path, 'utf8');
  };
  return { ask, dumpOf, empty, file, filled, open, using };
}

/** A dump without what tells where and when it was made. */
export function body(dump: string): string {
  return dump.slice(dump.indexOf('\n')).replace(/,"sha256":.*/, '');
}

export function verify({ unitOfWork }: TypeOrmStorage): Promise<Verification> {
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  return new VerifyAudit(unitOfWork, sha256).execute();
}
