import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Pool, type ClientBase, type ClientConfig, type PoolClient } from 'pg';
import { DataSource, MigrationExecutor, type EntityManager } from 'typeorm';
import { StorageUnavailable } from '@cloudpam/audit';
import { POSTGRES } from './dialect';
import { entities } from './stores';
import { messageOf } from './errors';
import { KeptTotals } from './kept-totals';
import { migrationLogger, migrationsIn, refuseNewer } from './migrations';
import {
  INDEX_PLANS,
  isRetryable,
  PostgresSession,
  PostgresStatements,
  sever,
} from './postgres-session';
import type { Database, Outcome, Session } from './session';
import { SharedConnections } from './shared-connections';
import type { TimeLimits } from './time-limits';
import { asUnavailable, isConnectionLost } from './unavailable';
import { Writability, type Readiness } from './writability';

const READ_ONLY = 'set default_transaction_read_only = on';
const ATTEMPTS = 12;
const PING_MS = 2_000;
/** How much longer than its statements a server may take to answer. */
const ANSWER_MS = 5_000;
/** Any number, the same in every server: who holds it migrates. */
const MIGRATION_LOCK = 4_221_960_816;

/** Connections for statements that need no transaction: shared by all, and alone. */
const [SHARED, FRESH] = [2, 4];

/** The connections of one server to PostgreSQL. */
interface Connections {
  /** For migrations, and to map tables by; it works on the connections of transactions. */
  readonly source: DataSource;
  /** One for each transaction. */
  readonly transactions: Pool;
  readonly byIndex: SharedConnections;
  readonly fresh: Pool;
}

/** PostgreSQL: transactions by a pool, single statements down connections that are shared. */
export class PostgresDatabase implements Database {
  readonly dialect = POSTGRES;
  /** Transactions that have not ended; those of reads end after their answer. */
  private readonly open = new Set<Promise<unknown>>();
  private isClosed = false;
  private readonly writability = new Writability();
  private readonly totals = new KeptTotals();
  private readonly statements: Session;

  private constructor(
    private readonly connections: Connections,
    private readonly url: string,
    private readonly log: (message: string) => void,
  ) {
    this.statements = new PostgresStatements(connections.byIndex, connections.fresh, this.totals);
  }

  /**
   * Connects and migrates, one server at a time. @throws when the server cannot be reached or a
   * migration fails
   */
  static async open(
    url: string,
    migrationsDir: string,
    poolSize: number,
    log: (message: string) => void,
    limits: TimeLimits,
  ): Promise<PostgresDatabase> {
    const lost = (error: unknown): void =>
      log(`a connection to PostgreSQL was lost: ${messageOf(error)}`);
    // A migration takes the time that it takes.
    const source = await new DataSource({
      type: 'postgres',
      url,
      poolSize: 2,
      logging: false,
      installExtensions: false,
      entities: entities(POSTGRES),
      applicationName: 'cloudpam',
      extra: { keepAlive: true },
      connectTimeoutMS: limits.connectMs,
      migrations: migrationsIn(
        migrationsDir,
        async (runner, text) => void (await runner.query(text)),
      ),
      migrationsTableName: 'schema_migration',
      logger: migrationLogger(log),
      poolErrorHandler: lost,
    }).initialize();
    await migrate(source, migrationsDir, log).catch(async (error: unknown) => {
      await source.destroy();
      throw error;
    });
    const config: ClientConfig & { readonly pipeline: true } = {
      connectionString: url,
      application_name: 'cloudpam',
      keepAlive: true,
      pipeline: true,
      connectionTimeoutMillis: limits.connectMs,
      statement_timeout: limits.statementMs,
      lock_timeout: limits.lockMs,
      idle_in_transaction_session_timeout: 2 * limits.statementMs,
      // A server that has stopped ends nothing by itself.
      query_timeout: limits.statementMs + ANSWER_MS,
    };
    const poolOf = (max: number, prepared: string): Pool =>
      new Pool({ ...config, max })
        .on('error', lost)
        .on('connect', (client) => prepare(client, prepared, lost));
    const connections: Connections = {
      source,
      transactions: poolOf(poolSize, INDEX_PLANS),
      byIndex: new SharedConnections(async () => {
        const client = new Client(config);
        prepare(client, `${INDEX_PLANS}; ${READ_ONLY}`, lost);
        await client.connect();
        return client;
      }, SHARED),
      fresh: poolOf(FRESH, READ_ONLY),
    };
    return new PostgresDatabase(connections, url, log);
  }

  run<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.written(this.withRetry(work));
  }

  runEach<T>(works: readonly ((session: Session) => Promise<T>)[]): Promise<Outcome<T>[]> {
    return this.written(
      this.withRetry(async (session) => {
        const outcomes: Outcome<T>[] = [];
        for (const work of works) outcomes.push(await session.piece(work));
        return outcomes;
      }),
    );
  }

  private written<T>(write: Promise<T>): Promise<T> {
    return this.writability.noted(write).finally(() => this.totals.forget());
  }

  /** Runs the whole again after a serialization failure or a deadlock. */
  private async withRetry<T>(work: (session: PostgresSession) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.transaction('begin isolation level read committed', false, work);
      } catch (error) {
        if (!isRetryable(error) || attempt === ATTEMPTS) throw error;
        this.log(`run again after ${messageOf(error)}`);
        await sleep(Math.random() * Math.min(2 ** attempt, 200));
      }
    }
  }

  async read<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.transaction('begin isolation level repeatable read read only', true, work);
  }

  async ask<T>(work: (session: Session) => Promise<T>): Promise<T> {
    if (this.isClosed) throw new Error('the storage is closed');
    return this.untilClosed(
      work(this.statements).catch((error: unknown) => {
        throw asUnavailable(error);
      }),
    );
  }

  async ping(): Promise<Readiness> {
    const client = new Client({
      connectionString: this.url,
      connectionTimeoutMillis: PING_MS,
      query_timeout: PING_MS,
      application_name: 'cloudpam readiness',
    });
    client.on('error', () => undefined); // the query below tells
    try {
      await client.connect();
      const {
        rows: [row],
      } = await client.query<{ reads_only: boolean }>(
        "select pg_is_in_recovery() or current_setting('default_transaction_read_only') = 'on' as reads_only",
      );
      return row?.reads_only ? 'read_only' : this.writability.readiness;
    } catch (error) {
      throw new StorageUnavailable('no_answer', error);
    } finally {
      // A server that has stopped confirms no end.
      sever(client);
    }
  }

  async pendingMigrations(): Promise<string[]> {
    return (await new MigrationExecutor(this.connections.source).getPendingMigrations()).map(
      (migration) => migration.name,
    );
  }

  async close(): Promise<void> {
    this.isClosed = true;
    while (this.open.size > 0) await Promise.allSettled(this.open);
    const { source, transactions, byIndex, fresh } = this.connections;
    await Promise.all([transactions.end(), byIndex.close(), fresh.end()]);
    await source.destroy();
  }

  private transaction<T>(
    begin: string,
    readOnly: boolean,
    work: (session: PostgresSession) => Promise<T>,
  ): Promise<T> {
    if (this.isClosed) return Promise.reject(new Error('the storage is closed'));
    return this.untilClosed(this.inTransaction(begin, readOnly, work));
  }

  private async inTransaction<T>(
    begin: string,
    readOnly: boolean,
    work: (session: PostgresSession) => Promise<T>,
  ): Promise<T> {
    const { source, transactions } = this.connections;
    const client = await transactions.connect().catch((error: unknown) => {
      throw asUnavailable(error);
    });
    let manager: EntityManager | undefined;
    const mapped = (): EntityManager => (manager ??= managerOn(source, client));
    const session = new PostgresSession(client, mapped, readOnly ? this.totals : undefined);
    // The work goes on at once: its first statement goes out behind this one.
    const begun = session.command(begin);
    begun.catch(() => undefined);
    try {
      const result = await work(session);
      await begun;
      if (readOnly) this.endLater(session, client);
      else {
        await session.commit();
        client.release();
      }
      return result;
    } catch (error) {
      const isLost = isConnectionLost(error instanceof StorageUnavailable ? error.cause : error);
      if (isLost) session.cut();
      else
        await session
          .command('rollback')
          .catch((lost: unknown) => this.log(`could not roll back: ${messageOf(lost)}`));
      client.release(isLost);
      throw asUnavailable(error);
    }
  }

  private endLater(session: PostgresSession, client: PoolClient): void {
    const ended = session.command('commit').then(
      () => client.release(),
      (error: unknown) => {
        this.log(`could not end a read: ${messageOf(error)}`);
        session.cut();
        client.release(true);
      },
    );
    void this.untilClosed(ended);
  }

  /** `close` waits for it. */
  private untilClosed<T>(work: Promise<T>): Promise<T> {
    const tracked = work.finally(() => this.open.delete(tracked));
    this.open.add(tracked);
    return tracked;
  }
}

/** TypeORM on a connection that somebody else has taken. */
function managerOn(source: DataSource, client: PoolClient): EntityManager {
  const runner = source.createQueryRunner();
  // The runner of PostgreSQL takes a connection of its own unless it has one.
  (runner as unknown as { databaseConnection: PoolClient }).databaseConnection = client;
  return runner.manager;
}

/** Sends settings ahead of all statements, and keeps a connection that breaks from ending the process. */
function prepare(client: ClientBase, settings: string, lost: (error: unknown) => void): void {
  client.on('error', lost);
  client.query(settings).catch(lost);
}

/** Brings the schema up to date, one server at a time. */
async function migrate(
  source: DataSource,
  migrationsDir: string,
  log: (message: string) => void,
): Promise<void> {
  const runner = source.createQueryRunner();
  try {
    await runner.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const [{ made } = { made: false }] = (await runner.query(
      "select to_regclass('schema_migration') is not null as made",
    )) as { made: boolean }[];
    const applied = made
      ? ((await runner.query('select name from schema_migration order by timestamp')) as {
          name: string;
        }[])
      : [];
    refuseNewer(
      applied.map(({ name }) => name),
      migrationsIn(migrationsDir, async () => undefined),
    );
    for (const migration of await source.runMigrations({ transaction: 'all' }))
      log(`migrated: ${migration.name}`);
    await runner.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  } finally {
    // Closing the connection gives the lock back.
    await runner.release();
  }
}
