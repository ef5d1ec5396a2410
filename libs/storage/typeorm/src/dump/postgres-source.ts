import type { Client } from 'pg';
import { appliedMigrations, POSTGRES_CATALOGUE, type Ask } from './catalogue';
import { codeOf, messageOf } from '../errors';
import { DumpError } from './dump-error';
import { PIECE_LENGTH, PIECE_ROWS, type DumpSource } from './dump-source';
import { askPostgres, dumpedOf, type Dumped } from './dumped-value';
import { dumpedColumns, dumpedTables, type Table } from './table';
import { clientOf, databaseOf } from './urls';

/** Opens a connection of its own, which sees one state and waits as long as it takes. */
export async function openClient(url: string): Promise<Client> {
  const client = clientOf(url);
  client.on('error', () => undefined); // the next statement tells
  await client.connect().catch((error: unknown) => {
    const why = messageOf(error) || codeOf(error);
    throw new DumpError(`${databaseOf(url).name} cannot be reached: ${why}`);
  });
  await client.query('set statement_timeout = 0; set idle_in_transaction_session_timeout = 0');
  return client;
}

/** @throws DumpError when the database is none of ours */
export async function postgresSource(url: string): Promise<DumpSource> {
  const client = await openClient(url);
  try {
    await client.query('begin isolation level repeatable read read only');
    const ask: Ask = async <R>(text: string) => (await client.query(text)).rows as R[];
    const migrations = await appliedMigrations(ask, 'postgres');
    if (!migrations) throw new DumpError('the database is none of this product');
    return {
      storage: 'postgres',
      migrations,
      // They are of no state. Those that are read after it has begun are not behind it.
      sequences: await POSTGRES_CATALOGUE.sequences(ask),
      tables: dumpedTables(await POSTGRES_CATALOGUE.tables(ask)),
      rows: (table) => rowsOf(client, table),
      close: () => client.end(),
    };
  } catch (error) {
    await client.end();
    throw error;
  }
}

async function* rowsOf(client: Client, table: Table): AsyncGenerator<Dumped[][]> {
  const columns = dumpedColumns(table);
  const order = table.key.map((name) => {
    const isText = columns.some((each) => each.name === name && each.type === 'text');
    return isText ? `${name} collate "C"` : name;
  });
  await client.query(`declare dumped no scroll cursor for
    select ${columns.map(({ name, type }) => askPostgres(name, type)).join(', ')}
    from ${table.name} order by ${order.join(', ')}`);
  for (let asked = 8; ;) {
    const { rows } = await client.query<unknown[]>({
      text: `fetch ${asked} from dumped`,
      rowMode: 'array',
    });
    const piece = rows.map((row) =>
      row.map((value, at) => dumpedOf(columns[at]?.type ?? 'text', value)),
    );
    if (piece.length > 0) yield piece;
    if (piece.length < asked) break;
    const length = piece.flat().reduce<number>((sum, each) => sum + String(each).length, 0);
    asked = Math.max(1, Math.min(PIECE_ROWS, length > PIECE_LENGTH ? asked >> 1 : asked << 1));
  }
  await client.query('close dumped');
}
