import { canonicalJson, type DiffValue } from '@cloudpam/audit';
import { formatCidr, parseCidr } from '@cloudpam/cidr';
import type { ColumnType } from '../session';
import type { Value } from '../sql';
import { DumpError } from './dump-error';

/**
 * A value as a dump has it, the same from either database: bytes as hexadecimal digits, times in milliseconds since
 * 1970, booleans as 0 and 1, JSON as its canonical text, numbers of any size as text.
 */
export type Dumped = string | number | null;

/** What SQLite and, by `askPostgres`, PostgreSQL give for a column. @throws DumpError */
export function dumpedOf(type: ColumnType, value: unknown): Dumped {
  if (value === null) return null;
  if (Buffer.isBuffer(value)) return value.toString('hex');
  if (type === 'json') return canonicalJson(JSON.parse(String(value)) as DiffValue);
  if (type === 'cidr') return canonicalCidr(String(value));
  if (typeof value === 'string' && (type === 'id' || type === 'time')) return whole(Number(value));
  return typeof value === 'number' ? whole(value) : String(value);
}

/** How PostgreSQL is asked for a column. */
export function askPostgres(column: string, type: ColumnType): string {
  switch (type) {
    case 'time':
      return `floor(extract(epoch from ${column}) * 1000)::int8`;
    case 'bool':
      return `${column}::int`;
    case 'json':
    case 'numeric':
    case 'cidr':
      return `${column}::text`;
    default:
      return column;
  }
}

/** What goes into a column of a database. @throws DumpError where that is no value of its type */
export function storedValue(type: ColumnType, value: unknown): Value {
  if (value === null) return null;
  switch (type) {
    case 'id':
    case 'int':
      if (Number.isSafeInteger(value)) return value as number; // so it is a number
      break;
    case 'time':
      if (Number.isSafeInteger(value)) return new Date(value as number); // so it is a number
      break;
    case 'bool':
      if (value === 0 || value === 1) return value === 1;
      break;
    case 'bytes':
      if (typeof value === 'string' && /^([0-9a-f]{2})*$/.test(value))
        return Buffer.from(value, 'hex');
      break;
    default:
      if (typeof value === 'string') return value;
  }
  throw new DumpError(`${JSON.stringify(value)?.slice(0, 100)} is no value of type ${type}`);
}

function whole(value: number): number {
  if (Number.isSafeInteger(value)) return value;
  throw new DumpError(`${value} is no whole number that a dump can hold`);
}

/** PostgreSQL writes the end of some IPv6 addresses as IPv4. */
export function canonicalCidr(text: string): string {
  return text.includes(':') && text.includes('.') ? formatCidr(parseCidr(text)) : text;
}
