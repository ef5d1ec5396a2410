import type { AuditEntry } from './audit-store';

/**
 * A link of the chain: `seq` counts from 1 in the order of sealing, which is not always the order
 * of ids.
 */
export interface AuditSeal {
  readonly seq: number;
  readonly entryId: number;
  /** See `sealHash`. */
  readonly hash: string;
}

/** A seal with its entry. */
export interface SealedEntry {
  readonly seal: AuditSeal;
  /** undefined when someone has removed it. */
  readonly entry: AuditEntry | undefined;
}

/** What verification finds beside the chain. */
export interface Unsealed {
  /** Entries that wait to be sealed. */
  readonly waiting: number;
  /** The first entry that neither has a seal nor waits for one: its seal was removed. */
  readonly withoutSeal: number | null;
  /** The first id that waits to be sealed and has no entry any more. */
  readonly withoutEntry: number | null;
  /** The first entry with the proof of another one: it was copied. */
  readonly copied: number | null;
}

/**
 * The chain of hashes over the audit log. Append-only. Every entry waits to be sealed from the
 * moment it is committed.
 */
export interface SealStore {
  /** True when this run alone may seal until it ends; false when another one does. Never waits. */
  tryLock(): Promise<boolean>;
  /** The last seal. */
  head(): Promise<AuditSeal | undefined>;
  /** Up to `limit` committed entries that wait to be sealed, lowest id first. */
  waiting(limit: number): Promise<AuditEntry[]>;
  /**
   * Adds seals; their entries wait no longer. @throws StoredConflict for a seq or an entry that has
   * one
   */
  append(seals: readonly AuditSeal[]): Promise<void>;
  /** Up to `limit` seals above a seq, in order, with their entries. */
  sealed(afterSeq: number, limit: number): Promise<SealedEntry[]>;
  /** Reads all entries. */
  unsealed(): Promise<Unsealed>;
  /** Names of what keeps the log append-only and is gone or switched off. */
  missingGuards(): Promise<string[]>;
}
