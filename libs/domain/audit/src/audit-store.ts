import type { Actor, Change } from './change';
import type { AccessScope } from './access-scope';
import { redacted, redactedValue } from './redacted';

/**
 * JSON that may stand in a diff: CIDRs are text, dates ISO 8601, address counts decimal strings.
 */
export type DiffValue =
  string | number | boolean | null | readonly DiffValue[] | { readonly [key: string]: DiffValue };

/** Changed fields only: `before` is null for a creation, `after` is null for a deletion. */
export interface Diff {
  readonly before: { readonly [field: string]: DiffValue } | null;
  readonly after: { readonly [field: string]: DiffValue } | null;
}

export interface NewAuditEntry {
  readonly at: Date;
  readonly actor: Actor;
  /** `entity.verb`, for example `pool.create`. */
  readonly action: string;
  readonly entityType: string;
  readonly entityId: string;
  readonly diff: Diff;
  readonly requestId: string;
  readonly reason: string | null;
  /** See `proofOf`; none where the servers have no key. */
  readonly proof?: string;
}

export interface AuditEntry extends NewAuditEntry {
  readonly id: number;
}

export interface AuditFilter {
  readonly entityType?: string;
  readonly entityId?: string;
  /**
   * The actor's id; where no entry (of the access scope) has that id, part of the actor's name in any
   * case.
   */
  readonly actor?: string;
  readonly action?: string;
  /** What the action begins with: `pool.` for all that happens to pools. */
  readonly actionPrefix?: string;
  readonly since?: Date;
  /** Exclusive. */
  readonly until?: Date;
  /**
   * Only entries about pools that lie in the access scope, or lay there when they were deleted, about
   * discovered resources that lie in it, and about accounts that it names.
   */
  readonly accessScope?: AccessScope;
}

/** How the actor of a filter was read; null where none was asked for. */
export type ActorBy = 'id' | 'name' | null;

/** Append-only. Entries become visible when the run that wrote them commits. */
export interface AuditStore {
  append(entries: readonly NewAuditEntry[]): Promise<void>;
  /** Newest first (by id). `page` starts at 1. `total` is exact up to 10,000, then 10,001. */
  list(
    filter: AuditFilter,
    page: number,
    pageSize: number,
  ): Promise<{ entries: AuditEntry[]; total: number; actorBy: ActorBy }>;
  /**
   * Up to `limit` entries in the order of ids, beyond an id when one is given. Costs the same
   * anywhere in the log.
   */
  scan(
    filter: AuditFilter,
    from: { readonly order: 'oldest' | 'newest'; readonly beyond?: number },
    limit: number,
  ): Promise<AuditEntry[]>;
}

/**
 * The entry that tells of one change to one entity. A token that stands in one of its texts does
 * not get into the log.
 */
export function auditEntry(
  change: Change,
  action: string,
  entityType: string,
  entityId: number | string,
  diff: Diff,
): NewAuditEntry {
  return {
    at: change.at,
    actor: change.actor,
    action,
    entityType,
    entityId: String(entityId),
    diff: {
      before: diff.before && redactedValue(diff.before),
      after: diff.after && redactedValue(diff.after),
    },
    requestId: redacted(change.requestId),
    reason: change.reason === undefined ? null : redacted(change.reason),
  };
}
