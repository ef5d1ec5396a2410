import { StoredConflict } from '@cloudpam/pools';
import type { Table } from './table';

/** What the stores of those have alike that are few and have a name of their own, as webhooks and digests. */
export abstract class MemoryNamedStore<T extends { readonly id: number; readonly name: string }> {
  /** @param unique the conflict where two would have one name */
  constructor(
    protected readonly rows: Table<T>,
    private readonly unique: string,
  ) {}

  /** Runs come one after the other here. */
  async hold(): Promise<void> {}

  async all(): Promise<T[]> {
    return this.rows.all().sort((a, b) => a.id - b.id);
  }

  async get(id: number): Promise<T | undefined> {
    return this.rows.get(id);
  }

  async lock(id: number): Promise<T | undefined> {
    return this.rows.get(id);
  }

  async insert(one: Omit<T, 'id'>): Promise<T> {
    const stored = { ...one, id: this.rows.takeId() } as T; // what the id was left out of
    this.check(stored);
    this.rows.set(stored.id, stored);
    return stored;
  }

  async save(one: T): Promise<void> {
    this.check(one);
    this.rows.update(one.id, () => one);
  }

  async remove(id: number): Promise<void> {
    this.rows.delete(id);
  }

  private check({ id, name }: T): void {
    if (this.rows.all().some((each) => each.id !== id && each.name === name))
      throw new StoredConflict(this.unique);
  }
}
