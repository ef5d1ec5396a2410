import { InvalidCursor, type Pool, type PoolSort } from '@cloudpam/pools';
import { byText } from './page-of';

type Value = string | number;

/**
 * Where a row stands in a sorted list: its sort values, then its id. Address values are fixed-width
 * hexadecimal.
 */
export type Position = readonly Value[];

export function positionOf(pool: Pool, sort: readonly PoolSort[]): Position {
  return [...sort.map(({ field }) => valueOf(pool, field)), pool.id];
}

/**
 * Order of positions; the id follows the direction of the last field, so that descending is the
 * exact reverse.
 */
export function comparePositions(a: Position, b: Position, sort: readonly PoolSort[]): number {
  for (let at = 0; at <= sort.length; at++) {
    const order = compareValues(a[at] ?? 0, b[at] ?? 0);
    if (order !== 0) return (sort[at] ?? sort.at(-1))?.descending ? -order : order;
  }
  return 0;
}

/** The opaque text of a position in a list of that sort. */
export function cursorOf(position: Position, sort: readonly PoolSort[]): string {
  return Buffer.from(JSON.stringify([nameOf(sort), ...position])).toString('base64url');
}

/** Reads a cursor back. @throws InvalidCursor when it is not one, or belongs to another sort */
export function positionFrom(cursor: string, sort: readonly PoolSort[]): Position {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw new InvalidCursor();
  }
  const [name, ...position] = Array.isArray(parts) ? (parts as unknown[]) : [];
  if (name !== nameOf(sort) || !isPosition(position, sort)) throw new InvalidCursor();
  return position;
}

function nameOf(sort: readonly PoolSort[]): string {
  return sort.map(({ field, descending }) => (descending ? `-${field}` : field)).join(',');
}

function isPosition(position: unknown, sort: readonly PoolSort[]): position is Position {
  if (!Array.isArray(position) || position.length !== sort.length + 1) return false;
  return position.every((value, at) => {
    const field = sort[at]?.field ?? 'id';
    return (
      typeof value === (field === 'cidr' || field === 'name' ? 'string' : 'number') &&
      (field !== 'cidr' || /^[0-9a-f]{32} \d{3}$/.test(String(value)))
    );
  });
}

function valueOf(pool: Pool, field: PoolSort['field']): Value {
  switch (field) {
    case 'cidr':
      return `${pool.cidr.first.toString(16).padStart(32, '0')} ${String(pool.cidr.prefixLength).padStart(3, '0')}`;
    case 'name':
      return pool.name;
    case 'created_at':
      return pool.createdAt.getTime();
    case 'updated_at':
      return pool.updatedAt.getTime();
    case 'id':
      return pool.id;
  }
}

function compareValues(a: Value, b: Value): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : byText(String(a), String(b));
}
