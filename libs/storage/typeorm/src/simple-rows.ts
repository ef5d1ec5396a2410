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

/** The total of the list that a page is of: counted only where there may be more than the page. */
export async function totalBeside(
  rows: readonly unknown[],
  { page, pageSize }: { readonly page: number; readonly pageSize: number },
  count: () => Promise<number>,
): Promise<number> {
  return page === 1 && rows.length < pageSize ? rows.length : count();
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
