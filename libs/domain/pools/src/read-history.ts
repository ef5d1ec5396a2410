import { entryPages, type AuditEntry, type AuditReader } from '@cloudpam/audit';
import { poolAfter, type PastPool } from './pool-past';
import { poolNotFound } from './pool-rules';

/** Entries of one reading; more would keep other requests waiting. */
const PAGE = 500;

/** One change in the history of a pool. */
export interface PoolEvent {
  readonly entry: AuditEntry;
  /** The pool after it; undefined once it is deleted. */
  readonly state: PastPool | undefined;
}

/** A page of the history of a pool. */
export interface PoolHistory {
  /** Newest first. */
  readonly events: readonly PoolEvent[];
  /** How many events the whole history has. */
  readonly total: number;
  /** Whether older events follow. */
  readonly hasMore: boolean;
}

/** Which events a page has, counted from the newest. */
export interface HistoryWindow {
  readonly size: number;
  /** So many of the newest are left out. */
  readonly skip?: number;
  /** Events of this entry and newer ones are left out. */
  readonly before?: number;
}

/** Reads what happened to pools. */
export class ReadHistory {
  constructor(private readonly reader: AuditReader) {}

  /**
   * What happened to one pool, newest first, with its state after each event; also after it was
   * deleted. Reads all its entries, which an index finds.
   * @throws PoolError `pool_not_found` for a pool that the log does not know
   */
  async of(id: number, { size, skip = 0, before }: HistoryWindow): Promise<PoolHistory> {
    const filter = { entityType: 'pool', entityId: String(id) };
    const most = size + skip;
    let window: PoolEvent[] = [];
    let total = 0;
    let wanted = 0;
    let state: PastPool | undefined;
    for await (const entries of entryPages(this.reader, filter, PAGE)) {
      for (const entry of entries) {
        state = poolAfter(state, entry);
        total += 1;
        if (before !== undefined && entry.id >= before) continue;
        wanted += 1;
        window.push({ entry, state });
        if (window.length > 2 * most) window = window.slice(-most);
      }
    }
    if (total === 0) throw poolNotFound(id);
    return {
      events: window.slice(-most).reverse().slice(skip),
      total,
      hasMore: wanted > most,
    };
  }
}
