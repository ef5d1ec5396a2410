import type { Database, Options } from 'better-sqlite3';
import { sqliteDriver } from '../sqlite-driver';

/** Opens a file past TypeORM. */
export function openSqliteFile(file: string, options: Options): Database {
  const Driver = sqliteDriver();
  return new Driver(file, options);
}
