import type { Session } from './session';
import { raw, sql, type Sql } from './sql';

/** Locks a row until the end of the run; false when there is none. */
export async function lockRow(
  session: Session,
  table: 'vrf' | 'vlan' | 'account',
  id: number,
): Promise<boolean> {
  const found = await session.rows(
    sql`select id from ${raw(table)} t where id = ${id} ${session.dialect.lock('t')}`,
  );
  return found.length > 0;
}

/** The number `n` that the query gives. */
export async function countOf(
  session: Session,
  query: Sql,
  options: { readonly once?: boolean } = {},
): Promise<number> {
  const [row] = await session.rows<{ n: number }>(query, options);
  return Number(row?.n ?? 0);
}

/**
 * What lists tell as their total: exact up to 10,000, then 10,001. `rows` selects anything from the
 * rows to count.
 */
export function totalOf(
  session: Session,
  rows: Sql,
  options: { readonly once?: boolean } = {},
): Promise<number> {
  return countOf(session, sql`select count(*) as n from (${rows} limit 10001) counted`, options);
}
