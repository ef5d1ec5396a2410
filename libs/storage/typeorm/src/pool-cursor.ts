import { isInstant, isStorableText } from '@cloudpam/audit';
import { addressBytes, prefixLength128 } from '@cloudpam/cidr';
import { InvalidCursor, type Pool, type PoolSort } from '@cloudpam/pools';
import { raw, type Sql, type Value } from './sql';

/**
 * One column of the order: what it is called in SQL, how to read it off a pool, and how it stands
 * in a cursor.
 */
export interface SortColumn {
  readonly column: Sql;
  readonly descending: boolean;
  /** The value as JSON. */
  readonly of: (pool: Pool) => string | number;
  /** The value for SQL; undefined when the JSON is not one. */
  readonly parse: (json: unknown) => Value | undefined;
}

/** The columns that a sort stands for; the id comes last and makes the order total. */
export function sortColumns(sort: readonly PoolSort[], byBytes: Sql): SortColumn[] {
  const columns = sort.flatMap(({ field, descending }): SortColumn[] => {
    switch (field) {
      case 'cidr':
        return [
          {
            column: raw('p.lo'),
            descending,
            of: (pool) => Buffer.from(addressBytes(pool.cidr.first)).toString('hex'),
            parse: addressOf,
          },
          {
            column: raw('p.plen'),
            descending,
            of: (pool) => prefixLength128(pool.cidr),
            parse: lengthOf,
          },
        ];
      case 'name':
        return [
          {
            column: raw(`p.name ${byBytes.strings[0] ?? ''}`),
            descending,
            of: (pool) => pool.name,
            parse: (json) => (typeof json === 'string' && isStorableText(json) ? json : undefined),
          },
        ];
      case 'created_at':
        return [
          {
            column: raw('p.created_at'),
            descending,
            of: (pool) => pool.createdAt.getTime(),
            parse: timeOf,
          },
        ];
      case 'updated_at':
        return [
          {
            column: raw('p.updated_at'),
            descending,
            of: (pool) => pool.updatedAt.getTime(),
            parse: timeOf,
          },
        ];
      case 'id':
        return [{ column: raw('p.id'), descending, of: (pool) => pool.id, parse: numberOf }];
    }
  });
  if (sort.some(({ field }) => field === 'id')) return columns;
  return [
    ...columns,
    {
      column: raw('p.id'),
      descending: sort.at(-1)?.descending ?? false,
      of: (pool) => pool.id,
      parse: numberOf,
    },
  ];
}

/** The text of the place after a pool in a sorted list. */
export function cursorAfter(
  pool: Pool,
  sort: readonly PoolSort[],
  columns: readonly SortColumn[],
): string {
  return Buffer.from(
    JSON.stringify([nameOf(sort), ...columns.map((each) => each.of(pool))]),
  ).toString('base64url');
}

/**
 * The values of a cursor, one for each column. @throws InvalidCursor when it is not one of this
 * sort
 */
export function valuesOfCursor(
  cursor: string,
  sort: readonly PoolSort[],
  columns: readonly SortColumn[],
): Value[] {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw new InvalidCursor();
  }
  if (!Array.isArray(parts) || parts.length !== columns.length + 1 || parts[0] !== nameOf(sort))
    throw new InvalidCursor();
  return columns.map((each, at) => {
    const value = each.parse(parts[at + 1]);
    if (value === undefined) throw new InvalidCursor();
    return value;
  });
}

function nameOf(sort: readonly PoolSort[]): string {
  return sort.map(({ field, descending }) => (descending ? `-${field}` : field)).join(',');
}

function numberOf(json: unknown): number | undefined {
  return Number.isSafeInteger(json) ? (json as number) : undefined; // checked just now
}

function lengthOf(json: unknown): number | undefined {
  const length = numberOf(json) ?? -1;
  return length >= 0 && length <= 128 ? length : undefined;
}

function timeOf(json: unknown): Date | undefined {
  const time = new Date(numberOf(json) ?? NaN);
  return isInstant(time) ? time : undefined;
}

function addressOf(json: unknown): Uint8Array | undefined {
  return typeof json === 'string' && /^[0-9a-f]{32}$/.test(json)
    ? Uint8Array.from(Buffer.from(json, 'hex'))
    : undefined;
}
