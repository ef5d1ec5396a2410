import { join } from 'node:path';
import { messageOf } from '../errors';
import { migrationNames } from '../migrations';
import type { Row } from '../session';
import { openStorage } from '../typeorm-storage';
import { DumpError } from './dump-error';
import type { Counts, DumpHeader, DumpPart, Progress } from './dump-lines';
import type { DumpTarget } from './dump-target';
import { storedValue } from './dumped-value';
import { migrationsOf } from './migrations-of';
import { postgresTarget } from './postgres-target';
import { sqliteTarget } from './sqlite-target';
import { dumpedColumns, type Column } from './table';
import { databaseOf } from './urls';

/** Rows of a statement, and the text that it carries at most. */
const [BATCH_ROWS, BATCH_LENGTH] = [2_000, 4_000_000];

/** What was restored. */
export interface Restored {
  readonly header: DumpHeader;
  readonly rows: Counts;
}

/**
 * Fills an empty database with a dump, in one transaction, and brings its schema up to date. The schema of the dump
 * is made first, where the database has none.
 * @throws DumpError when the database is not empty or the dump is not whole; then nothing of the dump is written
 */
export async function restoreInto(
  url: string,
  migrationsDir: string,
  parts: AsyncIterator<DumpPart>,
  progress: Progress = () => undefined,
): Promise<Restored> {
  const first = await parts.next();
  if (first.done === true || first.value.kind !== 'header')
    throw new DumpError('the dump is cut off: it is empty');
  const { header } = first.value;
  await prepareSchema(url, migrationsDir, header);
  const { kind, file } = databaseOf(url);
  const target = await (kind === 'sqlite' ? sqliteTarget(file) : postgresTarget(url));
  try {
    const rows = await fill(target, parts, progress);
    await target.commit();
    await target.close();
    await (await openStorage({ url, migrationsDir, poolSize: 1 })).close();
    return { header, rows };
  } catch (error) {
    await target.close();
    throw error;
  }
}

/** Has the database have the very schema that the dump is of. */
async function prepareSchema(
  url: string,
  migrationsDir: string,
  { migrations, product }: DumpHeader,
): Promise<void> {
  const known = migrationNames(join(migrationsDir, databaseOf(url).kind));
  const unknown = migrations.find((name, at) => name !== known[at]);
  if (unknown !== undefined)
    throw new DumpError(
      `the dump is of version ${product} and has the migration ${unknown}, which this version does not know; ` +
        'restore it with that version',
    );
  const there = await migrationsOf(url);
  if (there && there.join() !== migrations.join())
    throw new DumpError(
      `the database has the schema of ${there.at(-1)}, and the dump that of ${migrations.at(-1)}; ` +
        'restore into a database without tables: the schema of the dump is made there, and then brought up to date',
    );
  if (!there)
    await (
      await openStorage({
        url,
        migrationsDir,
        poolSize: 1,
        schema: { upTo: migrations.at(-1) ?? '' },
      })
    ).close();
}

async function fill(
  target: DumpTarget,
  parts: AsyncIterator<DumpPart>,
  progress: Progress,
): Promise<Counts> {
  const missing = new Set(target.tables.map(({ name }) => name));
  let sequences: Counts = {};
  let table: LoadedTable | undefined;
  for (;;) {
    const { value: part, done } = await parts.next();
    if (done === true) throw new DumpError('the dump is cut off: its last line is missing');
    if (part.kind === 'sequences') sequences = part.last;
    if (part.kind === 'table') {
      table = new LoadedTable(target, part.name, part.columns, progress);
      missing.delete(part.name);
      await target.clear(part.name);
    }
    if (part.kind === 'row') await table?.add(part.row);
    if (part.kind === 'rows') await table?.flush();
    if (part.kind === 'end') {
      if (missing.size > 0) throw new DumpError(`the dump has no table ${[...missing].join(', ')}`);
      for (const [name, last] of Object.entries(sequences)) await target.goOn(name, last);
      return part.rows;
    }
  }
}

/** The rows of one table, on their way into the database. */
class LoadedTable {
  private readonly columns: readonly Column[];
  private batch: Row[] = [];
  private length = 0;
  private count = 0;

  constructor(
    private readonly target: DumpTarget,
    private readonly name: string,
    columns: readonly string[],
    private readonly progress: Progress,
  ) {
    const table = target.tables.find((each) => each.name === name);
    if (!table) throw new DumpError(`the dump has a table ${name}, which the schema has not`);
    this.columns = dumpedColumns(table);
    if (this.columns.map((each) => each.name).join() !== columns.join())
      throw new DumpError(`the dump has other columns of ${name} than the schema`);
  }

  async add(row: readonly unknown[]): Promise<void> {
    this.count++;
    this.batch.push(this.columns.map(({ type }, at) => storedValue(type, row[at])));
    this.length += row.reduce<number>((sum, each) => sum + String(each).length, 0);
    if (this.batch.length >= BATCH_ROWS || this.length >= BATCH_LENGTH) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.batch.length === 0) return;
    await this.target.insert(this.name, this.columns, this.batch).catch((error: unknown) => {
      const first = this.count - this.batch.length + 1;
      throw new DumpError(
        `the rows ${first} to ${this.count} of ${this.name} are refused: ${messageOf(error)}`,
      );
    });
    this.batch = [];
    this.length = 0;
    this.progress(this.name, this.count);
  }
}
