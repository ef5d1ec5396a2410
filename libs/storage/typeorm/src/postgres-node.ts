import type { Pool, PoolClient } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { StorageUnavailable } from '@cloudpam/audit';
import { messageOf } from './errors';
import type { Totals } from './kept-totals';
import { PostgresSession, PostgresStatements } from './postgres-session';
import type { Session } from './session';
import type { SharedConnections } from './shared-connections';
import { asUnavailable, isConnectionLost } from './unavailable';

/** The connections of one process to one PostgreSQL server. */
export interface Connections {
  /** One for each transaction. */
  readonly transactions: Pool;
  /** For statements that need no transaction, and go by an index. */
  readonly byIndex: SharedConnections;
  /** For those that are planned for their values. */
  readonly fresh: Pool;
  /** Ends all of them as they are; those that are needed are opened again. */
  sever(): void;
}

/** Transactions and statements on one PostgreSQL server, a replica too. */
export class PostgresNode {
  /** Transactions that have not ended; those of reads end after their answer. */
  private readonly open = new Set<Promise<unknown>>();
  private isClosed = false;

  /** @param source maps tables */
  constructor(
    private readonly connections: Connections,
    private readonly source: DataSource,
    private readonly log: (message: string) => void,
  ) {}

  /** One read-write transaction. */
  run<T>(work: (session: PostgresSession) => Promise<T>): Promise<T> {
    return this.transaction('begin isolation level read committed', false, work);
  }

  /** Sees one state from its first statement to its last. */
  read<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.transaction('begin isolation level repeatable read read only', true, work);
  }

  /** Each statement sees the state of its own moment. @param totals without them each total is counted */
  async ask<T>(work: (session: Session) => Promise<T>, totals?: Totals): Promise<T> {
    if (this.isClosed) throw new Error('the storage is closed');
    const { byIndex, fresh } = this.connections;
    return this.untilClosed(
      work(new PostgresStatements(byIndex, fresh, totals)).catch((error: unknown) => {
        throw asUnavailable(error);
      }),
    );
  }

  /** What is under way fails. */
  sever(): void {
    this.connections.sever();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    while (this.open.size > 0) await Promise.allSettled(this.open);
    const { transactions, byIndex, fresh } = this.connections;
    await Promise.all([transactions.end(), byIndex.close(), fresh.end()]);
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
    const client = await this.connections.transactions.connect().catch((error: unknown) => {
      throw asUnavailable(error);
    });
    let manager: EntityManager | undefined;
    const mapped = (): EntityManager => (manager ??= managerOn(this.source, client));
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
