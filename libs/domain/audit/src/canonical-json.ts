import canonicalize from 'canonicalize';
import type { DiffValue } from './audit-store';

/** JSON of which a value has exactly one text (RFC 8785). */
export function canonicalJson(value: DiffValue): string {
  return canonicalize(value) as string; // undefined is given for undefined alone
}
