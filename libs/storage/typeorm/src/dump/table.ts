import type { ColumnType } from '../session';

/** A table as its database describes it. */
export interface Table {
  readonly name: string;
  /** Those of the key first, then by name. */
  readonly columns: readonly Column[];
  /** The columns of the primary key, in its order. */
  readonly key: readonly string[];
  readonly references: readonly Reference[];
}

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/** A foreign key. */
export interface Reference {
  readonly columns: readonly string[];
  readonly table: string;
  readonly targets: readonly string[];
}

/** Tables that a dump leaves out, and why nothing is lost by it. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  schema_migration: 'the header names the migrations',
  id_sequence: 'its numbers are among the sequences',
  free_block: 'follows from the children of a pool, and is built when it is first asked for',
  pool_tag: 'triggers of SQLite make it of the tags of the pools',
  pool_name: 'what pool_text is now, until 0026-text-search',
  pool_text: 'triggers of SQLite make it of the names of the pools',
  resource_text: 'triggers of SQLite make it of the names of what clouds have',
  address_text: 'triggers of SQLite make it of the names of address records',
  address_range_text: 'triggers of SQLite make it of the names of ranges',
};

/** Columns that a dump leaves out: the default is right. */
const COLUMNS_LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  // No rows of free_block are there.
  pool: ['free_known'],
};

/** Tables that triggers fill when others are filled: what the dump has of them comes afterwards. */
const FILLED_BY: Readonly<Record<string, string>> = { audit_unsealed: 'audit_entry' };

/** The columns of a table that a dump has, in its order. */
export function dumpedColumns(table: Omit<Table, 'references'>): Column[] {
  const place = ({ name }: Column): number => table.key.indexOf(name) + 1 || Infinity;
  return table.columns
    .filter(({ name }) => !COLUMNS_LEFT_OUT[table.name]?.includes(name))
    .sort((a, b) => place(a) - place(b) || (a.name < b.name ? -1 : 1));
}

/** The tables that a dump has, each after those that it refers to. */
export function dumpedTables(tables: readonly Table[]): Table[] {
  const left = tables
    .filter(({ name }) => LEFT_OUT[name] === undefined)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const keyless = left.find(({ key }) => key.length === 0);
  if (keyless) throw new Error(`${keyless.name} has no primary key, so its rows have no order`);
  const ordered: Table[] = [];
  const isThere = (name: string): boolean => ordered.some((each) => each.name === name);
  while (left.length > 0) {
    const at = left.findIndex(({ name, references }) =>
      [...references.map((each) => each.table), FILLED_BY[name] ?? name].every(
        (each) => each === name || isThere(each),
      ),
    );
    if (at < 0) throw new Error(`tables refer to each other: ${left.map((each) => each.name)}`);
    ordered.push(...left.splice(at, 1));
  }
  return ordered;
}
