import { nameOf } from '../migrations';
import type { ColumnType } from '../session';
import type { Column, Reference, Table } from './table';

/** Sends a statement without values; gives its rows. */
export type Ask = <R>(text: string) => Promise<R[]>;

/** What a database tells of itself. */
export interface Catalogue {
  /** Every table and virtual table, but those that belong to another one. */
  tables(ask: Ask): Promise<Table[]>;
  /** Tables whose ids the database gives out, by the highest that it gave. */
  sequences(ask: Ask): Promise<Record<string, number>>;
}

/** The migrations that a database has seen, `0001-initial` first; undefined when it has no tables of ours. */
export async function appliedMigrations(
  ask: Ask,
  dialect: 'sqlite' | 'postgres',
): Promise<string[] | undefined> {
  const [there] = await ask<{ there: unknown }>(
    dialect === 'postgres'
      ? "select to_regclass('schema_migration')::text as there"
      : "select (select name from sqlite_master where name = 'schema_migration') as there",
  );
  if (there?.there == null) return undefined;
  const rows = await ask<{ name: string }>('select name from schema_migration order by timestamp');
  return rows.map(({ name }) => nameOf(name));
}

interface ColumnRow {
  readonly table_name: string;
  readonly name: string | null;
  readonly type: string;
  /** The place in the primary key, from 1 on. */
  readonly key_place: number;
}

interface ReferenceRow {
  readonly table_name: string;
  readonly constraint_name: string;
  readonly target: string;
  readonly from_column: string;
  readonly to_column: string;
}

const POSTGRES_TYPES: Readonly<Record<string, ColumnType>> = {
  int2: 'int',
  int4: 'int',
  int8: 'id',
  bytea: 'bytes',
  text: 'text',
  varchar: 'text',
  timestamptz: 'time',
  jsonb: 'json',
  bool: 'bool',
  numeric: 'numeric',
  cidr: 'cidr',
};

export const POSTGRES_CATALOGUE: Catalogue = {
  async tables(ask) {
    const columns = await ask<ColumnRow>(`
      select c.relname::text as table_name, a.attname::text as name, t.typname::text as type,
        coalesce(array_position(i.indkey::int2[], a.attnum), -1) + 1 as key_place
      from pg_class c left join pg_attribute a
        on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      left join pg_type t on t.oid = a.atttypid
      left join pg_index i on i.indrelid = c.oid and i.indisprimary
      where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace`);
    const references = await ask<ReferenceRow>(`
      select c.conrelid::regclass::text as table_name, c.conname::text as constraint_name,
        c.confrelid::regclass::text as target, f.attname::text as from_column, t.attname::text as to_column
      from pg_constraint c cross join unnest(c.conkey, c.confkey) with ordinality as k (here, there, place)
      join pg_attribute f on f.attrelid = c.conrelid and f.attnum = k.here
      join pg_attribute t on t.attrelid = c.confrelid and t.attnum = k.there
      where c.contype = 'f' and c.connamespace = current_schema()::regnamespace order by 1, 2, k.place`);
    return tablesOf(columns, references, (table, column, type) => {
      const known = POSTGRES_TYPES[type];
      if (!known)
        throw new Error(`${table}.${column} is of type ${type}, which a dump cannot hold`);
      return known;
    });
  },
  async sequences(ask) {
    const owners = await ask<{ table_name: string; name: string }>(`
      select c.relname::text as table_name, a.attname::text as name
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attidentity <> ''
      where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace order by 1`);
    const last: Record<string, number> = {};
    for (const { table_name, name } of owners) {
      const [row] = await ask<{ last: string }>(
        `select last_value - (not is_called)::int as last from ${sequenceOf(table_name, name)}`,
      );
      last[table_name] = Number(row?.last);
    }
    return last;
  },
};

/** The sequence of an identity column, which nobody has renamed. */
export function sequenceOf(table: string, column = 'id'): string {
  return `${table}_${column}_seq`;
}

const SQLITE_TYPES: Readonly<Record<string, ColumnType>> = {
  INTEGER: 'int',
  BLOB: 'bytes',
  TEXT: 'text',
};
/** Text that is checked to be JSON, and kept as it came. */
const KEPT_AS_TEXT = ['snapshot_part.content'];

export const SQLITE_CATALOGUE: Catalogue = {
  async tables(ask) {
    const definitions = await ask<{ name: string; sql: string }>(
      `select m.name, m.sql from pragma_table_list l join sqlite_master m on m.name = l.name
      where l.schema = 'main' and l.type in ('table', 'virtual') and m.name not like 'sqlite!_%' escape '!'`,
    );
    const inJson = new Map(
      definitions.map(({ name, sql }) => [
        name,
        [...sql.matchAll(/json_valid\((\w+)\)/g)].map(([, column]) => column),
      ]),
    );
    const columns = await ask<ColumnRow>(`
      select m.name as table_name, c.name, upper(c.type) as type, c.pk as key_place
      from pragma_table_list l join sqlite_master m on m.name = l.name left join pragma_table_info(m.name) c
      where l.schema = 'main' and l.type in ('table', 'virtual') and m.name not like 'sqlite!_%' escape '!'`);
    const references = await ask<ReferenceRow>(`
      select m.name as table_name, f.id as constraint_name, f."table" as target, f."from" as from_column,
        coalesce(f."to", 'id') as to_column
      from sqlite_master m join pragma_foreign_key_list(m.name) f where m.type = 'table'
      order by m.name, f.id, f.seq`);
    return tablesOf(columns, references, (table, column, type) => {
      const isJson =
        inJson.get(table)?.includes(column) && !KEPT_AS_TEXT.includes(`${table}.${column}`);
      return isJson ? 'json' : (SQLITE_TYPES[type] ?? 'text');
    });
  },
  async sequences(ask) {
    const rows = await ask<{ name: string; last: number }>(`
      select m.name, coalesce(s.seq, 0) as last from sqlite_master m left join sqlite_sequence s on s.name = m.name
      where m.type = 'table' and m.sql like '%integer primary key autoincrement%' and m.name <> 'schema_migration'
      union all select name, last from id_sequence order by 1`);
    return Object.fromEntries(rows.map(({ name, last }) => [name, last]));
  },
};

function tablesOf(
  columns: readonly ColumnRow[],
  references: readonly ReferenceRow[],
  typeOf: (table: string, column: string, type: string) => ColumnType,
): Table[] {
  const named = <T extends { readonly table_name: string }>(
    rows: readonly T[],
    name: string,
  ): T[] => rows.filter((row) => row.table_name === name);
  return [...new Set(columns.map((row) => row.table_name))].map((name) => {
    const own = named(columns, name).flatMap((row) =>
      row.name === null ? [] : [{ ...row, name: row.name }],
    );
    return {
      name,
      columns: own.map((row): Column => ({
        name: row.name,
        type: typeOf(name, row.name, row.type),
      })),
      key: own
        .filter((row) => row.key_place > 0)
        .sort((a, b) => a.key_place - b.key_place)
        .map((row) => row.name),
      references: referencesOf(named(references, name)),
    };
  });
}

function referencesOf(rows: readonly ReferenceRow[]): Reference[] {
  return [...new Set(rows.map((row) => row.constraint_name))].map((name) => {
    const own = rows.filter((row) => row.constraint_name === name);
    return {
      columns: own.map((row) => row.from_column),
      table: own[0]?.target ?? '',
      targets: own.map((row) => row.to_column),
    };
  });
}
