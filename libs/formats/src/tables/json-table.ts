import type { ImportTable } from '@cloudpam/import';
import type { ReadTable, UnplacedRow } from '../documents/document';
import type { Reading } from '../rows/reading';
import { RowEnd, wrong } from '../rows/row-problem';
import type { JsonElement } from '../text/json-lists';
import { isObject, type JsonKind, type JsonObject } from './json-kind';
import { SAMPLE_CELL, SAMPLE_ROWS, type ReadItem } from './table-kind';

/** Keys by which a person knows an object that cannot be read. */
const LABELS = ['prefix', 'name', 'display', 'ResourceCidr', 'Cidr', 'ResourceId'];

/** A list of a JSON document while its objects are read. */
export class JsonTable implements ReadTable {
  readonly rows: UnplacedRow[] = [];
  private columns: readonly string[] = [];
  private readonly sample: string[][] = [];
  private readonly read: (object: JsonObject) => ReadItem;

  constructor(
    readonly kind: JsonKind,
    private readonly file: Pick<ImportTable, 'file' | 'encoding'>,
    reading: Reading,
  ) {
    this.read = kind.reader(reading);
  }

  add({ number, text }: JsonElement): void {
    const { label, item } = this.item(text);
    this.rows.push({ table: 0, line: number, label, item });
  }

  /** What keeps the rest from being read. */
  tell(line: number, item: ReadItem['item']): void {
    this.rows.push({ table: 0, line, label: '', item });
  }

  end(): ImportTable {
    const { format, because, entity, mapping, unknown } = this.kind;
    const delimiter = null;
    const { columns, sample } = this;
    const headerLine = null;
    return {
      ...this.file,
      format,
      because,
      entity,
      delimiter,
      headerLine,
      columns,
      fields: [],
      mapping,
      unknown,
      sample,
    };
  }

  private item(text: string | undefined): ReadItem {
    const object = parsed(text);
    try {
      if (!isObject(object)) throw wrong('unreadable', 'It is no object, or too long or too deep.');
      this.show(object);
      return this.read(object);
    } catch (end) {
      if (!(end instanceof RowEnd)) throw end;
      return { label: labelOf(object), item: end.item };
    }
  }

  private show(object: JsonObject): void {
    if (this.sample.length >= SAMPLE_ROWS) return;
    if (this.columns.length === 0) this.columns = Object.keys(object);
    this.sample.push(this.columns.map((key) => cellOf(object[key])));
  }
}

/** undefined where it is no JSON. */
export function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.slice(0, SAMPLE_CELL);
}

function labelOf(object: unknown): string {
  if (!isObject(object)) return '';
  const key = LABELS.find((each) => typeof object[each] === 'string');
  return key === undefined ? '' : String(object[key]).slice(0, SAMPLE_CELL);
}
