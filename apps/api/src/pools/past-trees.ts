import { pastTree, poolsAt, type PlacedPastPool } from '@cloudpam/pools';
import type { Storage } from '../storage';

/** After so long a run that began before a time has ended, and nothing is added to its past any more. */
const SETTLED_MS = 60_000;
/** How long the last tree that was asked for is kept: its pages come one after the other. */
const KEPT_MS = 60_000;

/** Trees of the past. The last one stays in memory for a minute, so that its pages are cut from one reading of the log. */
export class PastTrees {
  private last: { readonly at: number; readonly tree: Promise<readonly PlacedPastPool[]>; readonly until: number } | undefined;

  constructor(private readonly unitOfWork: Storage['unitOfWork']) {}

  /** @param now the present, in milliseconds */
  at(time: Date, now: number): Promise<readonly PlacedPastPool[]> {
    const at = time.getTime();
    if (this.last && this.last.at === at && this.last.until > now) return this.last.tree;
    const tree = poolsAt(this.unitOfWork, time).then((states) => pastTree(states.values()));
    this.last = undefined;
    if (at < now - SETTLED_MS) this.keep(at, tree, now + KEPT_MS);
    return tree;
  }

  private keep(at: number, tree: Promise<readonly PlacedPastPool[]>, until: number): void {
    const kept = { at, tree, until };
    const forget = (): void => {
      if (this.last === kept) this.last = undefined;
    };
    this.last = kept;
    tree.catch(forget);
    setTimeout(forget, KEPT_MS).unref();
  }
}
