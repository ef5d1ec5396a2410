import { LRUCache } from 'lru-cache';

/**
 * Counts for each key, from its first count on for so many milliseconds of a clock that nobody
 * sets; then anew. Remembers so many keys, the latest ones.
 */
export class CountedWindows {
  private readonly windows: LRUCache<string, { count: number }>;

  constructor(windowMs: number, mostKeys: number) {
    this.windows = new LRUCache({ max: mostKeys, ttl: windowMs, ttlResolution: 0 });
  }

  /** The count of the key with this one, and the milliseconds that are left of its window. */
  count(key: string): { count: number; remainingMs: number } {
    const count = (this.windows.get(key)?.count ?? 0) + 1;
    this.windows.set(key, { count }, { noUpdateTTL: true });
    return { count, remainingMs: Math.max(0, this.windows.getRemainingTTL(key)) };
  }

  /** The number of keys that are remembered. */
  get size(): number {
    return this.windows.size;
  }
}
