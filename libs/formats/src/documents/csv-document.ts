import type { ImportFormat } from '@cloudpam/import';
import { FormatError } from '../format-error';
import { HEAD, piecesAfter } from '../input/byte-source';
import { csvLines, firstLines, type CsvLine } from '../text/csv-lines';
import { delimiterOf } from '../text/delimiter';
import { decoded, Utf8Check, type TextEncoding } from '../text/encoding';
import { CSV_DIALECTS } from '../tables/dialects';
import { Table } from '../tables/table';
import type { FoundHeader, TableKind } from '../tables/table-kind';
import type { Document, ReadTable, Session } from './document';
import { headText, type TextSource } from './open-document';
import { wholeEncoding } from './whole-encoding';

/** Lines among which a header is looked for. */
const FIRST_LINES = 40;
/** Written by Excel for itself: the delimiter. */
const SEPARATOR_LINE = /^sep=(.)\r?\n/i;
/** The first header of Infoblox, whose delimiter may be a blank. */
const INFOBLOX = /^\s*"?header-\w+"?([,; \t])/i;

/** How a CSV file is written, and what it is. */
interface Csv {
  readonly encoding: TextEncoding;
  readonly delimiter: string;
  /** Its first lines. */
  readonly lines: readonly CsvLine[];
  readonly found: FoundHeader;
}

/** @throws FormatError where the format that was asked for does not fit */
export async function openCsv(
  text: TextSource,
  session: Session,
  unpacked: (bytes: number) => void,
): Promise<Document> {
  const { format } = session.reading.options;
  const first = text.mark.encoding ?? (isUtf8(text.head) ? 'utf-8' : 'windows-1252');
  let csv = csvOf(text, first, format);
  if (csv.found.kind.instead === undefined) {
    const encoding = await wholeEncoding(text, session, unpacked);
    if (encoding !== first) csv = csvOf(text, encoding, format);
  }
  return { order: csv.found.kind.order ?? 1, read: () => read(text, csv, session) };
}

function csvOf(text: TextSource, encoding: TextEncoding, format: ImportFormat | 'auto'): Csv {
  const head = headText(text, encoding);
  const said = SEPARATOR_LINE.exec(head);
  const delimiter = (said ?? INFOBLOX.exec(head))?.[1] ?? delimiterOf(head);
  const lines = firstLines(head, delimiter, FIRST_LINES, text.head.length < HEAD).slice(
    said ? 1 : 0,
  );
  if (lines.length === 0) {
    const detail = 'Its first line has no end, or a quote that begins in it is not closed.';
    throw new FormatError('unreadable_file', detail, text.name, 1);
  }
  for (const [name, dialect] of Object.entries(CSV_DIALECTS)) {
    if (format !== 'auto' && format !== name) continue;
    const found = dialect(lines, text.name);
    if (found) return { encoding, delimiter, lines, found };
  }
  throw new FormatError('unknown_format', `It is not what ${format} looks like.`, text.name);
}

async function read(text: TextSource, csv: Csv, session: Session): Promise<ReadTable[]> {
  const { encoding, delimiter, lines, found } = csv;
  const { reading, mapUse, rows } = session;
  const file = { file: text.name, encoding, delimiter };
  const tables: Table[] = [];
  const open = (kind: TableKind, header: CsvLine | undefined): Table => {
    const cells = header?.cells ?? csv.lines[0]?.cells.map(() => '') ?? [];
    const table = new Table(
      mapUse.apply(kind, cells),
      { line: header?.line ?? null, cells },
      file,
      reading,
    );
    tables.push(table);
    return table;
  };
  const header = found.at === -1 ? undefined : lines[found.at];
  const before = header?.line ?? (lines[0]?.line ?? 1) - 1;
  let table = open(found.kind, header);
  const instead = table.kind.instead ?? table.missing();
  if (instead) {
    table.tell(Math.max(1, before), text.name, instead);
    return tables;
  }
  const bytes = piecesAfter(text, text.mark.markLength);
  for await (const piece of csvLines(
    encoding === 'utf-8' ? bytes : decoded(bytes, encoding),
    delimiter,
  )) {
    for (const line of piece.lines) {
      if (line.line <= before) continue;
      const kind = table.kind.next?.(line);
      if (kind) {
        table = open(kind, line);
        continue;
      }
      const turn = rows.add(text.name, line.line);
      if (turn) await turn;
      table.add(line);
    }
    const { broken } = piece;
    if (broken)
      table.tell(broken.line, '', { error: 'unreadable', detail: broken.detail, field: null });
    await rows.pause();
  }
  return tables;
}

/** Whether the first bytes are UTF-8; their last character may be cut. */
function isUtf8(head: Uint8Array): boolean {
  const check = new Utf8Check();
  check.add(head);
  return check.valid;
}
