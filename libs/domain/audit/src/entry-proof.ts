import { auditRecord } from './audit-record';
import type { AuditEntry, AuditFields } from './audit-store';
import { canonicalJson } from './canonical-json';

/** HMAC of a text in UTF-8 with the key of the servers, as hexadecimal digits. */
export type Hmac = (text: string) => string;

/**
 * What shows that a server with the key wrote the entry: `nonce.hmac`. The nonce is used once, so
 * that no copy of an entry has a proof.
 */
export function proofOf(hmac: Hmac, nonce: string, entry: AuditFields): string {
  // As a storage gives it back: without the id, which is not known yet.
  const { id: _, ...record } = auditRecord({
    ...entry,
    diff: JSON.parse(JSON.stringify(entry.diff)) as AuditEntry['diff'],
    id: 0,
  });
  return `${nonce}.${hmac(`${nonce}.${canonicalJson(record)}`)}`;
}

export function isProven(hmac: Hmac, entry: AuditEntry): boolean {
  const [nonce = ''] = entry.proof?.split('.') ?? [];
  return entry.proof === proofOf(hmac, nonce, entry);
}
