import { entryPages, type AuditEntry, type AuditReader } from '@cloudpam/audit';
import { FoldedPools, PastTree, type Pause } from './past-tree';
import { poolAfter, type PastPool } from './pool-past';

/** Entries of one reading; more would keep other requests waiting. */
const PAGE = 500;
const noPause: Pause = () => Promise.resolve();

/**
 * Every pool as it was at a time, that moment included. Reads each entry of a pool up to then, in
 * pages: the cost is that of the whole history until then, and all pools of then are in memory,
 * some hundred bytes each.
 * @param pause called again and again
 * @param near the tree of another time, which shares its memory with this one
 */
export async function pastTreeAt(
  storage: AuditReader,
  at: Date,
  pause: Pause = noPause,
  near?: PastTree,
): Promise<PastTree> {
  const states = new FoldedPools();
  const filter = { entityType: 'pool', until: new Date(at.getTime() + 1) };
  for await (const entries of entryPages(storage, filter, PAGE)) {
    states.add(entries, near?.states);
    await pause();
  }
  return PastTree.of(states, pause);
}

/** One change in the history of a pool. */
export interface PoolEvent {
  readonly entry: AuditEntry;
  /** The pool after it; undefined once it is deleted. */
  readonly state: PastPool | undefined;
}

/**
 * What happened to one pool, newest first, with its state after each. Reads all its entries, which
 * an index finds.
 * @param before events of this entry and newer ones are left out
 * @param skip so many of the newest are left out
 */
export async function poolHistory(
  storage: AuditReader,
  id: number,
  {
    size,
    skip = 0,
    before,
  }: { readonly size: number; readonly skip?: number; readonly before?: number },
): Promise<{ events: PoolEvent[]; total: number; hasMore: boolean }> {
  let window: PoolEvent[] = [];
  let total = 0;
  let wanted = 0;
  let state: PastPool | undefined;
  const most = size + skip;
  for await (const entries of entryPages(
    storage,
    { entityType: 'pool', entityId: String(id) },
    PAGE,
  )) {
    for (const entry of entries) {
      state = poolAfter(state, entry);
      total += 1;
      if (before !== undefined && entry.id >= before) continue;
      wanted += 1;
      window.push({ entry, state });
      if (window.length > 2 * most) window = window.slice(-most);
    }
  }
  const events = window.slice(-most).reverse().slice(skip);
  return { events, total, hasMore: wanted > most };
}
