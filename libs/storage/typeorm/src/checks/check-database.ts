import type { Session } from '../session';
import { raw } from '../sql';
import type { Finding } from './finding';

/** Whether the database is whole and takes writes. */
export async function checkDatabase(session: Session): Promise<Finding> {
  if (session.dialect.name === 'postgres') {
    const [row] = await session.rows<{ version: string; reads_only: boolean; size: number }>(
      raw(`select current_setting('server_version') as version, pg_is_in_recovery() as reads_only,
        pg_database_size(current_database()) as size`),
      { once: true },
    );
    const found = `PostgreSQL ${row?.version}, ${megabytes(row?.size ?? 0)}`;
    return row?.reads_only
      ? {
          level: 'fault',
          found: `${found}: a standby, which takes no writes`,
          advice: 'DATABASE_URL must name the primary',
        }
      : { level: 'ok', found };
  }
  const faults = await session.rows<{ quick_check: string }>(raw('pragma quick_check(3)'));
  const [size] = await session.rows<{ n: number }>(
    raw('select page_count * page_size as n from pragma_page_count(), pragma_page_size()'),
  );
  if (faults[0]?.quick_check === 'ok')
    return { level: 'ok', found: `SQLite, ${megabytes(size?.n ?? 0)}, every page can be read` };
  return {
    level: 'fault',
    found: faults.map((each) => each.quick_check.replace(/\s+/g, ' ')).join('; '),
    advice: 'restore a backup, or save what can be read with: sqlite3 FILE .recover',
  };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
