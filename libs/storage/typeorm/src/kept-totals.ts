import { LRUCache } from 'lru-cache';
import type { Sql } from './sql';

const KEPT_MS = 1_000;
const KEPT = 500;
/** Smaller totals are counted each time: that costs little, and they are looked at. */
const WORTH_KEEPING = 1_000;

/** What is asked for totals. */
export interface Totals {
  /** @param count counts the rows of `query` */
  of(query: Sql, count: () => Promise<number>): Promise<number>;
}

/**
 * Totals of long lists for reads of any moment, counted once a second and after each write of this
 * process: a page costs what its rows cost, not what the table holds. What other processes write shows
 * in them a second later at most.
 */
export class KeptTotals implements Totals {
  private readonly kept = new LRUCache<string, number>({
    max: KEPT,
    ttl: KEPT_MS,
    ttlResolution: 0, // it needs no timer
  });
  /** Counts the writes, so that a count that was under way meanwhile is not kept. */
  private writes = 0;

  /**
   * Totals for a read that begins now, and sees what was committed until then wherever it is answered.
   */
  fromNow(): Totals {
    const { writes } = this;
    return { of: (query, count) => this.total(query, count, writes) };
  }

  of(query: Sql, count: () => Promise<number>): Promise<number> {
    return this.total(query, count, this.writes);
  }

  private async total(
    { strings, values }: Sql,
    count: () => Promise<number>,
    writes: number,
  ): Promise<number> {
    const key = JSON.stringify([strings, values], (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    const known = this.kept.get(key);
    if (known !== undefined) return known;
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
