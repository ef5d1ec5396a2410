import { LRUCache } from 'lru-cache';
import type { Sql } from './sql';

const KEPT_MS = 1_000;
const KEPT = 500;
/** Smaller totals are counted each time: that costs little, and they are looked at. */
const WORTH_KEEPING = 1_000;

/**
 * Totals of long lists for reads of any moment, counted once a second and after each write of this
 * process: a page costs what its rows cost, not what the table holds. What other processes write shows
 * in them a second later at most.
 */
export class KeptTotals {
  private readonly kept = new LRUCache<string, number>({
    max: KEPT,
    ttl: KEPT_MS,
    ttlResolution: 0, // it needs no timer
  });
  /** Counts the writes, so that a count that was under way meanwhile is not kept. */
  private writes = 0;

  /** @param count counts the rows of `query` */
  async of({ strings, values }: Sql, count: () => Promise<number>): Promise<number> {
    const key = JSON.stringify([strings, values], (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    const { writes } = this;
    const total = await count();
    if (total >= WORTH_KEEPING && writes === this.writes) this.kept.set(key, total);
    return total;
  }

  /** Call after each write. */
  forget(): void {
    this.writes++;
    this.kept.clear();
  }
}
