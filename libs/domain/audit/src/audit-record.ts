import type { AuditEntry, Diff, DiffValue } from './audit-store';
import type { Actor } from './change';
import { canonicalJson } from './canonical-json';

/** An entry as it leaves the server, and as it is hashed. */
export type AuditRecord = {
  readonly id: number;
  /** ISO 8601 */
  readonly timestamp: string;
  readonly actor: Readonly<Pick<Actor, 'type' | 'id' | 'name'>>;
  readonly action: string;
  readonly entity_type: string;
  readonly entity_id: string;
  readonly diff: Pick<Diff, 'before' | 'after'>;
  readonly request_id: string;
  readonly reason: string | null;
  /** Of the state that the action tells; left out where it is the first one. */
  readonly version?: number;
};

/** The record of an entry. The place is not part of it: it follows from the diffs. */
export function auditRecord(entry: AuditEntry): AuditRecord {
  const { type, id, name } = entry.actor;
  return {
    id: entry.id,
    timestamp: entry.at.toISOString(),
    actor: { type, id, name },
    action: entry.type,
    entity_type: entry.entityType,
    entity_id: entry.entityId,
    diff: { before: entry.diff.before, after: entry.diff.after },
    request_id: entry.requestId,
    reason: entry.reason,
    // Entries from before there were versions keep their hashes.
    ...(entry.version > 1 && { version: entry.version }),
  };
}

/**
 * The record as it is sealed, exported and forwarded: with the proof of who wrote it, where there
 * is one.
 */
export function sealedFields(entry: AuditEntry): { readonly [field: string]: DiffValue } {
  return { ...auditRecord(entry), ...(entry.proof !== undefined && { proof: entry.proof }) };
}

/** SHA-256 of a text in UTF-8, as 64 lower-case hexadecimal digits. */
export type Sha256 = (text: string) => string;

/** What the first seal continues. */
export const FIRST_HASH = '0'.repeat(64);

/**
 * The hash of an entry in the chain: of the hash before it, as text, and the entry's canonical
 * JSON.
 */
export function sealHash(sha256: Sha256, previous: string, entry: AuditEntry): string {
  return sha256(previous + canonicalJson(sealedFields(entry)));
}
