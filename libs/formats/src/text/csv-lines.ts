import type { TransformOptions } from 'node:stream';
import { CsvError, Parser, type Options } from 'csv-parse';

/** One record of a CSV text. */
export interface CsvLine {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Some records, and what keeps the rest from being read. */
export interface CsvPiece {
  readonly lines: readonly CsvLine[];
  readonly broken?: { readonly line: number; readonly detail: string };
}

/** Characters of one record beyond which it is none: a quote was not closed, or it is no table. */
const LONGEST_RECORD = 1_000_000;
const TOO_LONG = `This row has more than ${LONGEST_RECORD} characters: the rest of the file is not read.`;
const FIRST_PIECE = 4_096;
const NO_BACKPRESSURE = 1_000_000;

/**
 * The records of a CSV text, piece by piece (RFC 4180). Any line ending counts, and quotes within a
 * cell that does not begin with one are text. Empty lines are left out.
 * @param pieces UTF-8 bytes or text, without a byte order mark
 */
export async function* csvLines(
  pieces: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  delimiter: string,
): AsyncGenerator<CsvPiece> {
  const parser = parserOf(delimiter);
  const state = { line: 1 };
  let length = 0;
  for await (const piece of pieces) {
    if (piece.length === 0) continue;
    const { line } = state;
    parser.write(piece);
    const read = pieceOf(parser, state);
    // The parser does not count delimiters.
    length = state.line > line ? 0 : length + piece.length;
    if (length > LONGEST_RECORD && !read.broken) {
      yield { ...read, broken: { line: state.line, detail: TOO_LONG } };
      return;
    }
    yield read;
    if (read.broken) return;
  }
  parser.end();
  yield pieceOf(parser, state);
}

/**
 * The first records of a text.
 * @param whole false: the text goes on, and its last record may be cut
 */
export function firstLines(
  text: string,
  delimiter: string,
  most: number,
  whole: boolean,
): CsvLine[] {
  const parser = parserOf(delimiter);
  const state = { line: 1 };
  const lines: CsvLine[] = [];
  for (let at = 0; at < text.length && lines.length < most; at += FIRST_PIECE) {
    parser.write(text.slice(at, at + FIRST_PIECE));
    const piece = pieceOf(parser, state);
    lines.push(...piece.lines);
    if (piece.broken) break;
  }
  if (whole && !parser.errored) {
    parser.end();
    lines.push(...pieceOf(parser, state).lines);
  }
  parser.destroy();
  return lines.slice(0, most);
}

function parserOf(delimiter: string): Parser {
  const options: Options & TransformOptions = {
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LONGEST_RECORD,
    // What a piece holds is read before the next one is written.
    readableHighWaterMark: NO_BACKPRESSURE,
  };
  const parser = new Parser(options);
  // Of each record with more or fewer cells than the first it makes an error, and throws it away (40 µs). A record is
  // the first while none was counted.
  Object.defineProperty(parser.info, 'records', { get: () => 0, set: () => undefined });
  // An error is taken from the parser where it is read: as an event it comes later.
  parser.on('error', () => undefined);
  return parser;
}

function pieceOf(parser: Parser, state: { line: number }): CsvPiece {
  const lines: CsvLine[] = [];
  let cells: string[] | null;
  while ((cells = parser.read() as string[] | null) !== null) {
    const { line } = state;
    state.line += 1 + lineBreaks(cells);
    if (cells.length > 1 || cells[0] !== '') lines.push({ line, cells });
  }
  const { errored } = parser;
  return errored ? { lines, broken: { line: state.line, detail: sentenceOf(errored) } } : { lines };
}

function sentenceOf(error: Error): string {
  const code = error instanceof CsvError ? error.code : undefined;
  return code === 'CSV_QUOTE_NOT_CLOSED'
    ? 'A quote that begins in this row is not closed: the rest of the file is not read.'
    : TOO_LONG;
}

/** Line breaks within the cells of a record. */
function lineBreaks(cells: readonly string[]): number {
  let breaks = 0;
  for (const cell of cells) {
    for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) breaks++;
    // A break of its own where no line feed follows.
    for (let at = cell.indexOf('\r'); at !== -1; at = cell.indexOf('\r', at + 1))
      if (cell.charCodeAt(at + 1) !== 10) breaks++;
  }
  return breaks;
}
