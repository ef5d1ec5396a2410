import { pastTree, poolsAt, type PlacedPastPool } from '@cloudpam/pools';
import { LRUCache } from 'lru-cache';
import type { Storage } from '../storage';

/** After so long a run that began before a time has ended, and nothing is added to its past any more. */
const SETTLED_MS = 60_000;
/** How long the last tree that was asked for is kept: its pages come one after the other. */
const KEPT_MS = 60_000;

/** Trees of the past. The last one stays in memory for a minute, so that its pages are cut from one reading of the log. */
export class PastTrees {
  private readonly last = new LRUCache<number, Promise<readonly PlacedPastPool[]>>({
    max: 1,
    ttl: KEPT_MS,
    ttlResolution: 0,
    ttlAutopurge: true,
  });

  constructor(private readonly unitOfWork: Storage['unitOfWork']) {}

  /** @param now the present, in milliseconds */
  at(time: Date, now: number): Promise<readonly PlacedPastPool[]> {
    const at = time.getTime();
    const known = this.last.get(at);
    if (known) return known;
    const tree = poolsAt(this.unitOfWork, time).then((states) => pastTree(states.values()));
    if (at < now - SETTLED_MS) this.keep(at, tree);
    return tree;
  }

  private keep(at: number, tree: Promise<readonly PlacedPastPool[]>): void {
    this.last.set(at, tree);
    tree.catch(() => {
      if (this.last.peek(at) === tree) this.last.delete(at);
    });
  }
}
