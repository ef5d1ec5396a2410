import { existsSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { appliedMigrations, SQLITE_CATALOGUE, type Ask } from './catalogue';
import { DumpError } from './dump-error';
import { PIECE_LENGTH, PIECE_ROWS, type DumpSource } from './dump-source';
import { dumpedOf, type Dumped } from './dumped-value';
import { openSqliteFile } from './sqlite-file';
import { dumpedColumns, dumpedTables, type Table } from './table';

/** Opens a file for reading; what a server writes meanwhile is not seen. @throws DumpError */
export async function sqliteSource(file: string): Promise<DumpSource> {
  if (!existsSync(file)) throw new DumpError(`there is no file ${file}`);
  const connection = openSqliteFile(file, { readonly: true, timeout: 5_000 });
  try {
    connection.exec('begin');
    const ask: Ask = async <R>(text: string) => connection.prepare(text).all() as R[];
    const migrations = await appliedMigrations(ask, 'sqlite');
    if (!migrations) throw new DumpError(`${file} is no database of this product`);
    return {
      storage: 'sqlite',
      migrations,
      sequences: await SQLITE_CATALOGUE.sequences(ask),
      tables: dumpedTables(await SQLITE_CATALOGUE.tables(ask)),
      rows: (table) => rowsOf(connection, table),
      close: async () => void connection.close(),
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}

async function* rowsOf(connection: Database, table: Table): AsyncGenerator<Dumped[][]> {
  const columns = dumpedColumns(table);
  const query = `select ${columns.map(({ name }) => name).join(', ')} from ${table.name}
    order by ${table.key.join(', ')}`;
  let piece: Dumped[][] = [];
  let length = 0;
  for (const row of connection.prepare(query).raw().iterate() as Iterable<unknown[]>) {
    const dumped = row.map((value, at) => dumpedOf(columns[at]?.type ?? 'text', value));
    piece.push(dumped);
    length += dumped.reduce<number>((sum, each) => sum + String(each).length, 0);
    if (piece.length < PIECE_ROWS && length < PIECE_LENGTH) continue;
    yield piece;
    piece = [];
    length = 0;
  }
  if (piece.length > 0) yield piece;
}
