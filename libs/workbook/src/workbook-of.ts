import { strToU8, Zip, ZipDeflate } from 'fflate';
import { MAX_ROWS } from './limits';
import { WorkbookError } from './workbook-error';

/** Characters that Excel takes in a cell. */
const LONGEST_TEXT = 32_767;
/** Rows that are packed at once. */
const ROWS_AT_ONCE = 1_000;

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const LINKS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OF_SHEETS = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** A value of a cell. A text stays one, whatever it looks like; null is an empty cell. */
export type CellValue = string | number | boolean | null;

/** A sheet to write. */
export interface Sheet {
  /** At most 31 characters, none of `[ ] : * ? / \`, and no other sheet's name. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: Iterable<readonly CellValue[]>;
}

/**
 * Sheets as XLSX, each with its columns in the first row. What is longer than a cell of Excel ends
 * with an ellipsis.
 * @throws WorkbookError for more than `MAX_ROWS` rows
 */
export function workbookOf(sheets: readonly Sheet[]): Uint8Array<ArrayBuffer> {
  const steps = workbookSteps(sheets);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/**
 * The same in steps of some rows each, for who has other work to do between them. It is written row by row:
 * a library kept twenty times the file in memory.
 */
export function* workbookSteps(
  sheets: readonly Sheet[],
): Generator<undefined, Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  function* part(path: string, texts: Iterable<string>): Generator<undefined> {
    const file = new ZipDeflate(path, { level: 6 });
    zip.add(file);
    for (const text of texts) {
      file.push(strToU8(text));
      yield;
    }
    file.push(new Uint8Array(), true);
  }
  for (const [path, xml] of frameOf(sheets)) yield* part(path, [xml]);
  let left = MAX_ROWS;
  for (const [at, sheet] of sheets.entries())
    yield* part(
      `xl/${sheetPath(at + 1)}`,
      sheetXml(sheet, () => left-- > 0),
    );
  zip.end();
  return joined(chunks);
}

/** The parts of a workbook around its sheets. */
function frameOf(sheets: readonly Sheet[]): [path: string, xml: string][] {
  const each = (text: (sheet: Sheet, id: number) => string): string =>
    sheets.map((sheet, at) => text(sheet, at + 1)).join('');
  const types =
    '<Default Extension="rels" ' +
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    `<Override PartName="/xl/workbook.xml" ContentType="${OF_SHEETS}.sheet.main+xml"/>` +
    each(
      (_, id) =>
        `<Override PartName="/xl/${sheetPath(id)}" ContentType="${OF_SHEETS}.worksheet+xml"/>`,
    );
  const list = each(
    ({ name }, id) => `<sheet name="${escaped(name)}" sheetId="${id}" r:id="r${id}"/>`,
  );
  return [
    ['[Content_Types].xml', `${HEAD}<Types xmlns="${PACKAGE}/content-types">${types}</Types>`],
    ['_rels/.rels', relations(relation(1, 'officeDocument', 'xl/workbook.xml'))],
    [
      'xl/workbook.xml',
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${LINKS}"><sheets>${list}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      relations(each((_, id) => relation(id, 'worksheet', sheetPath(id)))),
    ],
  ];
}

/** @param mayGoOn asked before each row */
function* sheetXml({ columns, rows }: Sheet, mayGoOn: () => boolean): Generator<string> {
  const letters = columns.map((_, at) => lettersOf(at));
  let pieces = [`${HEAD}<worksheet xmlns="${MAIN}"><sheetData>`, rowXml(columns, 1, letters)];
  let row = 1;
  for (const cells of rows) {
    if (!mayGoOn())
      throw new WorkbookError(
        'too_large',
        `A workbook has at most ${MAX_ROWS.toLocaleString('en')} rows.`,
      );
    pieces.push(rowXml(cells, ++row, letters));
    if (pieces.length < ROWS_AT_ONCE) continue;
    yield pieces.join('');
    pieces = [];
  }
  yield `${pieces.join('')}</sheetData></worksheet>`;
}

function rowXml(cells: readonly CellValue[], row: number, letters: readonly string[]): string {
  let xml = `<row r="${row}">`;
  letters.forEach((letter, at) => {
    const value = cells[at] ?? '';
    if (value === '') return;
    const cell = `<c r="${letter}${row}"`;
    if (typeof value === 'number') xml += `${cell}><v>${value}</v></c>`;
    else if (typeof value === 'boolean') xml += `${cell} t="b"><v>${value ? 1 : 0}</v></c>`;
    else xml += `${cell} t="inlineStr"><is><t xml:space="preserve">${textXml(value)}</t></is></c>`;
  });
  return `${xml}</row>`;
}

function textXml(text: string): string {
  const short = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
  // What XML cannot have is written as the code of the character (ECMA-376, ST_Xstring), and so is
  // what looks like such a code.
  return escaped(short.replaceAll(/_(?=x[\da-f]{4}_)/gi, '_x005F_')).replaceAll(
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g,
    (each) => `_x${each.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}_`,
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (each) => ENTITIES[each] ?? each);
}

/** `A` for 0, `AA` for 26. */
function lettersOf(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : lettersOf(Math.floor(column / 26) - 1) + last;
}

function sheetPath(id: number): string {
  return `worksheets/sheet${id}.xml`;
}

function relations(each: string): string {
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${each}</Relationships>`;
}

function relation(id: number, type: string, target: string): string {
  return `<Relationship Id="r${id}" Type="${LINKS}/${type}" Target="${target}"/>`;
}

function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
