import type { Row } from '../http/csv-pages';
import type { VisibleStores } from '../limits/visible-stores';

/**
 * Reads one page of a table, and tells what reads the next one; undefined at the end. It keeps no place of its own:
 * it may be called again.
 */
export type ReadPage = (stores: VisibleStores) => Promise<RowPage>;
export interface RowPage {
  readonly rows: Row[];
  readonly next: ReadPage | undefined;
}

/** One table of an export. */
export interface ExportTable {
  /** Without the ending that says its format. */
  readonly name: string;
  /** Of its CSV; those of its first row where they are not given. */
  readonly columns?: readonly string[];
  readonly first: ReadPage;
}

/** Rows that are read and written at once: few enough to keep nobody waiting. */
export const PAGE = 250;
