import type { Session } from '../session';
import type { Sql } from '../sql';

/** Rows that are in memory at a time. */
export const PAGE = 5_000;

/**
 * The rows of a table in an order, page by page.
 * @param page the statement for up to `PAGE` rows behind a row, or from the first on
 */
export async function* rowsInPages<R>(
  session: Session,
  page: (after: R | undefined) => Sql,
): AsyncGenerator<R> {
  for (let last: R | undefined; ;) {
    const rows = await session.rows<R>(page(last));
    yield* rows;
    if (rows.length < PAGE) return;
    last = rows.at(-1);
  }
}
