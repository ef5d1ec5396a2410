import type { Actor } from './change';
import type { AccessScope } from './access-scope';
import type { Place } from './event';

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

/** The fields of an entry: one event of the log. */
export interface AuditFields {
  /** The time of the request that caused it. */
  readonly at: Date;
  readonly actor: Actor;
  /** `entity.verb`, for example `pool.create`; see `EventType`. */
  readonly type: string;
  /** Of the state that the type tells; what was written before there were versions has 1. */
  readonly version: number;
  readonly entityType: string;
  readonly entityId: string;
  /** Where the entity is after the event; where it was, when the event ends it. */
  readonly place: Place | null;
  /** Where the entity was before, if that was elsewhere. */
  readonly formerPlace: Place | null;
  readonly diff: Diff;
  /** The request or job that caused it; of what the server does by itself, what that is. */
  readonly requestId: string;
  /** Why, as whoever caused it has said. */
  readonly reason: string | null;
  /** See `proofOf`; none where the servers have no key. */
  readonly proof?: string;
}

declare const DECLARED: unique symbol;

/** An entry to be written: an event of a declared type, made by what `eventsOf` gives. */
export interface NewAuditEntry extends AuditFields {
  readonly [DECLARED]: true;
}

/** An entry of the log. */
export interface AuditEntry extends AuditFields {
  readonly id: number;
}

/** Which entries are asked for: those that fit every given field. */
export interface AuditFilter {
  readonly entityType?: string;
  readonly entityId?: string;
  /**
   * The actor's id; where no entry (of the access scope) has that id, part of the actor's name in any
   * case.
   */
  readonly actor?: string;
  readonly type?: string;
  /** What the type begins with: `pool.` for all that happens to pools. */
  readonly typePrefix?: string;
  readonly since?: Date;
  /** Exclusive. */
  readonly until?: Date;
  /**
   * Only entries about pools and discovered resources that lay in the access scope after the event or
   * before it, and about accounts that it names.
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
