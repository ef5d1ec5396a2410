import { looksLikeNetwork, LONGEST_NETWORK } from '../rows/network';
import { maskLength } from '../rows/netmask';
import type { CsvLine } from '../text/csv-lines';
import { foldWord } from '../text/fold-word';
import { HEADERS, KINDS, STATUSES, type Field } from './words';

/** Columns that are looked at; nobody has more of them by hand. */
const MOST_COLUMNS = 500;
/** Of the filled cells of a column, so many must look alike. */
const MOST_CELLS = 0.6;

/** Where the table begins, and which column says what. */
export interface Guess {
  /** Place of the header among the lines; -1: there is none. */
  readonly at: number;
  readonly columns: ReadonlyMap<Field, number>;
}

/** Guesses the header and the columns of a table that somebody made. */
export function guessTable(lines: readonly CsvLine[]): Guess {
  const at = headerAt(lines);
  const header = lines[at]?.cells ?? [];
  const columns = new Map<Field, number>();
  for (const [column, cell] of header.slice(0, MOST_COLUMNS).entries()) {
    const field = HEADERS.get(foldWord(cell));
    if (field !== undefined && !columns.has(field)) columns.set(field, column);
  }
  const rows = lines.slice(at + 1);
  lookAtCells(columns, header, rows);
  forgetOtherWords(columns, rows);
  return { at, columns };
}

/**
 * The header is the line with the most words that are known, above the first network. Titles may
 * stand above it. Where no word is known, it is the last line above the first network.
 */
function headerAt(lines: readonly CsvLine[]): number {
  const first = lines.findIndex(({ cells }) => cells.slice(0, MOST_COLUMNS).some(hasNetwork));
  const above = lines.slice(0, first === -1 ? lines.length : first);
  let best = { at: -1, known: 0 };
  for (const [at, { cells }] of above.entries()) {
    const known = cells.slice(0, MOST_COLUMNS).filter((cell) => HEADERS.has(foldWord(cell))).length;
    // One word alone may be a title.
    if (known > best.known && (known > 1 || filled(cells) === 1 || first !== -1))
      best = { at, known };
  }
  if (best.at !== -1) return best.at;
  return first === -1 ? 0 : first - 1;
}

function hasNetwork(cell: string): boolean {
  return looksLikeNetwork(cell.trim());
}

function filled(cells: readonly string[]): number {
  return cells.filter((cell) => cell.trim() !== '').length;
}

/** Finds the network by what the cells look like, where the words have not told it. */
function lookAtCells(
  columns: Map<Field, number>,
  header: readonly string[],
  rows: readonly CsvLine[],
): void {
  const width = Math.min(
    MOST_COLUMNS,
    Math.max(header.length, ...rows.map((row) => row.cells.length)),
  );
  const mostly = (column: number | undefined, test: (cell: string) => boolean): boolean => {
    if (column === undefined || column >= width) return false;
    const cells = rows
      .map(({ cells }) => cells[column]?.trim() ?? '')
      .filter((cell) => cell !== '');
    return cells.length > 0 && cells.filter(test).length >= cells.length * MOST_CELLS;
  };
  const find = (test: (cell: string) => boolean): number | undefined => {
    for (let column = 0; column < width; column++) if (mostly(column, test)) return column;
    return undefined;
  };

  const named = columns.get('cidr');
  if (named !== undefined && mostly(named, isAddress) && !columns.has('address')) {
    // `Network | Mask`: what is called a network is its address.
    columns.delete('cidr');
    columns.set('address', named);
  } else if (named !== undefined && !mostly(named, hasNetwork)) {
    const seen = find(hasNetwork);
    if (seen !== undefined) {
      // `Network` may be its name, where another column has the networks.
      columns.delete('cidr');
      if (!columns.has('name') && !mostly(named, isAddress)) columns.set('name', named);
    }
  }
  if (!columns.has('cidr') && !mostly(columns.get('address'), hasNetwork)) {
    const seen = find(hasNetwork);
    if (seen !== undefined) take(columns, 'cidr', seen);
  }
  if (columns.has('cidr') || (columns.has('first') && columns.has('last'))) return;
  const address = columns.get('address') ?? find(isAddress);
  if (address === undefined) return;
  if (mostly(address, hasNetwork)) return take(columns, 'cidr', address);
  columns.set('address', address);
  if (columns.has('mask') || columns.has('prefix_length') || columns.has('last')) return;
  // A merged header has no word over the mask.
  const beside = address + 1;
  if (
    !header[beside]?.trim() &&
    mostly(beside, (cell) => maskLength(cell.replace(/^\//, '')) !== undefined)
  )
    columns.set('mask', beside);
}

/** A column `Type` or `Status` may say something else: none of its words is known then. */
function forgetOtherWords(columns: Map<Field, number>, rows: readonly CsvLine[]): void {
  for (const [field, words] of [
    ['kind', KINDS],
    ['status', STATUSES],
  ] as const) {
    const column = columns.get(field);
    if (column === undefined) continue;
    const cells = rows.map(({ cells }) => foldWord(cells[column] ?? '')).filter(Boolean);
    const known = cells.filter((cell) => words.has(cell)).length;
    if (field === 'kind' ? known < cells.length : known === 0 && cells.length > 0)
      columns.delete(field);
  }
}

function isAddress(cell: string): boolean {
  if (cell.length > LONGEST_NETWORK) return false;
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(cell) || /^[\da-f]{0,4}:[\da-f:.]*:[\da-f:.]*$/i.test(cell);
}

/** Says that a column is a field, whatever it was before. */
function take(columns: Map<Field, number>, field: Field, column: number): void {
  for (const [other, at] of columns) if (at === column) columns.delete(other);
  columns.set(field, column);
}
