import type { ColumnType as TypeOrmType, ValueTransformer } from 'typeorm';
import { raw, sql, type Sql, type Value } from './sql';
import type { SearchedTable, Window } from './found-ids';
import type { Columns, ColumnType, Row, Session } from './session';

interface EntityColumn {
  readonly type: TypeOrmType;
  readonly transformer?: ValueTransformer;
}

/**
 * Everything in which the SQL of the two databases differs. How they are opened is in postgres.ts
 * and sqlite.ts.
 */
export interface Dialect {
  /** The folder of its migrations. */
  readonly name: 'postgres' | 'sqlite';
  /**
   * Rows as a table, to join with: `(...) as alias (columns)`. The text depends on the columns
   * only.
   */
  table(alias: string, columns: Columns, rows: readonly Row[]): Sql;
  /**
   * A JSON array of the expressions as text: addresses as hexadecimal digits, times in milliseconds,
   * large numbers as text.
   */
  jsonArray(values: readonly (readonly [expression: string, type: ColumnType])[]): Sql;
  /** True when the column is one of the values. */
  among(column: Sql, type: 'id' | 'text', values: readonly (number | string)[]): Sql;
  /**
   * For each of the rows, which `from` joins to, by an index: a plan that PostgreSQL made while there was little
   * could read all of it and compare that with each row.
   */
  forEach(rows: Sql, query: { select: Sql; from: Sql; where: Sql }): Sql;
  /**
   * That the columns `key` and `column` are `of` and from `first` to `last`: by the index of both. PostgreSQL
   * would rather take any that begins with the key while there is little.
   */
  range(key: Sql, of: Sql, column: Sql, first: Sql, last: Sql): Sql;
  /** True when the column is one of the few ids that the query gives, looked for once. */
  amongThose(column: Sql, ids: Sql): Sql;
  /** True when the column has the text in it, in any case as far as the database knows case. */
  hasPart(column: Sql, text: string): Sql;
  /** Bytes as hexadecimal digits. */
  hex(column: Sql): Sql;
  /** Order of text by bytes, in `order by` and comparisons. */
  readonly byBytes: Sql;
  /**
   * Locks the rows of the table (by its alias) until the end of the transaction, in the order of
   * the query.
   */
  lock(alias: string): Sql;
  /** The ids of rows of which a text has the text in it, by an index that lists do not use. */
  readonly idsWithText?: (table: SearchedTable, text: string, window: Window) => Sql | undefined;
  /** True when the JSON object of tags, of any table, has the tag. */
  tagged(column: Sql, key: string, value: string): Sql;
  /** True when the pool has the tag. */
  poolTagged(key: string, value: string): Sql;
  /** True when the tag of the pool has one of the values. */
  poolTaggedAmong(key: string, values: readonly string[]): Sql;
  /** True when the JSON object has the key. */
  hasKey(column: Sql, key: string): Sql;
  /** As `lock`, for one row that nobody else has locked. */
  lockFree(alias: string): Sql;
  /**
   * `taken` is true when this transaction alone may seal the audit log until it ends; nothing
   * waits.
   */
  readonly tryToSeal: Sql;
  /** Triggers that are there and on, and indexes, by `name`. */
  readonly triggers: Sql;
  /** Those that keep the audit log append-only and have every entry sealed. */
  readonly auditGuards: readonly string[];
  /**
   * Whether a statement keeps the whole process waiting, so that long ones are made window by window.
   */
  readonly blocks: boolean;
  /**
   * Waits for whoever has the idempotency key of the actor in a transaction, and has it then; absent where
   * there is one writer.
   */
  readonly holdKey?: (actorId: string, key: string) => Sql;
  /**
   * Keeps the names of a kind of record as they are until the transaction ends: with `share` beside others who do,
   * with `change` alone; absent where there is one writer.
   */
  readonly holdNames?: (kind: string, mode: 'share' | 'change') => Sql;
  /**
   * Takes idempotency keys that nobody else has in a transaction, and waits for none: rows with `actor_id`,
   * `key`, whether it is `held`, and whether it is `fresh`, so that it was taken.
   */
  claimAnswers(claims: readonly Row[]): Sql;
  /** Waits for those who write tokens, and keeps others from it until the transaction ends. */
  readonly holdTokens: Sql;
  /** Keeps others who ask for the same from a table until the transaction ends; its rows change as ever. */
  hold(table: string): Sql;
  /** Takes fresh ids, ascending. */
  takeIds(
    session: Session,
    table: 'pool' | 'network' | 'resource' | 'address' | 'address_range',
    count: number,
  ): Promise<number[]>;
  /**
   * Up to `limit` free blocks of each size, 2^minBits addresses and more, from an address on: rows
   * with `bits`, `lo`.
   */
  freeBlocksBySize(query: {
    poolId: number;
    minBits: number;
    maxBits: number;
    from: Uint8Array;
    limit: number;
    descending: boolean;
  }): Sql;
  /** Statements that delete and insert rows of free_block: pool, bits, lo. */
  replaceFreeBlocks(gone: readonly Row[], added: readonly Row[]): Sql[];
  /** Column types for TypeORM. */
  readonly time: EntityColumn;
  readonly json: EntityColumn;
  readonly bytes: EntityColumn;
  readonly bool: EntityColumn;
}

/** So many values of a tag are looked up one by one. */
const FEW_VALUES = 20;

/** Any number, the same in every server: who holds it seals the audit log. */
const SEALING_LOCK = 4_221_960_817;

const ANSWER_CLAIM = {
  actor_id: 'text',
  key: 'text',
  fingerprint: 'text',
  claimed_at: 'time',
} as const satisfies Columns;

/** The columns of free_block. */
export const FREE_BLOCK = { parent_id: 'id', bits: 'int', lo: 'bytes' } as const satisfies Columns;

const ARRAY_TYPES = {
  id: 'int8[]',
  int: 'int4[]',
  bytes: 'bytea[]',
  text: 'text[]',
  time: 'timestamptz[]',
  json: 'jsonb[]',
  bool: 'bool[]',
  numeric: 'numeric[]',
  cidr: 'cidr[]',
} as const;

/** How values of a type go into JSON, where not as they are. */
type InJson = Readonly<Partial<Record<ColumnType, (expression: string) => string>>>;
const JSON_POSTGRES: InJson = {
  bytes: (each) => `encode(${each}, 'hex')`,
  time: (each) => `(extract(epoch from ${each}) * 1000)::int8`,
  numeric: (each) => `${each}::text`,
};
const JSON_SQLITE: InJson = {
  bytes: (each) => `hex(${each})`,
  json: (each) => `json(${each})`,
};

/** The number of the lock of an idempotency key of an actor. */
function keyLock(actorId: Sql, key: Sql): Sql {
  return sql`hashtextextended(${actorId} || chr(31) || ${key}, 0)`;
}

export const POSTGRES: Dialect = {
  name: 'postgres',
  blocks: false,
  table(alias, columns, rows) {
    const arrays = Object.values(columns).map(
      (type, at) => sql`${rows.map((row) => row[at] ?? null)}::${raw(ARRAY_TYPES[type])}`,
    );
    return sql`unnest(${commas(arrays)}) as ${raw(alias)} (${raw(Object.keys(columns).join(', '))})`;
  },
  jsonArray: (values) =>
    raw(
      `json_build_array(${values.map(([each, type]) => JSON_POSTGRES[type]?.(each) ?? each).join(', ')})::text`,
    ),
  among: (column, type, values) => sql`${column} = any(${values}::${raw(ARRAY_TYPES[type])})`,
  // What has an offset is not taken apart: the rows come first.
  forEach: (rows, { select, from, where }) =>
    sql`select found.* from ${rows} cross join lateral (select ${select} from ${from} where ${where} offset 0) found`,
  range: (key, of, column, first, last) =>
    sql`(${key}, ${column}) >= (${of}, ${first}) and (${key}, ${column}) <= (${of}, ${last})`,
  amongThose: (column, ids) => sql`${column} = any(array(${ids}))`,
  hasPart: (column, text) => sql`${column} ilike ${likePattern(text)} escape '!'`,
  hex: (column) => sql`encode(${column}, 'hex')`,
  byBytes: raw('collate "C"'),
  lock: (alias) => raw(`for no key update of ${alias}`),
  tagged: (column, key, value) => sql`${column} @> ${JSON.stringify({ [key]: value })}::jsonb`,
  poolTagged: (key, value) => sql`p.tags @> ${JSON.stringify({ [key]: value })}::jsonb`,
  poolTaggedAmong: (key, values) =>
    values.length <= FEW_VALUES
      ? sql`p.tags @> any(${values.map((value) => JSON.stringify({ [key]: value }))}::jsonb[])`
      : // Looked up in a hash, pool by pool: each look into the index also reads all that waits to go into it.
        sql`(p.tags ->> ${key} in (select value from unnest(${values}::text[]) as v (value))) is true`,
  hasKey: (column, key) => sql`jsonb_exists(${column}, ${key})`,
  lockFree: (alias) => raw(`for no key update of ${alias} skip locked`),
  tryToSeal: sql`select pg_try_advisory_xact_lock(${SEALING_LOCK}) as taken`,
  triggers: raw(
    `select tgname as name from pg_trigger where not tgisinternal and tgenabled in ('O', 'A')
    union all select indexname from pg_indexes where tablename = 'audit_entry'`,
  ),
  auditGuards: [
    'audit_entry_await_seal',
    'audit_entry_append_only',
    'audit_entry_no_truncate',
    'audit_entry_proof',
    'audit_seal_append_only',
    'audit_seal_no_truncate',
  ],
  holdKey: (actorId, key) =>
    sql`select pg_advisory_xact_lock(${keyLock(sql`${actorId}::text`, sql`${key}::text`)})`,
  holdNames: (kind, mode) => {
    const hold = raw(mode === 'share' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock');
    return sql`select ${hold}(hashtextextended(${`names of ${kind}`}::text, 0))`;
  },
  claimAnswers: (claims) => sql`with asked as materialized (
      select t.*, not pg_try_advisory_xact_lock(${keyLock(raw('actor_id'), raw('key'))}) as held
      from ${POSTGRES.table('t', ANSWER_CLAIM, claims)}),
    taken as (insert into answer (actor_id, key, fingerprint, claimed_at)
      select actor_id, key, fingerprint, claimed_at from asked where not held
      on conflict do nothing returning actor_id, key)
    select a.actor_id, a.key, a.held, t.key is not null as fresh from asked a
      left join taken t on t.actor_id = a.actor_id and t.key = a.key`,
  holdTokens: raw('lock table token in share row exclusive mode'),
  hold: (table) => raw(`lock table ${table} in share update exclusive mode`),
  async takeIds(session, table, count) {
    const sequence = `${table}_id_seq`;
    const rows = await session.rows<{ id: number }>(
      sql`select nextval(${sequence}::regclass) as id from generate_series(1, ${count}::int)`,
    );
    return rows.map((row) => row.id);
  },
  freeBlocksBySize({ poolId, minBits, maxBits, from, limit, descending }) {
    return sql`select f.bits, f.lo
      from generate_series(${minBits}::int, ${maxBits}::int) as size (bits) cross join lateral (
      select b.bits, b.lo from free_block b where b.parent_id = ${poolId} and b.bits = size.bits and b.lo >= ${from}
      order by b.lo ${raw(descending ? 'desc' : 'asc')} limit ${limit}) f`;
  },
  replaceFreeBlocks(gone, added) {
    return [
      sql`with gone as (
      delete from free_block f using ${POSTGRES.table('t', FREE_BLOCK, gone)}
        where f.parent_id = t.parent_id and f.bits = t.bits and f.lo = t.lo)
      insert into free_block (parent_id, bits, lo) select parent_id, bits, lo
        from ${POSTGRES.table('a', FREE_BLOCK, added)}`,
    ];
  },
  time: { type: 'timestamptz' },
  json: { type: 'jsonb' },
  bytes: { type: 'bytea' },
  bool: { type: 'bool' },
};

const LAST_ADDRESS = new Uint8Array(16).fill(255);
const FIRST_ADDRESS = new Uint8Array(16);

export const SQLITE: Dialect = {
  name: 'sqlite',
  blocks: true,
  table(alias, columns, rows) {
    const fields = Object.entries(columns).map(([column, type], at) =>
      raw(`${type === 'bytes' ? `unhex(value ->> ${at})` : `value ->> ${at}`} as ${column}`),
    );
    return sql`(select ${commas(fields)}
      from json_each(${JSON.stringify(rows.map((row) => row.map(jsonValue)))})) as ${raw(alias)}`;
  },
  jsonArray: (values) =>
    raw(
      `json_array(${values.map(([each, type]) => JSON_SQLITE[type]?.(each) ?? each).join(', ')})`,
    ),
  among: (column, _type, values) =>
    sql`${column} in (select value from json_each(${JSON.stringify(values)}))`,
  forEach: (rows, { select, from, where }) =>
    sql`select ${select} from ${rows} cross join ${from} where ${where}`,
  range: (key, of, column, first, last) =>
    sql`${key} = ${of} and ${column} between ${first} and ${last}`,
  amongThose: (column, ids) => sql`${column} in (${ids})`,
  // The sign leaves the text as it is. A pattern without it has SQLite plan a statement again for each one.
  hasPart: (column, text) => sql`${column} like +${likePattern(text)} escape '!'`,
  hex: (column) => sql`hex(${column})`,
  byBytes: raw('collate binary'),
  lock: () => raw(''),
  // The trigram index knows parts of three letters and more.
  idsWithText: (table, text, window) =>
    [...text].length < 3
      ? undefined
      : sql`select rowid as id from ${raw(`${table}_text`)}
        where ${raw(`${table}_text`)} match ${`"${text.replaceAll('"', '""')}"`} and ${window(raw('rowid'))}`,
  // Most rows do not hold the key at all, which is told without parsing.
  tagged: (column, key, value) => sql`(instr(${column}, ${JSON.stringify(key)}) > 0
    and exists (select 1 from json_each(${column}) tag where tag.key = ${key} and tag.value = ${value}))`,
  poolTagged: (key, value) =>
    sql`p.id in (select pool_id from pool_tag where key = ${key} and value = ${value})`,
  poolTaggedAmong: (key, values) =>
    sql`p.id in (select pool_id from pool_tag where key = ${key}
      and value in (select value from json_each(${JSON.stringify(values)})))`,
  hasKey: (column, key) => sql`(json_type(${column}, ${`$.${key}`}) is not null)`,
  lockFree: () => raw(''),
  // There is one writer only.
  tryToSeal: raw('select 1 as taken'),
  triggers: raw("select name from sqlite_master where type in ('trigger', 'index')"),
  auditGuards: [
    'audit_entry_await_seal',
    'audit_entry_no_update',
    'audit_entry_no_delete',
    'audit_entry_no_replace',
    'audit_entry_no_copy',
    'audit_entry_proof',
    'audit_seal_no_update',
    'audit_seal_no_delete',
    'audit_seal_no_replace',
  ],
  claimAnswers: (claims) => sql`insert into answer (actor_id, key, fingerprint, claimed_at)
    select actor_id, key, fingerprint, claimed_at from ${SQLITE.table('t', ANSWER_CLAIM, claims)}
    where true on conflict do nothing returning actor_id, key, 0 as held, 1 as fresh`,
  holdTokens: raw('select 1'),
  hold: () => raw('select 1'),
  async takeIds(session, table, count) {
    const [row] = await session.rows<{ last: number }>(
      sql`update id_sequence set last = last + ${count} where name = ${table} returning last`,
    );
    return Array.from({ length: count }, (_, at) => (row?.last ?? 0) - count + 1 + at);
  },
  freeBlocksBySize({ poolId, minBits, maxBits, from, limit, descending }) {
    const lengths = JSON.stringify(
      Array.from({ length: maxBits - minBits + 1 }, (_, at) => minBits + at),
    );
    const [compare, order] = descending ? [raw('>='), raw('desc')] : [raw('<='), raw('asc')];
    return sql`select f.bits, f.lo from json_each(${lengths}) size cross join free_block f
      where f.parent_id = ${poolId} and f.bits = size.value and f.lo >= ${from} and f.lo ${compare} coalesce((
        select b.lo from free_block b where b.parent_id = ${poolId} and b.bits = size.value and b.lo >= ${from}
        order by b.lo ${order} limit 1 offset ${limit - 1}), ${descending ? FIRST_ADDRESS : LAST_ADDRESS})`;
  },
  replaceFreeBlocks: (gone, added) => [
    sql`delete from free_block where (parent_id, bits, lo) in (select parent_id, bits, lo
      from ${SQLITE.table('t', FREE_BLOCK, gone)})`,
    sql`insert into free_block (parent_id, bits, lo) select parent_id, bits, lo
      from ${SQLITE.table('t', FREE_BLOCK, added)}`,
  ],
  time: {
    type: 'integer',
    transformer: {
      to: (value: Date | null | undefined) => value?.getTime() ?? value,
      from: (value: number | null) => (value === null ? null : new Date(value)),
    },
  },
  json: {
    type: 'text',
    transformer: {
      to: (value: unknown) => (value === null ? null : JSON.stringify(value)),
      from: (text: string | null) => (text === null ? null : JSON.parse(text)),
    },
  },
  bytes: { type: 'blob' },
  bool: { type: 'integer', transformer: { to: (value: boolean) => Number(value), from: Boolean } },
};

/** The pattern of LIKE for a part of a text, with `!` as the escape. */
function likePattern(text: string): string {
  return `%${text.replace(/[!%_]/g, (sign) => `!${sign}`)}%`;
}

/** A value as SQLite takes it. */
export function sqliteValue(value: Value): string | number | Buffer | null {
  // Most values are one of these, and rows have many.
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  if (value instanceof Date) return value.getTime();
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'bigint' ? String(value) : value;
}

function jsonValue(value: Value): string | number | null {
  const plain = sqliteValue(value);
  return typeof plain === 'object' && plain !== null ? plain.toString('hex') : plain;
}

function commas(pieces: readonly Sql[]): Sql {
  return pieces.reduce((all, piece, at) => (at === 0 ? piece : sql`${all}, ${piece}`), raw(''));
}
