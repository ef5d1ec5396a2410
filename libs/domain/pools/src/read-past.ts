import { entryPages, type AuditReader } from '@cloudpam/audit';
import { FoldedPools } from './folded-pools';
import type { Packing } from './packed-texts';
import { PastTree, type Pause } from './past-tree';

/** Entries of one reading; more would keep other requests waiting. */
const PAGE = 500;
const noPause: Pause = () => Promise.resolve();

/** How a tree of the past is made. */
export interface Reading {
  /** Called again and again. */
  readonly pause?: Pause;
  /** How pools lie in memory. */
  readonly packing?: Packing;
  /** The tree of another time, which shares its memory with this one. */
  readonly near?: PastTree | undefined;
}

/**
 * Every pool as it was at a time, that moment included. Reads each entry of a pool up to then, in
 * pages: the cost is that of the whole history until then, and all pools of then are in memory,
 * packed.
 */
export async function pastTreeAt(
  storage: AuditReader,
  at: Date,
  { pause = noPause, packing, near }: Reading = {},
): Promise<PastTree> {
  const states = new FoldedPools(packing, near?.states);
  const filter = { entityType: 'pool', until: new Date(at.getTime() + 1) };
  for await (const entries of entryPages(storage, filter, PAGE)) {
    states.add(entries);
    await pause();
  }
  return PastTree.of(states, pause);
}
