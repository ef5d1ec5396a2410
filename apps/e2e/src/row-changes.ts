import Sqlite from 'better-sqlite3';
import { Client } from 'pg';

/** Counts rows that are inserted, updated or deleted, whether the new values differ or not. */
export interface RowChanges {
  /** Since the counting began. */
  count(): Promise<number>;
  close(): Promise<void>;
}

const EVENTS = ['insert', 'update', 'delete'];

/** Has the database itself count the changes of rows of these tables from now on. */
export function countRowChanges(
  databaseUrl: string,
  tables: readonly string[],
): Promise<RowChanges> {
  return databaseUrl.startsWith('sqlite:')
    ? inSqlite(databaseUrl.slice('sqlite:'.length), tables)
    : inPostgres(databaseUrl, tables);
}

async function inSqlite(file: string, tables: readonly string[]): Promise<RowChanges> {
  const database = new Sqlite(file);
  database.exec('create table row_change (n integer)');
  for (const table of tables) {
    for (const event of EVENTS)
      database.exec(
        `create trigger count_${event}_of_${table} after ${event} on ${table} begin insert into
          row_change values (1); end`,
      );
  }
  return {
    count: async () =>
      (database.prepare('select count(*) as n from row_change').get() as { n: number }).n, // the statement names it
    close: async () => void database.close(),
  };
}

async function inPostgres(url: string, tables: readonly string[]): Promise<RowChanges> {
  const client = new Client(url);
  await client.connect();
  await client.query(`create table row_change (n int); create function count_change() returns
    trigger language plpgsql as
    'begin insert into row_change values (1); return null; end'`);
  for (const table of tables)
    await client.query(
      `create trigger count_changes after ${EVENTS.join(' or ')} on ${table} for each row
        execute function count_change()`,
    );
  return {
    count: async () =>
      Number(
        (await client.query<{ n: string }>('select count(*) as n from row_change')).rows[0]?.n,
      ),
    close: () => client.end(),
  };
}
