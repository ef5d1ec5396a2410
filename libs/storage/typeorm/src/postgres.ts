import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type PoolClient } from 'pg';
import { MigrationExecutor, type DataSource, type EntityManager } from 'typeorm';
import { StorageUnavailable } from '@cloudpam/audit';
import { POSTGRES } from './dialect';
import { messageOf } from './errors';
import { KeptTotals } from './kept-totals';
import { connect, type Connections } from './postgres-connections';
import { isRetryable, PostgresSession, PostgresStatements, sever } from './postgres-session';
import type { Database, Outcome, Session } from './session';
import type { TimeLimits } from './time-limits';
import { asUnavailable, isConnectionLost } from './unavailable';
import { Writability, type Readiness } from './writability';

const ATTEMPTS = 12;
const PING_MS = 2_000;

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
    const connections = await connect(url, migrationsDir, poolSize, log, limits);
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
    const session = new PostgresSession(client, mapped, readOnly);
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
