import { entryPages, type AuditReader } from '@cloudpam/audit';
import { FoldedPools, PastTree, type Pause } from './past-tree';

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
