import { sqlitePath } from '@cloudpam/storage-typeorm';
import BetterSqlite3 from 'better-sqlite3';

/** Has a digest be due at a time, in the file of a server that does not run. */
export function setDigestDue(url: string, id: number, due: Date): void {
  const database = new BetterSqlite3(sqlitePath(url) ?? '');
  database.prepare('update digest set due_at = ? where id = ?').run(due.getTime(), id);
  database.close();
}
