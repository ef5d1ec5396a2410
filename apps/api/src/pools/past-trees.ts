import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { AuditReader } from '@cloudpam/audit';
import { pastTreeAt, type Packing, type PastTree } from '@cloudpam/pools';
import { LRUCache } from 'lru-cache';
import { ClientGone, pauses } from '../http/client-gone';
import { Turns } from '../http/turns';
import type { Storage } from '../storage/storage';

/**
 * After so long a run that began before a time has ended, and nothing is added to its past any
 * more.
 */
const SETTLED_MS = 60_000;
/** How long the last tree that was asked for is kept: its pages come one after the other. */
const KEPT_MS = 60_000;
/** Trees that are wanted beside the one that is built. */
const MOST_WAITING = 16;

/** The quickest level: pools of one block are much alike. */
const DEFLATED: Packing = {
  // Copied: what zlib gives stands in 16 kB.
  pack: (text) => Uint8Array.from(deflateRawSync(text, { level: 1 })),
  unpack: (packed) => inflateRawSync(packed).toString(),
};

/** A tree on its way, and how many wait for it. */
interface Building {
  readonly tree: Promise<PastTree>;
  readonly abort: AbortController;
  waiting: number;
}

/**
 * Trees of the past. One is built at a time, whatever number of requests waits for it, and not any
 * longer when the last of them has gone. The last one stays in memory for a minute, so that its
 * pages are cut from one reading of the log.
 */
export class PastTrees {
  private readonly turns = new Turns('trees of past times', 1, MOST_WAITING);
  private readonly building = new Map<number, Building>();
  private readonly last = new LRUCache<number, PastTree>({
    max: 1,
    ttl: KEPT_MS,
    ttlResolution: 0,
    ttlAutopurge: true,
  });

  private readonly log: AuditReader;

  constructor(unitOfWork: Storage['unitOfWork']) {
    this.log = {
      read: (work, options) => unitOfWork.read(work, { ...options, since: 'now' }),
    };
  }

  /**
   * @param now the present, in milliseconds
   * @param gone aborted when the one who asks has gone
   * @throws Busy when too many trees are wanted, or the reason of the signal
   */
  async at(time: Date, now: number, gone: AbortSignal): Promise<PastTree> {
    gone.throwIfAborted();
    const at = time.getTime();
    if (at >= now - SETTLED_MS) return this.build(time, gone);
    return this.last.get(at) ?? this.shared(this.building.get(at) ?? this.begin(time), gone);
  }

  private begin(time: Date): Building {
    const at = time.getTime();
    const abort = new AbortController();
    const building = { tree: this.build(time, abort.signal), abort, waiting: 0 };
    this.building.set(at, building);
    const end = (): void => {
      if (this.building.get(at) === building) this.building.delete(at);
    };
    abort.signal.addEventListener('abort', end);
    building.tree.then((tree) => {
      this.last.set(at, tree);
      end();
    }, end);
    return building;
  }

  private async shared(building: Building, gone: AbortSignal): Promise<PastTree> {
    building.waiting += 1;
    let leave = (): void => undefined;
    const left = new Promise<never>((_, reject) => {
      leave = () => {
        reject(gone.reason as Error); // an error, as all that abort here give one
      };
      gone.addEventListener('abort', leave, { once: true });
    });
    try {
      return await Promise.race([building.tree, left]);
    } finally {
      gone.removeEventListener('abort', leave);
      building.waiting -= 1;
      if (building.waiting === 0) building.abort.abort(new ClientGone());
    }
  }

  private async build(time: Date, signal: AbortSignal): Promise<PastTree> {
    const end = await this.turns.take(signal);
    try {
      return await pastTreeAt(this.log, time, {
        pause: pauses(signal),
        packing: DEFLATED,
        near: [...this.last.values()][0],
      });
    } finally {
      end();
    }
  }
}
