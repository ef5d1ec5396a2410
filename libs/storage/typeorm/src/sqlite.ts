import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Database as Connection, Statement } from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import { DataSource, MigrationExecutor, type EntityManager } from 'typeorm';
import { loopTurn } from '@cloudpam/event-loop';
import { StoredConflict } from '@cloudpam/pools';
import { SQLITE, sqliteValue, type Dialect } from './dialect';
import { entities } from './stores';
import { codeOf, messageOf } from './errors';
import { FifoQueue } from './fifo-queue';
import { KeptTotals } from './kept-totals';
import {
  lastOf,
  migrationLogger,
  migrationsIn,
  refuseNewer,
  type SchemaChoice,
} from './migrations';
import {
  refuse,
  type Columns,
  type Database,
  type Outcome,
  type Row,
  type Session,
} from './session';
import type { Sql, Value } from './sql';
import { sqliteDriver } from './sqlite-driver';
import { SqliteCheckpoints } from './sqlite-checkpoints';
import { SqliteTurns, whenFree } from './sqlite-turns';
import { asUnavailable } from './unavailable';
import { Writability, type Readiness } from './writability';

const OWNER_ONLY = 0o600;
/** Statements that a connection keeps, those that were used last: preparing one costs as much as running many. */
const KEPT_STATEMENTS = 300;
/** Rows that are inserted before others may have their turn. */
const PIECE = 100;

/**
 * The driver answers at once, so that work on a file would keep the event loop until it ends: each
 * statement asks for its turn. SQLite: one connection that writes, one unit of work at a time, and
 * read-only ones, each with its own snapshot (WAL). TypeORM has a single query runner per
 * connection, so units of work must never meet on one.
 */
export class SqliteDatabase implements Database {
  readonly dialect = SQLITE;
  private readonly writing = new FifoQueue<SqliteSession>();
  private readonly writes: SqliteSession;
  private readonly reading: FifoQueue<SqliteSession>;
  private readonly writability = new Writability();
  private readonly totals = new KeptTotals();

  private constructor(
    private readonly writer: DataSource,
    private readonly readers: readonly DataSource[],
  ) {
    this.writes = new SqliteSession(writer, false);
    this.writing.add(this.writes);
    // In memory there is one connection only, and reads queue with the runs.
    this.reading = readers.length > 0 ? new FifoQueue() : this.writing;
    for (const reader of readers) this.reading.add(new SqliteSession(reader, true));
  }

  /**
   * Opens or makes the file and migrates it. A schema that stays as it is needs a file, in which nothing can be
   * written then. @throws when the file cannot be opened or a migration fails
   */
  static async open(
    path: string,
    migrationsDir: string,
    readers: number,
    log: (message: string) => void,
    schema: SchemaChoice = 'newest',
  ): Promise<SqliteDatabase> {
    const inMemory = path === ':memory:';
    const file = inMemory ? path : resolve(path);
    const isReadOnly = schema === 'as it is';
    if (!inMemory && !isReadOnly) prepareFile(file);
    const source = (readonly: boolean): DataSource =>
      new DataSource({
        type: 'better-sqlite3',
        driver: sqliteDriver(),
        database: file,
        readonly,
        logging: false,
        entities: entities(SQLITE),
        timeout: readonly ? 5000 : 50,
        migrations: migrationsIn(
          migrationsDir,
          async (runner, text) => void connectionOf(runner.dataSource).exec(text),
          lastOf(schema),
        ),
        migrationsTableName: 'schema_migration',
        logger: migrationLogger(log),
        prepareDatabase: (connection: Connection) => prepare(connection, readonly),
      });
    const opened: DataSource[] = [];
    try {
      const writer = await source(isReadOnly).initialize();
      opened.push(writer);
      if (!isReadOnly) {
        checkFile(connectionOf(writer), file);
        await migrate(writer, migrationsDir, log);
      }
      for (let n = 0; n < (inMemory ? 0 : readers); n++)
        opened.push(await source(true).initialize());
      return new SqliteDatabase(writer, opened.slice(1));
    } catch (error) {
      for (const each of opened) await each.destroy();
      throw /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error))
        ? damaged(file, messageOf(error))
        : error;
    }
  }

  run<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.written(this.writing.with((session) => session.transaction('write', work)));
  }

  runEach<T>(works: readonly ((session: Session) => Promise<T>)[]): Promise<Outcome<T>[]> {
    return this.written(
      this.writing.with((session) =>
        session.transaction('write', async () => {
          const outcomes: Outcome<T>[] = [];
          for (const work of works) outcomes.push(await session.piece(work));
          return outcomes;
        }),
      ),
    );
  }

  private written<T>(write: Promise<T>): Promise<T> {
    return this.writability.noted(write).finally(() => this.totals.forget());
  }

  read<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.reading.with((session) => session.transaction('read', work));
  }

  ask<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.reading.with((session) => session.asking(work, this.totals));
  }

  async ping(): Promise<Readiness> {
    await this.reading.with(async (session) => session.rows({ strings: ['select 1'], values: [] }));
    return this.writability.readiness;
  }

  async pendingMigrations(): Promise<string[]> {
    return this.writing.with(async () =>
      (await new MigrationExecutor(this.writer).getPendingMigrations()).map(
        (migration) => migration.name,
      ),
    );
  }

  async close(): Promise<void> {
    await Promise.all([this.writing.close(), this.reading.close()]);
    await this.writes.close();
    // The writer last: it then empties the WAL into the file.
    for (const source of [...this.readers, this.writer]) await source.destroy();
  }
}

class SqliteSession implements Session {
  readonly dialect: Dialect = SQLITE;
  private readonly manager: EntityManager;
  private readonly connection: Connection;
  private readonly statements = new LRUCache<string, Statement>({ max: KEPT_STATEMENTS });

  private readonly turns?: SqliteTurns;
  private readonly checkpoints?: SqliteCheckpoints;

  constructor(
    source: DataSource,
    readonly readOnly: boolean,
  ) {
    this.manager = source.createQueryRunner().manager;
    this.connection = connectionOf(source);
    if (readOnly) return;
    this.turns = new SqliteTurns(this.connection);
    this.checkpoints = new SqliteCheckpoints(this.connection);
  }

  async transaction<T>(kind: 'read' | 'write', work: (session: Session) => Promise<T>): Promise<T> {
    try {
      if (kind === 'write') await this.turns?.begin();
      else this.connection.exec('begin');
      if (kind === 'write') this.checkpoints?.begun();
      const result = await work(this);
      const isLarge = kind === 'write' && this.checkpoints?.ending();
      await this.guarded(async () => this.connection.exec('commit'));
      if (isLarge) this.checkpoints?.copy();
      return result;
    } catch (error) {
      if (this.connection.inTransaction) this.connection.exec('rollback');
      throw asUnavailable(error);
    }
  }

  /** Waits for what goes on beside its transactions. */
  async close(): Promise<void> {
    await this.checkpoints?.close();
  }

  /** Each statement sees its own moment. */
  async asking<T>(work: (session: Session) => Promise<T>, totals: KeptTotals): Promise<T> {
    try {
      return await work({
        dialect: this.dialect,
        readOnly: true,
        totals,
        rows: (query) => this.rows(query),
        change: refuse,
        insert: refuse,
        orm: refuse,
      });
    } catch (error) {
      throw asUnavailable(error);
    }
  }

  /** A part of a transaction that is undone alone. */
  async piece<T>(work: (session: Session) => Promise<T>): Promise<Outcome<T>> {
    this.connection.exec('savepoint piece');
    try {
      const value = await work(this);
      this.connection.exec('release piece');
      return { value };
    } catch (error) {
      // A full disk ends the whole transaction.
      if (!this.connection.inTransaction) throw error;
      this.connection.exec('rollback to piece; release piece');
      return { error: asUnavailable(error) };
    }
  }

  async rows<R>(query: Sql): Promise<R[]> {
    try {
      const statement = this.prepare(query);
      const turn = loopTurn();
      if (turn) await turn;
      return statement.all(...valuesOf(query)) as R[]; // the statement names the columns of R
    } catch (error) {
      throw conflict(error) ?? error;
    }
  }

  async change(query: Sql): Promise<number> {
    const statement = this.prepare(query);
    await loopTurn();
    return this.guarded(async () => statement.run(...valuesOf(query)).changes);
  }

  async insert(table: string, columns: Columns, rows: readonly Row[]): Promise<void> {
    const names = Object.keys(columns);
    const statement = this.prepare({
      strings: [
        `insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
      ],
      values: [],
    });
    await this.guarded(async () => {
      for (const [at, row] of rows.entries()) {
        if (at % PIECE === 0) await loopTurn();
        statement.run(...row.map(sqliteValue));
      }
    });
  }

  async orm<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    await loopTurn();
    return this.guarded(() => work(this.manager));
  }

  private async guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw conflict(error) ?? error;
    }
  }

  private prepare(query: Sql): Statement {
    const text = query.strings.join('?');
    const known = this.statements.get(text);
    if (known) return known;
    const statement = this.connection.prepare(text);
    this.statements.set(text, statement);
    return statement;
  }
}

/**
 * WAL lets reads go on beside the writer. `synchronous = full`: an answered allocation survives a
 * power loss too, for the price of one fsync per unit of work.
 */
async function prepare(connection: Connection, readonly: boolean): Promise<void> {
  if (!readonly) {
    await whenFree(() => connection.pragma('journal_mode = wal'));
    connection.pragma('synchronous = full');
  }
  connection.pragma('foreign_keys = on');
  connection.pragma('temp_store = memory');
  connection.pragma('cache_size = -32000');
  connection.pragma('mmap_size = 268435456');
}

/**
 * Makes the file, for its owner alone: it holds the plan of the network, and hashes of tokens. So
 * it is for the files beside it.
 */
function prepareFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  closeSync(openSync(file, 'a', OWNER_ONLY));
  for (const each of [file, `${file}-wal`, `${file}-shm`])
    if (existsSync(each)) chmodSync(each, OWNER_ONLY);
}

/**
 * Looks at every page before the file is used. @throws Error that says what to do with a damaged
 * one
 */
function checkFile(connection: Connection, file: string): void {
  const found = connection.pragma('quick_check(3)') as { quick_check: string }[];
  if (found[0]?.quick_check !== 'ok')
    throw damaged(file, found.map((each) => each.quick_check.replace(/\s+/g, ' ')).join('; '));
}

function damaged(file: string, why: string): Error {
  return new Error(
    `${file} is damaged (${why}). Restore a backup, or save what can be read of it with: sqlite3 FILE .recover`,
  );
}

async function migrate(
  writer: DataSource,
  migrationsDir: string,
  log: (message: string) => void,
): Promise<void> {
  const connection = connectionOf(writer);
  await whenFree(() => connection.exec('begin exclusive'));
  try {
    const made =
      connection.prepare("select 1 from sqlite_master where name = 'schema_migration'").get() !==
      undefined;
    const applied = made
      ? (connection.prepare('select name from schema_migration order by timestamp').all() as {
          name: string;
        }[])
      : [];
    refuseNewer(
      applied.map(({ name }) => name),
      migrationsIn(migrationsDir, async () => undefined),
    );
    const done = await writer.runMigrations({ transaction: 'none' });
    connection.exec('commit');
    for (const migration of done) log(`migrated: ${migration.name}`);
  } catch (error) {
    if (connection.inTransaction) connection.exec('rollback');
    throw error;
  }
}

function connectionOf(source: DataSource): Connection {
  // The better-sqlite3 driver has it.
  return (source.driver as unknown as { databaseConnection: Connection }).databaseConnection;
}

function valuesOf(query: Sql): (string | number | Buffer | null)[] {
  return query.values.map((value) => sqliteValue(value as Value)); // the dialect sends lists as JSON text
}

/** Unique and foreign-key violations; SQLite names the columns, or nothing for a foreign key. */
function conflict(error: unknown): StoredConflict | undefined {
  const isConflict = /^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY|ROWID|FOREIGNKEY|TRIGGER)$/.test(
    codeOf(error),
  );
  return isConflict
    ? new StoredConflict(messageOf(error).replace(/^.*constraint failed:? ?/i, '') || 'foreign key')
    : undefined;
}
