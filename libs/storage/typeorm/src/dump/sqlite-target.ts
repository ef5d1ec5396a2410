import { sqliteValue } from '../dialect';
import { whenFree } from '../sqlite-turns';
import { SQLITE_CATALOGUE, type Ask } from './catalogue';
import { DumpError } from './dump-error';
import { selectAdded, type DumpTarget } from './dump-target';
import { openSqliteFile } from './sqlite-file';
import { dumpedTables } from './table';

/** Begins to fill a migrated file. @throws DumpError when it is not empty */
export async function sqliteTarget(file: string): Promise<DumpTarget> {
  const connection = openSqliteFile(file, { timeout: 0 });
  try {
    connection.pragma('synchronous = full');
    connection.pragma('cache_size = -64000');
    await whenFree(() => connection.exec('begin immediate'));
    // Whatever refers to a later row is looked at when all are there.
    connection.pragma('defer_foreign_keys = on');
    const ask: Ask = async <R>(text: string) => connection.prepare(text).all() as R[];
    const tables = dumpedTables(await SQLITE_CATALOGUE.tables(ask));
    for (const { name } of tables)
      if (connection.prepare(`${selectAdded(name)} limit 1`).get() !== undefined)
        throw new DumpError(`the file ${file} is not empty: there are rows in ${name}`);
    // Their ids are reserved there; SQLite gives out those of the others itself.
    const reserved = new Set(
      connection.prepare('select name from id_sequence').pluck().all() as string[],
    );
    return {
      tables,
      clear: async (table) => void connection.exec(`delete from ${table}`),
      async insert(table, columns, rows) {
        const statement = connection.prepare(
          `insert into ${table} (${columns.map(({ name }) => name).join(', ')})
            values (${columns.map(() => '?').join(', ')})`,
        );
        for (const row of rows) statement.run(...row.map(sqliteValue));
      },
      async goOn(table, last) {
        if (reserved.has(table))
          connection.prepare('update id_sequence set last = ? where name = ?').run(last, table);
        else {
          connection.prepare('delete from sqlite_sequence where name = ?').run(table);
          connection
            .prepare('insert into sqlite_sequence (name, seq) values (?, ?)')
            .run(table, last);
        }
      },
      async commit() {
        const [lost] = connection.pragma('foreign_key_check') as {
          table: string;
          parent: string;
        }[];
        if (lost)
          throw new DumpError(
            `a row of ${lost.table} refers to one of ${lost.parent} that is not there`,
          );
        connection.exec('commit');
      },
      // A transaction that is open ends with its connection.
      close: async () => void connection.close(),
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}
