import type { Session } from './session';
import { NOTHING, raw, sql, type Sql } from './sql';

/** Ids that the first statement looks through: SQLite keeps everybody waiting until it has an answer. */
const WINDOW = 25_000;
/** After a statement that took no longer, in milliseconds, the next one looks through more. */
const SHORT_MS = 2;
const GROWTH = 4;
/**
 * So many are named in a statement; more are found soon by whoever goes through the table in the
 * order of a list.
 */
const MOST_NAMED = 5_000;

/** Tables with an index of the trigrams of their texts. */
export type SearchedTable = 'pool' | 'resource' | 'address' | 'address_range';
/** What rows of these tables are called in conditions. */
export const ALIASES = {
  pool: 'p',
  resource: 'r',
  network: 'n',
  address: 'a',
  address_range: 'r',
} as const satisfies Record<SearchedTable | 'network', string>;

/** Bounds a statement by the ids in a column. */
export type Window = (id: Sql) => Sql;

/**
 * A condition on rows that no index answers in order, for lists. On SQLite the rows are looked for
 * window by window and named by their ids; where they are many, and on PostgreSQL, which has a
 * process of its own for it, the condition stands in the list.
 * @param condition on a row, by its alias
 * @param byIndex the statement that gives the ids of a window, as `id`, where there is a better one than going
 *   through the rows
 */
export async function foundIds(
  session: Session,
  table: SearchedTable,
  condition: Sql,
  byIndex?: (window: Window) => Sql | undefined,
): Promise<Sql> {
  if (!session.dialect.blocks) return condition;
  const id = raw(`${ALIASES[table]}.id`);
  const looked = (window: Window): Sql =>
    byIndex?.(window) ??
    sql`select ${id} from ${raw(`${table} ${ALIASES[table]}`)} where ${window(id)} and ${condition}`;
  const ids = await idsFound(session, table, looked, MOST_NAMED);
  if (ids?.length === 0) return NOTHING;
  return ids ? session.dialect.among(id, 'id', ids) : condition;
}

/** Looks for ids window by window; undefined when there are more than `most`. */
export async function idsFound(
  session: Session,
  table: SearchedTable,
  looked: (window: Window) => Sql,
  most: number,
): Promise<number[] | undefined> {
  const ids: number[] = [];
  for await (const window of windows(session, table)) {
    const rows = await session.rows<{ id: number }>(
      sql`${looked(window)} limit ${most + 1 - ids.length}`,
      { once: true },
    );
    for (const { id } of rows) ids.push(id);
    if (ids.length > most) return undefined;
  }
  return ids;
}

/** Parts the rows of a table by their ids, into parts that take a short time each. */
export async function* windows(session: Session, table: SearchedTable): AsyncGenerator<Window> {
  const [bounds] = await session.rows<{ first: number | null; last: number | null }>(sql`select
    (select min(id) from ${raw(table)}) as first, (select max(id) from ${raw(table)}) as last`);
  const { first, last } = bounds ?? {};
  if (typeof first !== 'number' || typeof last !== 'number') return;
  for (let start = first, size = WINDOW; start <= last;) {
    const end = start + size;
    const began = performance.now();
    yield (id) => sql`${id} >= ${start} and ${id} < ${end}`;
    size = performance.now() - began <= SHORT_MS ? GROWTH * size : WINDOW;
    start = end;
  }
}
