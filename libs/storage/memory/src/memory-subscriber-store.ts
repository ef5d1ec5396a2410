import { isFreeFor, NO_HOLD, type SubscriberState, type SubscriberStore } from '@cloudpam/audit';
import type { Tables } from './stores';

/** Positions of subscribers over a Map. */
export class MemorySubscriberStore implements SubscriberStore {
  constructor(private readonly tables: Tables) {}

  async get(name: string): Promise<SubscriberState | undefined> {
    return this.tables.subscribers.get(name);
  }

  async take(
    name: string,
    holder: string,
    at: Date,
    until: Date,
  ): Promise<SubscriberState | undefined> {
    const known = this.tables.subscribers.get(name) ?? { seq: 0, ...NO_HOLD };
    if (!isFreeFor(known, holder, at)) return undefined;
    const taken = { ...known, holder, leaseUntil: until };
    this.tables.subscribers.set(name, taken);
    return taken;
  }

  async advance(name: string, holder: string, seq: number): Promise<boolean> {
    if (this.tables.subscribers.get(name)?.holder !== holder) return false;
    this.tables.subscribers.set(name, { seq, ...NO_HOLD });
    return true;
  }
}
