import type { ImportTable } from '@cloudpam/import';
import type { ReadTable, UnplacedRow } from '../documents/document';
import { Row } from '../rows/row';
import type { Reading } from '../rows/reading';
import { RowEnd, wrong } from '../rows/row-problem';
import type { CsvLine } from '../text/csv-lines';
import { SAMPLE_CELL, SAMPLE_ROWS, type ReadItem, type TableKind } from './table-kind';

/** Fields by which a person knows a row that cannot be read. */
const LABELS = ['cidr', 'address', 'first', 'name', 'key', 'vid'];

/** A table while its rows are read. */
export class Table implements ReadTable {
  readonly rows: UnplacedRow[] = [];
  private readonly sample: string[][] = [];
  private readonly row: Row;
  private readonly read: () => ReadItem;

  /**
   * @param header its cells, and its line; null: there is none
   * @param file how it was read
   */
  constructor(
    readonly kind: TableKind,
    private readonly header: { readonly line: number | null; readonly cells: readonly string[] },
    private readonly file: Pick<ImportTable, 'file' | 'encoding' | 'delimiter'>,
    reading: Reading,
  ) {
    this.row = new Row(kind.columns);
    this.read = kind.reader(this.row, reading);
  }

  /** One row; an empty one is none. */
  add({ line, cells }: CsvLine): void {
    if (cells.every((cell) => cell.trim() === '')) return;
    if (this.sample.length < SAMPLE_ROWS)
      this.sample.push(cells.map((cell) => cell.slice(0, SAMPLE_CELL)));
    this.row.cells = cells;
    const { more = [], ...read } = this.item(cells);
    for (const { label, item } of [read, ...more]) this.rows.push({ table: 0, line, label, item });
  }

  /** A row that says something of the whole table, or of its rest. */
  tell(line: number, label: string, item: ReadItem['item']): void {
    this.rows.push({ table: 0, line, label, item });
  }

  /** What is told instead of rows: nothing is mapped to what they cannot do without. */
  missing(): ReadItem['item'] | undefined {
    const { needs, columns } = this.kind;
    if (!needs || needs.some((field) => columns.has(field))) return undefined;
    const [field = ''] = needs;
    const detail =
      `No column of this table is known as ${field}: ` +
      `say in columns.${field} of the map which one it is.`;
    return { error: 'missing_value', detail, field };
  }

  end(): ImportTable {
    const { format, because, entity, columns, fields, unknown } = this.kind;
    const named = (at: number): string => columnName(this.header.cells, at);
    return {
      ...this.file,
      format,
      because,
      entity,
      headerLine: this.header.line,
      columns: this.header.cells.map((_cell, at) => named(at)),
      fields: [...new Set(fields)],
      mapping: Object.fromEntries([...columns].map(([field, at]) => [field, named(at)])),
      unknown: entity === null ? [] : unknown.map(named),
      sample: this.sample,
    };
  }

  private item(cells: readonly string[]): ReadItem {
    try {
      this.checkCount(cells);
      return this.read();
    } catch (end) {
      if (!(end instanceof RowEnd)) throw end;
      return { label: this.labelOf(cells), item: end.item };
    }
  }

  private checkCount(cells: readonly string[]): void {
    const { length } = this.header.cells;
    const more = cells.slice(length).some((cell) => cell.trim() !== '');
    if (!more && (this.kind.loose || cells.length >= length)) return;
    throw wrong('column_count', `The row has ${cells.length} cells, and the header ${length}.`);
  }

  private labelOf(cells: readonly string[]): string {
    const field = LABELS.find((each) => this.row.text(each) !== null);
    const text =
      field === undefined ? cells.find((cell) => cell.trim() !== '') : this.row.text(field);
    return (text ?? '').trim().slice(0, SAMPLE_CELL);
  }
}

/** The name of a column; one without a header is called by its place. */
function columnName(header: readonly string[], at: number): string {
  return header[at]?.trim() || `Column ${at + 1}`;
}
