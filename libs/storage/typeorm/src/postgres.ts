import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type PoolClient } from 'pg';
import { DataSource, MigrationExecutor } from 'typeorm';
import { StorageUnavailable } from '@cloudpam/audit';
import { POSTGRES } from './dialect';
import { entities } from './stores';
import { messageOf } from './errors';
import { migrationLogger, migrationsIn, refuseNewer } from './migrations';
import { INDEX_PLANS, isRetryable, PostgresSession, sever } from './postgres-session';
import type { Database, Outcome, Session } from './session';
import type { TimeLimits } from './time-limits';
import { asUnavailable, isConnectionLost } from './unavailable';
import { Writability, type Readiness } from './writability';

const ATTEMPTS = 12;
const PING_MS = 2_000;
/** How much longer than its statements a server may take to answer. */
const ANSWER_MS = 5_000;
/** Any number, the same in every server: who holds it migrates. */
const MIGRATION_LOCK = 4_221_960_816;

/** PostgreSQL through TypeORM's pool. */
export class PostgresDatabase implements Database {
  readonly dialect = POSTGRES;
  /** Transactions that have not ended; those of reads end after their answer. */
  private readonly open = new Set<Promise<unknown>>();
  private isClosed = false;
  private readonly writability = new Writability();

  private constructor(
    private readonly source: DataSource,
    private readonly url: string,
    private readonly log: (message: string) => void,
  ) {}

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
    const sourceWith = (size: number, extra: object): DataSource =>
      new DataSource({
        type: 'postgres',
        url,
        poolSize: size,
        logging: false,
        installExtensions: false,
        entities: entities(POSTGRES),
        applicationName: 'cloudpam',
        extra: { keepAlive: true, ...extra },
        connectTimeoutMS: limits.connectMs,
        migrations: migrationsIn(
          migrationsDir,
          async (runner, text) => void (await runner.query(text)),
        ),
        migrationsTableName: 'schema_migration',
        logger: migrationLogger(log),
        poolErrorHandler: (error: unknown) =>
          log(`a connection to PostgreSQL was lost: ${messageOf(error)}`),
      });
    // A migration takes the time that it takes.
    const migrating = await sourceWith(2, {}).initialize();
    await migrate(migrating, migrationsDir, log).finally(() => migrating.destroy());
    const source = sourceWith(poolSize, {
      statement_timeout: limits.statementMs,
      lock_timeout: limits.lockMs,
      idle_in_transaction_session_timeout: 2 * limits.statementMs,
      // A server that has stopped ends nothing by itself.
      query_timeout: limits.statementMs + ANSWER_MS,
    });
    return new PostgresDatabase(await source.initialize(), url, log);
  }

  run<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.writability.noted(this.withRetry(work));
  }

  runEach<T>(works: readonly ((session: Session) => Promise<T>)[]): Promise<Outcome<T>[]> {
    return this.writability.noted(
      this.withRetry(async (session) => {
        const outcomes: Outcome<T>[] = [];
        for (const work of works) outcomes.push(await session.piece(work));
        return outcomes;
      }),
    );
  }

  /** Runs the whole again after a serialization failure or a deadlock. */
  private async withRetry<T>(work: (session: PostgresSession) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.transaction(
          `begin isolation level read committed; ${INDEX_PLANS}`,
          false,
          work,
        );
      } catch (error) {
        if (!isRetryable(error) || attempt === ATTEMPTS) throw error;
        this.log(`run again after ${messageOf(error)}`);
        await sleep(Math.random() * Math.min(2 ** attempt, 200));
      }
    }
  }

  async read<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.transaction(
      `begin isolation level repeatable read read only; ${INDEX_PLANS}`,
      true,
      work,
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
    return (await new MigrationExecutor(this.source).getPendingMigrations()).map(
      (migration) => migration.name,
    );
  }

  async close(): Promise<void> {
    this.isClosed = true;
    while (this.open.size > 0) await Promise.allSettled(this.open);
    await this.source.destroy();
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
    const runner = this.source.createQueryRunner();
    let session: PostgresSession;
    try {
      session = new PostgresSession(
        (await runner.connect()) as PoolClient,
        runner.manager,
        readOnly,
      ); // the driver is pg
    } catch (error) {
      throw asUnavailable(error);
    }
    const begun = session.command(begin);
    try {
      // A read goes on at once; its first statement waits in the session.
      if (readOnly) begun.catch(() => undefined);
      else await begun;
      const result = await work(session);
      await begun;
      if (readOnly) this.endLater(session.command('commit'), runner, session);
      else {
        await session.commit();
        await runner.release();
      }
      return result;
    } catch (error) {
      if (isConnectionLost(error instanceof StorageUnavailable ? error.cause : error))
        session.cut();
      else
        await session
          .command('rollback')
          .catch((lost: unknown) => this.log(`could not roll back: ${messageOf(lost)}`));
      await runner.release();
      throw asUnavailable(error);
    }
  }

  private endLater(
    commit: Promise<unknown>,
    runner: { release(): Promise<void> },
    session: PostgresSession,
  ): void {
    void this.untilClosed(
      commit
        .catch((error: unknown) => {
          this.log(`could not end a read: ${messageOf(error)}`);
          session.cut();
        })
        .then(() => runner.release()),
    );
  }

  /** `close` waits for it. */
  private untilClosed<T>(work: Promise<T>): Promise<T> {
    const tracked = work.finally(() => this.open.delete(tracked));
    this.open.add(tracked);
    return tracked;
  }
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
