import type { NewAuditEntry } from './audit-store';

/** Who did something: a person, an API token, a collector's token, or the server itself. */
export interface Actor {
  readonly type: 'user' | 'token' | 'collector' | 'system';
  /** Stable id of the user or token; `system` for the server. */
  readonly id: string;
  readonly name: string;
}

/** Makes a write answer the same when it is sent again (the `Idempotency-Key` header). */
export interface Idempotency<Result = unknown> {
  readonly key: string;
  /** Hash of route and body: the same key with another fingerprint is refused. */
  readonly fingerprint: string;
  /**
   * Turns the result of the work into the answer that is stored and replayed; null where the key is
   * to stay free.
   */
  readonly encode: (result: Result) => string | null;
}

/**
 * What bounds a write of someone who is limited to a part of the estate; it is checked in the unit
 * of work of the write.
 */
export interface WriteLimit {
  /** @throws what the caller is told when something that the write names is not there for them */
  before(stores: unknown): Promise<void>;
  /**
   * The limit of a part of the write that is a unit of work of its own, and names these discovered
   * resources in place of all.
   */
  forResources(ids: readonly number[]): WriteLimit;
  /**
   * @param entries all that the write has told the audit log
   * @returns the result as the caller may read it
   * @throws what the caller is told when the write has changed something beyond their limits
   */
  after<T>(stores: unknown, entries: readonly NewAuditEntry[], result: T): Promise<T>;
}

/** The circumstances of one write: who, when, under which request, and whether it is only tried. */
export interface Change {
  readonly actor: Actor;
  readonly at: Date;
  readonly requestId: string;
  readonly reason?: string;
  /** All checks run and the answer is made, then everything is rolled back. */
  readonly dryRun?: boolean;
  readonly limit?: WriteLimit;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the result is whatever the work gives
  readonly idempotency?: Idempotency<any>;
}

/** The server itself, for what it does without being asked. */
export const SYSTEM_ACTOR: Actor = { type: 'system', id: 'system', name: 'system' };
