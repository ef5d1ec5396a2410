import type { History } from './history';

/**
 * Something derived from the rows of a table, told of every change of a row, also when a change is
 * taken back.
 */
export interface Index<Row> {
  changed(before: Row | undefined, after: Row | undefined): void;
}

/** Rows by key. Rows are never modified, only replaced, so that a change can be taken back. */
export class Table<Row, Key extends number | string = number> {
  private readonly rows = new Map<Key, Row>();
  private lastId = 0;

  constructor(
    private readonly history: History,
    private readonly indexes: readonly Index<Row>[] = [],
  ) {}

  /** A fresh id; never given twice, not even after a rollback. */
  takeId(): number {
    return ++this.lastId;
  }

  get(key: Key): Row | undefined {
    return this.rows.get(key);
  }

  /** The rows of the keys that exist, each once, in the order of the keys. */
  getMany(keys: Iterable<Key>): Row[] {
    const found: Row[] = [];
    for (const key of new Set(keys)) {
      const row = this.rows.get(key);
      if (row !== undefined) found.push(row);
    }
    return found;
  }

  has(key: Key): boolean {
    return this.rows.has(key);
  }

  get size(): number {
    return this.rows.size;
  }

  /** All rows, in no particular order. */
  all(): Row[] {
    return [...this.rows.values()];
  }

  entries(): [Key, Row][] {
    return [...this.rows];
  }

  set(key: Key, row: Row): void {
    const before = this.rows.get(key);
    this.history.apply({ undo: () => this.put(key, before), redo: () => this.put(key, row) });
  }

  /** Replaces the row, when there is one, by what `change` makes of it. */
  update(key: Key, change: (row: Row) => Row): void {
    const row = this.rows.get(key);
    if (row !== undefined) this.set(key, change(row));
  }

  /** False when there is no such row. */
  delete(key: Key): boolean {
    const before = this.rows.get(key);
    if (before === undefined) return false;
    this.history.apply({ undo: () => this.put(key, before), redo: () => this.put(key, undefined) });
    return true;
  }

  private put(key: Key, row: Row | undefined): void {
    const before = this.rows.get(key);
    if (row === undefined) this.rows.delete(key);
    else this.rows.set(key, row);
    for (const index of this.indexes) index.changed(before, row);
  }
}
