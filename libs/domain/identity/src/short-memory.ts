import { LRUCache } from 'lru-cache';

const KNOWN_FOR_MS = 3_000;
const MOST_KNOWN = 1_000;

/** Measures spans, in milliseconds, and is never set: `performance` of Node and of browsers. */
export interface MonotonicClock {
  now(): number;
}

/**
 * What was read lately, for three seconds from the reading: so long another process may go on with
 * what was changed here. The three seconds pass on a clock that nobody sets. It remembers 1,000
 * things, the latest ones; that something is not there is never remembered, so guesses take no
 * memory.
 */
export class ShortMemory<T extends object> {
  private readonly known: LRUCache<string, T>;
  private changes = 0;

  constructor(private readonly clock: MonotonicClock) {
    // Without a resolution the cache asks the clock every time, and needs no timer.
    const perf = { now: () => clock.now() };
    this.known = new LRUCache({ max: MOST_KNOWN, ttl: KNOWN_FOR_MS, ttlResolution: 0, perf });
  }

  /** What is remembered; undefined when it is not, or not any more. */
  get(key: string): T | undefined {
    return this.known.get(key);
  }

  /**
   * What is remembered, or else what `read` gives, which is remembered unless something was
   * forgotten meanwhile.
   */
  async through(key: string, read: () => Promise<T | undefined>): Promise<T | undefined> {
    const known = this.known.get(key);
    if (known) return known;
    const before = this.changes;
    // However long the reading takes: what it gives is as old as its begin.
    const start = this.clock.now();
    const value = await read();
    // Read before a change that was made meanwhile, it may be outdated.
    if (value && before === this.changes) this.known.set(key, value, { start });
    return value;
  }

  /**
   * Puts a value in the place of the one that it came from, if that is still remembered; no longer
   * than that one.
   */
  replace(key: string, former: T, value: T): void {
    if (this.known.peek(key) === former) this.known.set(key, value, { noUpdateTTL: true });
  }

  /** Call after a change: this process knows at once, others within three seconds. */
  forget(): void {
    this.changes += 1;
    this.known.clear();
  }
}
