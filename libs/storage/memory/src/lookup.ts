import type { Index } from './table';

const NONE: ReadonlySet<number> = new Set();

/** Ids of rows by a key made of their fields; rows whose key is null are left out. */
export class Lookup<Row extends { readonly id: number }> implements Index<Row> {
  private readonly idsByKey = new Map<string, Set<number>>();

  constructor(private readonly keyOf: (row: Row) => string | null) {}

  ids(key: string): ReadonlySet<number> {
    return this.idsByKey.get(key) ?? NONE;
  }

  changed(before: Row | undefined, after: Row | undefined): void {
    const was = before ? this.keyOf(before) : null;
    const is = after ? this.keyOf(after) : null;
    if (was === is) return;
    if (before && was !== null) this.drop(was, before.id);
    if (after && is !== null) this.add(is, after.id);
  }

  private add(key: string, id: number): void {
    const ids = this.idsByKey.get(key);
    if (ids) ids.add(id);
    else this.idsByKey.set(key, new Set([id]));
  }

  private drop(key: string, id: number): void {
    const ids = this.idsByKey.get(key);
    ids?.delete(id);
    if (ids?.size === 0) this.idsByKey.delete(key);
  }
}

/** A key for a `Lookup`; cloud ids and regions have no space in them. */
export function joined(...parts: readonly (string | number | bigint)[]): string {
  return parts.join(' ');
}
