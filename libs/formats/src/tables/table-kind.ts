import type { ImportEntity, ImportFormat, ImportRow } from '@cloudpam/import';
import type { Row } from '../rows/row';
import type { Reading } from '../rows/reading';
import type { CsvLine } from '../text/csv-lines';

/** Rows that a preview shows, and characters of one cell of them. */
export const SAMPLE_ROWS = 10;
export const SAMPLE_CELL = 500;

/** A row as its format reads it, without its place. */
export type ReadItem = Pick<ImportRow, 'label' | 'item'> & {
  /** What else the row tells: a host may have several addresses. */
  readonly more?: readonly Pick<ImportRow, 'label' | 'item'>[];
};

/** What a header says that its rows are. */
export interface TableKind {
  readonly format: ImportFormat;
  /** As a sentence. */
  readonly because: string;
  readonly entity: ImportEntity | null;
  /** By the field the place of its column, from 0. */
  readonly columns: ReadonlyMap<string, number>;
  /** Fields that a column may be mapped to. */
  readonly fields: readonly string[];
  /** Places of columns that say nothing that is kept, and nothing that follows from the rest. */
  readonly unknown: readonly number[];
  /** Tables with a lower number are read first; 1 is usual. */
  readonly order?: number;
  /** Without any of these fields no row can be read. */
  readonly needs?: readonly string[];
  /** Rows may have fewer cells than the header: what is missing is empty. */
  readonly loose?: boolean;
  /** One row is all that is told of the table: nothing of it is read. */
  readonly instead?: ReadItem['item'];
  /**
   * Called once before the first row.
   * @returns what reads a row; it may throw a `RowEnd`
   */
  reader(row: Row, reading: Reading): () => ReadItem;
  /** The kind of the rows that follow, where a line is another header. */
  next?(line: CsvLine): TableKind | undefined;
}

/** A header that was found among the first lines of a file. */
export interface FoundHeader {
  /** Place of the header among the lines; -1: there is none, the first line is a row. */
  readonly at: number;
  readonly kind: TableKind;
}

/** Looks for a header that it knows. */
export type Dialect = (lines: readonly CsvLine[], file: string) => FoundHeader | undefined;

/** The first line that `kindOf` knows as a header, among the first ones. */
export function headerAmong(
  lines: readonly CsvLine[],
  most: number,
  kindOf: (cells: readonly string[]) => TableKind | undefined,
): FoundHeader | undefined {
  for (const [at, { cells }] of lines.slice(0, most).entries()) {
    const kind = kindOf(cells);
    if (kind) return { at, kind };
  }
  return undefined;
}

/**
 * The columns of a header.
 * @param meaning the field that a header means; null: it says nothing that the rest does not say
 */
export function columnsOf(
  cells: readonly string[],
  meaning: (cell: string, at: number) => string | null | undefined,
): Pick<TableKind, 'columns' | 'unknown'> {
  const columns = new Map<string, number>();
  const unknown: number[] = [];
  for (const [at, cell] of cells.entries()) {
    const field = meaning(cell, at);
    if (field === null) continue;
    if (field === undefined || columns.has(field)) unknown.push(at);
    else columns.set(field, at);
  }
  return { columns, unknown };
}
