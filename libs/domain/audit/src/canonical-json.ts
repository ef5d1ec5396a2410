import type { DiffValue } from './audit-store';

/**
 * JSON of which a value has exactly one: no spaces, the keys of objects in the order of their
 * UTF-16 code units (as RFC 8785).
 */
export function canonicalJson(value: DiffValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const fields = Object.entries(value as { readonly [key: string]: DiffValue }).sort(([a], [b]) =>
    a < b ? -1 : 1,
  ); // not an array
  return `{${fields.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join(',')}}`;
}
