import { stringify } from 'csv-stringify/sync';

export type Row = Readonly<Record<string, unknown>>;

/**
 * What begins a formula, also after blanks and in full width, as spreadsheets read it; and what looks
 * like one that has its apostrophes already, so that taking one away gives back what was there.
 */
const FORMULA = /^'*[\s\p{Cc}\p{Cf}=+\-@＝＋－＠]/u;

/** A cell as text. One that a spreadsheet would run as a formula gets an apostrophe in front. */
export function csvCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  const plain = plainText(value);
  return FORMULA.test(plain) ? `'${plain}` : plain;
}

function plainText(value: NonNullable<unknown>): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string);
}

/** A line break of any kind is quoted: to some readers it ends the line. */
const LINES = { quoted_match: /\r/ };

/**
 * Rows as CSV, a text for each page: a piece for each row would cost a file of hundreds of
 * thousands more than what is in it.
 * @param columns those of the first row unless they are given, and then the header stands there
 *   without rows too
 */
export async function* csvPages(
  pages: AsyncIterable<readonly Row[]>,
  columns?: readonly string[],
): AsyncGenerator<string> {
  let names = columns;
  if (names) yield stringify([names], LINES);
  for await (const rows of pages) {
    const [first] = rows;
    if (!first) continue;
    if (!names) yield stringify([(names = Object.keys(first))], LINES);
    const ordered = names;
    yield stringify(
      rows.map((row) => ordered.map((name) => csvCell(row[name]))),
      LINES,
    );
  }
}
