import { POSTGRES } from '../dialect';
import { messageOf } from '../errors';
import { statementOf } from '../postgres-session';
import { raw, sql } from '../sql';
import { POSTGRES_CATALOGUE, sequenceOf, type Ask } from './catalogue';
import { DumpError } from './dump-error';
import { selectAdded, type DumpTarget } from './dump-target';
import { openClient } from './postgres-source';
import { dumpedTables } from './table';

/** Begins to fill a migrated database; servers that write to it wait. @throws DumpError when it is not empty */
export async function postgresTarget(url: string): Promise<DumpTarget> {
  const client = await openClient(url);
  try {
    const ask: Ask = async <R>(text: string) => (await client.query(text)).rows as R[];
    const tables = dumpedTables(await POSTGRES_CATALOGUE.tables(ask));
    const names = tables.map(({ name }) => name);
    await client.query(`begin; lock table ${names.join(', ')} in share row exclusive mode`);
    const filled = await ask<{ name: string }>(
      names.map((name) => `(${selectAdded(name)} limit 1)`).join(' union all '),
    );
    if (filled[0])
      throw new DumpError(`the database is not empty: there are rows in ${filled[0].name}`);
    return {
      tables,
      clear: async (table) => void (await client.query(`delete from ${table}`)),
      async insert(table, columns, rows) {
        const list = raw(columns.map(({ name }) => name).join(', '));
        const values = POSTGRES.table(
          't',
          Object.fromEntries(columns.map(({ name, type }) => [name, type])),
          rows,
        );
        await client.query(
          statementOf(
            sql`insert into ${raw(table)} (${list}) overriding system value select ${list} from ${values}`,
            true,
          ),
        );
      },
      goOn: async (table, last) =>
        void (await client.query('select setval($1::regclass, greatest($2::int8, 1), $2 > 0)', [
          sequenceOf(table),
          last,
        ])),
      async commit() {
        await client.query('commit').catch((error: unknown) => {
          throw new DumpError(`the rows do not fit together: ${messageOf(error)}`);
        });
        await client.query('analyze');
      },
      close: () => client.end(),
    };
  } catch (error) {
    await client.end();
    throw error;
  }
}
