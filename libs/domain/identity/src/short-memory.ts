const KNOWN_FOR_MS = 3_000;
const MOST_KNOWN = 1_000;

/**
 * What was read lately, for three seconds from the reading: so long another process may go on with what was changed here.
 * Remembers 1,000 things, the latest ones; that something is not there is never remembered, so guesses take no memory.
 */
export class ShortMemory<T extends object> {
  private readonly known = new Map<string, { readonly value: T; readonly until: number }>();
  private changes = 0;

  /** What is remembered; undefined when it is not, or not any more. */
  get(key: string, at: Date): T | undefined {
    const known = this.known.get(key);
    return known && known.until > at.getTime() ? known.value : undefined;
  }

  /** What is remembered, or else what `read` gives, which is remembered unless something was forgotten meanwhile. */
  async through(key: string, at: Date, read: () => Promise<T | undefined>): Promise<T | undefined> {
    const known = this.get(key, at);
    if (known) return known;
    const before = this.changes;
    const value = await read();
    this.known.delete(key);
    // Read before a change that was made meanwhile, it may be outdated.
    if (value && before === this.changes) this.keep(key, value, at.getTime() + KNOWN_FOR_MS);
    return value;
  }

  /** Puts a value in the place of the one that it came from, if that is still remembered; no longer than that one. */
  replace(key: string, former: T, value: T): void {
    const known = this.known.get(key);
    if (known?.value === former) this.keep(key, value, known.until);
  }

  /** Call after a change: this process knows at once, others within three seconds. */
  forget(): void {
    this.changes += 1;
    this.known.clear();
  }

  private keep(key: string, value: T, until: number): void {
    this.known.delete(key);
    this.known.set(key, { value, until });
    const [oldest] = this.known.keys();
    if (this.known.size > MOST_KNOWN && oldest !== undefined) this.known.delete(oldest);
  }
}
