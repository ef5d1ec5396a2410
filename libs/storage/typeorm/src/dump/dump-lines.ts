import { createHash, type Hash } from 'node:crypto';
import { DumpError } from './dump-error';
import type { DumpSource } from './dump-source';
import type { Dumped } from './dumped-value';
import { dumpedColumns } from './table';

/** What the first line says of a dump. */
export interface DumpHeader {
  readonly format: 'cloudpam-dump';
  readonly version: number;
  /** The version of the product that made it. */
  readonly product: string;
  readonly storage: 'sqlite' | 'postgres';
  readonly at: string;
  readonly hash: 'sha256';
  readonly migrations: readonly string[];
}

/** What made a dump, and when. */
export interface Made {
  readonly product: string;
  readonly at: Date;
}

/** Rows by table. */
export type Counts = Readonly<Record<string, number>>;
/** Told of each piece of rows. */
export type Progress = (table: string, rows: number) => void;

/** What a dump has, in its order. */
export type DumpPart =
  | { readonly kind: 'header'; readonly header: DumpHeader }
  | { readonly kind: 'sequences'; readonly last: Counts }
  | { readonly kind: 'table'; readonly name: string; readonly columns: readonly string[] }
  | { readonly kind: 'row'; readonly row: readonly unknown[] }
  | { readonly kind: 'rows'; readonly count: number }
  | { readonly kind: 'end'; readonly rows: Counts };

const VERSION = 1;
/** Characters that the first line has at most, and any other one: no row is nearly as long. */
const [MOST_OF_HEADER, MOST_OF_LINE] = [1 << 20, 1 << 28];

/** A dump, in pieces of whole lines. Each line is a JSON text: rows are arrays, all others objects. */
export async function* dumpLines(
  source: DumpSource,
  made: Made,
  progress: Progress = () => undefined,
): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const sent = (lines: readonly unknown[]): string => {
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    hash.update(text);
    return text;
  };
  const header: DumpHeader = {
    format: 'cloudpam-dump',
    version: VERSION,
    product: made.product,
    storage: source.storage,
    at: made.at.toISOString(),
    hash: 'sha256',
    migrations: source.migrations,
  };
  yield sent([header, { sequences: source.sequences }]);
  const counts: Record<string, number> = {};
  for (const table of source.tables) {
    yield sent([{ table: table.name, columns: dumpedColumns(table).map(({ name }) => name) }]);
    let count = 0;
    for await (const rows of source.rows(table)) {
      count += rows.length;
      yield sent(rows satisfies readonly (readonly Dumped[])[]);
      progress(table.name, count);
    }
    yield sent([{ rows: count }]);
    counts[table.name] = count;
  }
  yield `${JSON.stringify({ end: counts, sha256: hash.digest('hex') })}\n`;
}

/**
 * Reads a dump, and checks that it is whole and as it was written.
 * @throws DumpError at the latest instead of `end`
 */
export async function* readDump(chunks: AsyncIterable<Buffer | string>): AsyncGenerator<DumpPart> {
  const reading = new DumpReading();
  for await (const line of linesOf(chunks)) yield reading.next(line);
  reading.finish();
}

/** Where the reading of a dump is. */
class DumpReading {
  private readonly hash: Hash = createHash('sha256');
  private readonly counts: Record<string, number> = {};
  private line = 0;
  private table: { readonly name: string; readonly width: number } | undefined;
  private count = 0;
  private isAtEnd = false;

  next(text: string): DumpPart {
    this.line++;
    if (this.isAtEnd) throw this.wrong('stands behind the end');
    const said = this.parsed(text);
    if (this.line === 1) return { kind: 'header', header: this.hashed(text, headerOf(said)) };
    if (Array.isArray(said)) return { kind: 'row', row: this.hashed(text, this.row(said)) };
    if ('end' in said) return this.end(said);
    this.hashed(text, said);
    if ('sequences' in said) return { kind: 'sequences', last: said['sequences'] as Counts }; // as the hash shows
    if ('rows' in said) return this.endOfTable(said['rows']);
    if (this.table || typeof said['table'] !== 'string') throw this.wrong('is not expected here');
    const columns: unknown = said['columns'];
    if (!isNames(columns)) throw this.wrong('names no columns');
    this.table = { name: said['table'], width: columns.length };
    this.count = 0;
    return { kind: 'table', name: said['table'], columns };
  }

  finish(): void {
    if (!this.isAtEnd)
      throw new DumpError(`the dump is cut off after line ${this.line}: its last line is missing`);
  }

  private row(row: unknown[]): unknown[] {
    if (row.length !== this.table?.width) throw this.wrong('is no row of its table');
    this.count++;
    return row;
  }

  private endOfTable(rows: unknown): DumpPart {
    if (!this.table || rows !== this.count)
      throw this.wrong(`tells ${String(rows)} rows, and ${this.count} are there`);
    this.counts[this.table.name] = this.count;
    this.table = undefined;
    return { kind: 'rows', count: this.count };
  }

  private end(said: Record<string, unknown>): DumpPart {
    if (this.hash.digest('hex') !== said['sha256'])
      throw new DumpError('the dump was changed: it has another hash than its last line tells');
    if (this.table || JSON.stringify(said['end']) !== JSON.stringify(this.counts))
      throw this.wrong('tells of other tables than there are');
    this.isAtEnd = true;
    return { kind: 'end', rows: this.counts };
  }

  private hashed<T>(text: string, read: T): T {
    this.hash.update(text).update('\n');
    return read;
  }

  private parsed(text: string): Record<string, unknown> | unknown[] {
    try {
      const said: unknown = JSON.parse(text);
      if (typeof said === 'object' && said !== null) return said as Record<string, unknown>;
    } catch {
      // said below
    }
    throw this.line === 1
      ? notOurs()
      : this.wrong('cannot be read: the dump is cut off or changed');
  }

  private wrong(what: string): DumpError {
    return new DumpError(`line ${this.line} of the dump ${what}`);
  }
}

function headerOf(said: Record<string, unknown> | unknown[]): DumpHeader {
  const header = said as unknown as DumpHeader;
  if (header.format !== 'cloudpam-dump' || !Array.isArray(header.migrations)) throw notOurs();
  if (header.version !== VERSION || header.hash !== 'sha256')
    throw new DumpError(
      `the dump has format ${header.version}, made by version ${header.product}; restore it with that version`,
    );
  return header;
}

function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function notOurs(): DumpError {
  return new DumpError('the file is no dump: its first line does not say so');
}

async function* linesOf(chunks: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });
  let open: string[] = [];
  let [length, most] = [0, MOST_OF_HEADER];
  for await (const chunk of chunks) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    let from = 0;
    for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
      yield open.length > 0 ? [...open, text.slice(from, to)].join('') : text.slice(from, to);
      open = [];
      [length, most] = [0, MOST_OF_LINE];
      from = to + 1;
    }
    if (from === text.length) continue;
    open.push(text.slice(from));
    length += text.length - from;
    if (length > most)
      throw most === MOST_OF_HEADER
        ? notOurs()
        : new DumpError('the dump was changed: a line of it has no end');
  }
  if (open.length > 0) yield open.join('');
}
