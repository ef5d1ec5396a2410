import type { AuditEntry } from '@cloudpam/audit';
import { PackedTexts, type Packing } from './packed-texts';
import { poolAfter, type PastPool } from './pool-past';

/**
 * States of pools while the log is read, as packed texts: a million of them as objects would take
 * gigabytes, and keep the collector busy.
 */
export class FoldedPools {
  private readonly texts: PackedTexts;

  /** @param near pools of another time: what is the same in both is kept once */
  constructor(packing?: Packing, near?: FoldedPools) {
    this.texts = new PackedTexts(packing, near?.texts);
  }

  get size(): number {
    return this.texts.size;
  }

  /**
   * Folds entries of pools, in the order of their ids; a deleted pool is not among the states.
   */
  add(entries: readonly AuditEntry[]): void {
    for (const entry of entries) {
      const id = Number(entry.entityId);
      const text = this.texts.get(id);
      const state = poolAfter(text === undefined ? undefined : stateOf(id, text), entry);
      if (!state) {
        this.texts.delete(id);
        continue;
      }
      const { facts, createdAt, updatedAt } = state;
      this.texts.set(id, JSON.stringify([facts, Number(createdAt), Number(updatedAt)]));
    }
  }

  /** @throws Error for a pool that is not among them */
  get(id: number): PastPool {
    const text = this.texts.get(id);
    if (text === undefined) throw new Error(`pool ${id} was not there`);
    return stateOf(id, text);
  }

  /** The ids of the pools. */
  [Symbol.iterator](): Iterator<number> {
    return this.texts[Symbol.iterator]();
  }
}

function stateOf(id: number, text: string): PastPool {
  const [facts, createdAt, updatedAt] = JSON.parse(text) as [PastPool['facts'], number, number]; // as `add` writes it
  return { id, facts, createdAt: new Date(createdAt), updatedAt: new Date(updatedAt) };
}
