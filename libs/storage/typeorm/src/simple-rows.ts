import type { Session } from './session';
import { sql, type Sql } from './sql';

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
 * What lists tell as their total: exact up to 10,000, then 10,001; in reads see `KeptTotals`. `rows` selects
 * anything from the rows to count.
 */
export function totalOf(
  session: Session,
  rows: Sql,
  options: { readonly once?: boolean } = {},
): Promise<number> {
  const query = sql`select count(*) as n from (${rows} limit 10001) counted`;
  const count = (): Promise<number> => countOf(session, query, options);
  return session.totals ? session.totals.of(query, count) : count();
}
