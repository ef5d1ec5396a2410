import { sqlitePath } from '@cloudpam/storage-typeorm';
import BetterSqlite3 from 'better-sqlite3';
import { Client } from 'pg';

/** Has a digest be due at a time; of a file its server must not run. */
export async function setDigestDue(url: string, id: number, due: Date): Promise<void> {
  const file = sqlitePath(url);
  if (file !== undefined) {
    const database = new BetterSqlite3(file);
    database.prepare('update digest set due_at = ? where id = ?').run(due.getTime(), id);
    database.close();
    return;
  }
  const client = new Client(url);
  await client.connect();
  await client
    .query('update digest set due_at = $1 where id = $2', [due, id])
    .finally(() => client.end());
}
