import type { ForwardState, ForwardStore } from '@cloudpam/audit';
import type { Tables } from './tables';

/** Positions of forwarding over a Map. */
export class MemoryForwardStore implements ForwardStore {
  constructor(private readonly tables: Tables) {}

  async get(target: string): Promise<ForwardState | undefined> {
    return this.tables.forwards.get(target);
  }

  async take(
    target: string,
    holder: string,
    at: Date,
    until: Date,
  ): Promise<ForwardState | undefined> {
    const known = this.tables.forwards.get(target) ?? { seq: 0, holder: null, leaseUntil: null };
    if (
      known.holder !== null &&
      known.holder !== holder &&
      known.leaseUntil &&
      known.leaseUntil > at
    )
      return undefined;
    const taken = { ...known, holder, leaseUntil: until };
    this.tables.forwards.set(target, taken);
    return taken;
  }

  async advance(target: string, holder: string, seq: number): Promise<boolean> {
    if (this.tables.forwards.get(target)?.holder !== holder) return false;
    this.tables.forwards.set(target, { seq, holder: null, leaseUntil: null });
    return true;
  }
}
