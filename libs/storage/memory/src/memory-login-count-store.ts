import type { LoginCount, LoginCountStore } from '@cloudpam/identity';
import type { Tables } from './stores';

/** Counts of attempts to log in over a Map. */
export class MemoryLoginCountStore implements LoginCountStore {
  constructor(private readonly tables: Tables) {}

  async count(keyHash: Uint8Array, at: Date, endsAt: Date, latest: Date): Promise<LoginCount> {
    const key = Buffer.from(keyHash).toString('hex');
    const known = this.tables.loginCounts.get(key);
    const goesOn = known && known.endsAt > at && known.endsAt <= latest;
    const count = goesOn ? { ...known, attempts: known.attempts + 1 } : { attempts: 1, endsAt };
    this.tables.loginCounts.set(key, count);
    return count;
  }

  async purge(before: Date): Promise<number> {
    const ended = this.tables.loginCounts.entries().filter(([, { endsAt }]) => endsAt < before);
    for (const [key] of ended) this.tables.loginCounts.delete(key);
    return ended.length;
  }
}
