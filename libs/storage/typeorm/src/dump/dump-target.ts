import type { Row } from '../session';
import type { Column, Table } from './table';

/** An empty database, in the one transaction that fills it. */
export interface DumpTarget {
  /** Those that a dump has. */
  readonly tables: readonly Table[];
  /** Replaces what migrations and triggers have put into a table. */
  clear(table: string): Promise<void>;
  insert(table: string, columns: readonly Column[], rows: readonly Row[]): Promise<void>;
  /** The ids of a table go on behind this one. */
  goOn(table: string, last: number): Promise<void>;
  /** @throws DumpError when a row refers to one that is not there */
  commit(): Promise<void>;
  /** Undoes what was not committed. */
  close(): Promise<void>;
}

/** The statement for rows of a table that nobody but a migration put there: those make the VRF `global`. */
export function selectAdded(table: string): string {
  return `select '${table}' as name from ${table}${table === 'vrf' ? ' where id <> 1 or version <> 1' : ''}`;
}
