import { read, type CellObject, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { cellText } from './cell-text';
import { csvOf } from './csv-of';
import { MAX_ROWS } from './limits';
import { unpacked } from './unpacked';
import { WorkbookError } from './workbook-error';

/** Bytes that a workbook may have. */
const MAX_WORKBOOK_BYTES = 32 * 1024 * 1024;
/** Cells that they may have together, empty ones between others included. */
const MAX_CELLS = 10_000_000;

const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** Compound files: what XLS is, and XLSX with a password. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/** A sheet as CSV. */
export interface SheetCsv {
  /** Of the workbook and the sheet: `book.xlsx/Sheet`. */
  readonly name: string;
  readonly text: string;
}

/**
 * The visible sheets of a workbook (.xlsx, .xlsm, .xlsb, .xls) that have cells, as CSV. Lines are the
 * rows of the sheet from its first one on, so that both count alike where no cell has line breaks;
 * columns begin with the first that has a cell. A cell that is merged over several rows counts for
 * each of them.
 * @throws WorkbookError
 */
export function csvsOfWorkbook(name: string, bytes: Uint8Array): SheetCsv[] {
  if (bytes.length > MAX_WORKBOOK_BYTES)
    throw new WorkbookError(
      'too_large',
      `A workbook has at most ${MAX_WORKBOOK_BYTES >> 20} MB; this one has more.`,
    );
  const book = opened(bytes);
  const limits = { rows: MAX_ROWS, cells: MAX_CELLS };
  const from1904 = book.Workbook?.WBProps?.date1904 === true;
  return book.SheetNames.flatMap((sheetName, at): SheetCsv[] => {
    if ((book.Workbook?.Sheets?.[at]?.Hidden ?? 0) !== 0) return [];
    const sheet = book.Sheets[sheetName];
    if (!sheet)
      throw new WorkbookError('broken', `The sheet ${sheetName} is damaged: it cannot be read.`);
    const rows = rowsOf(sheet, from1904, limits);
    return rows.length === 0 ? [] : [{ name: `${name}/${sheetName}`, text: csvOf(rows) }];
  });
}

/** @throws WorkbookError */
function opened(bytes: Uint8Array): WorkBook {
  const isZip = ZIP.every((byte, at) => bytes[at] === byte);
  if (!isZip && !COMPOUND.every((byte, at) => bytes[at] === byte))
    throw new WorkbookError('no_workbook', 'This is no Excel workbook.');
  try {
    return read(isZip ? unpacked(bytes) : bytes, {
      type: 'array',
      dense: true,
      cellNF: true,
      cellHTML: false,
      sheetRows: MAX_ROWS + 1,
    });
  } catch (error) {
    if (error instanceof WorkbookError) throw error;
    throw refusal(error);
  }
}

function refusal(error: unknown): WorkbookError {
  const why = error instanceof Error ? error.message : '';
  if (/password|encrypt/i.test(why))
    return new WorkbookError(
      'encrypted',
      'The workbook has a password. Save it without one and try again.',
    );
  return /unsupported|not find workbook/i.test(why)
    ? new WorkbookError('no_workbook', 'This is no Excel workbook.')
    : new WorkbookError('broken', 'The workbook is damaged: it cannot be read.');
}

type Rows = (string | undefined)[][];

/**
 * The texts of a sheet, up to its last row and column with any.
 * @param limits what is left for this and further sheets
 */
function rowsOf(
  sheet: WorkSheet,
  from1904: boolean,
  limits: { rows: number; cells: number },
): string[][] {
  const data = (sheet['!data'] ?? []) as readonly ((CellObject | undefined)[] | undefined)[];
  const rows: Rows = [];
  let first = Infinity;
  let width = 0;
  data.forEach((cells, r) => {
    cells?.forEach((cell, c) => {
      const text = cell ? cellText(cell, from1904) : '';
      if (text === '') return;
      (rows[r] ??= [])[c] = text;
      first = Math.min(first, c);
      width = Math.max(width, c + 1);
    });
  });
  limits.rows -= rows.length;
  if (limits.rows < 0)
    throw new WorkbookError(
      'too_large',
      `A workbook has at most ${MAX_ROWS.toLocaleString('en')} rows; this one has more.`,
    );
  limits.cells -= rows.length * Math.max(width - first, 0);
  if (limits.cells < 0) throw tooManyCells();
  repeatDown(rows, sheet['!merges'] ?? [], limits);
  return Array.from({ length: rows.length }, (_, r) =>
    Array.from({ length: rows[r] ? width - first : 0 }, (__, c) => rows[r]?.[first + c] ?? ''),
  );
}

/** A cell that is merged over several rows counts for each of them. */
function repeatDown(
  rows: Rows,
  merges: NonNullable<WorkSheet['!merges']>,
  limits: { cells: number },
): void {
  for (const { s: from, e: to } of merges) {
    const text = rows[from.r]?.[from.c];
    const end = Math.min(to.r, rows.length - 1);
    if (text === undefined || end <= from.r) continue;
    limits.cells -= end - from.r;
    if (limits.cells < 0) throw tooManyCells();
    for (let r = from.r + 1; r <= end; r++) (rows[r] ??= [])[from.c] ??= text;
  }
}

function tooManyCells(): WorkbookError {
  return new WorkbookError('too_large', 'The workbook has too many cells.');
}
