import type { ActorBy, AuditEntry, AuditFilter, AuditStore } from './audit-store';
import type { Reader } from './unit-of-work';

/** A page of the audit trail. */
export interface TrailPage {
  /** Newest first. */
  readonly entries: readonly AuditEntry[];
  /** Exact up to 10,000; 10,001 means more. */
  readonly total: number;
  /** How the actor of the filter was read. */
  readonly actorBy: ActorBy;
  /** The next page has the entries older than this one; null on the last page. */
  readonly next: number | null;
}

/** Which page of the audit trail: by its number, or of the entries older than one. */
export interface TrailWindow {
  readonly size: number;
  /** From 1. */
  readonly page?: number;
  /** An id: only older entries, wherever that is. It counts before `page`. */
  readonly beyond?: number;
}

/** Reads the audit trail: all of it, or what lies in an access scope. */
export class ReadTrail {
  constructor(
    private readonly reader: Reader<{ readonly audit: Pick<AuditStore, 'list' | 'scan'> }>,
  ) {}

  /** The changes that a filter lets through. A page by `beyond` costs the same anywhere. */
  list(filter: AuditFilter, { size, page = 1, beyond }: TrailWindow): Promise<TrailPage> {
    return this.reader.read(async ({ audit }) => {
      const older = (than: number, limit: number): Promise<AuditEntry[]> =>
        audit.scan(filter, { order: 'newest', beyond: than }, limit);
      const isNumbered = beyond === undefined;
      const counted = await audit.list(filter, isNumbered ? page : 1, isNumbered ? size : 1);
      const entries = isNumbered ? counted.entries : await older(beyond, size);
      const last = entries.at(-1)?.id;
      const hasMore =
        last !== undefined && entries.length === size && (await older(last, 1)).length > 0;
      const { total, actorBy } = counted;
      return { entries, total, actorBy, next: hasMore ? last : null };
    });
  }
}
