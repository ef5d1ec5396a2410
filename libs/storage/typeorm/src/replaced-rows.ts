import type { Columns } from './session';
import { raw, type Sql } from './sql';

/** The columns of rows that are inserted, or replace those that are there, in the forms that such a statement has. */
export interface ReplacedColumns {
  /** `a, b` */
  readonly names: Sql;
  /** `t.a, t.b`: of the rows as the table `t`. */
  readonly selected: Sql;
  /** `a = excluded.a, b = excluded.b` */
  readonly replaced: Sql;
}

/** The columns of a table in a statement that inserts rows, or replaces those that are there. */
export function replacedColumns(columns: Columns): ReplacedColumns {
  const each = (text: (name: string) => string): Sql =>
    raw(Object.keys(columns).map(text).join(', '));
  return {
    names: each((name) => name),
    selected: each((name) => `t.${name}`),
    replaced: each((name) => `${name} = excluded.${name}`),
  };
}
