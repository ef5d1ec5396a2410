import type { Dumped } from './dumped-value';
import type { Table } from './table';

/** A database that a dump is made of: one state of it, whatever is written meanwhile. */
export interface DumpSource {
  readonly storage: 'sqlite' | 'postgres';
  readonly migrations: readonly string[];
  readonly sequences: Readonly<Record<string, number>>;
  /** Those that a dump has, each after those that it refers to. */
  readonly tables: readonly Table[];
  /** The rows of a table by its key, in pieces that memory can hold. */
  rows(table: Table): AsyncIterable<readonly (readonly Dumped[])[]>;
  close(): Promise<void>;
}

/** Text of a piece of rows: what is longer is read row by row. */
export const PIECE_LENGTH = 1_000_000;
/** Rows of a piece. */
export const PIECE_ROWS = 2_000;
