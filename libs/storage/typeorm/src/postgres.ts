import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { MigrationExecutor, type DataSource } from 'typeorm';
import { StorageUnavailable, type Since } from '@cloudpam/audit';
import { POSTGRES } from './dialect';
import { messageOf } from './errors';
import { KeptTotals } from './kept-totals';
import type { SchemaChoice } from './migrations';
import { connectionsTo, migrated } from './postgres-connections';
import { PostgresNode } from './postgres-node';
import { isRetryable, sever, type PostgresSession } from './postgres-session';
import { Replicas, type ReplicasOptions } from './replicas/replicas';
import type { Database, Outcome, Session } from './session';
import type { TimeLimits } from './time-limits';
import { Writability, type Readiness } from './writability';

const ATTEMPTS = 12;
const PING_MS = 2_000;

/** PostgreSQL: transactions by a pool, single statements down connections that are shared. */
export class PostgresDatabase implements Database {
  readonly dialect = POSTGRES;
  private readonly writability = new Writability();
  private readonly totals = new KeptTotals();

  private constructor(
    private readonly source: DataSource,
    private readonly primary: PostgresNode,
    private readonly url: string,
    private readonly log: (message: string) => void,
    readonly replicas: Replicas | undefined,
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
    replicas: readonly string[],
    schema: SchemaChoice,
  ): Promise<PostgresDatabase> {
    const source = await migrated(url, migrationsDir, log, limits, schema);
    const connections = connectionsTo(url, poolSize, log, limits, schema === 'as it is');
    const primary = new PostgresNode(connections, source, log);
    const options: ReplicasOptions = { source, poolSize, log, limits };
    return new PostgresDatabase(
      source,
      primary,
      url,
      log,
      replicas.length > 0 ? new Replicas(url, replicas, options) : undefined,
    );
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
        return await this.primary.run(work);
      } catch (error) {
        if (!isRetryable(error) || attempt === ATTEMPTS) throw error;
        this.log(`run again after ${messageOf(error)}`);
        await sleep(Math.random() * Math.min(2 ** attempt, 200));
      }
    }
  }

  read<T>(work: (session: Session) => Promise<T>, since?: Since): Promise<T> {
    const here = (): Promise<T> => this.primary.read(work);
    if (since === undefined || !this.replicas) return here();
    return this.replicas.read(since, (replica) => replica.read(work), here);
  }

  ask<T>(work: (session: Session) => Promise<T>, since?: Since): Promise<T> {
    const here = (): Promise<T> => this.primary.ask(work, this.totals);
    if (since === undefined || !this.replicas) return here();
    // Whoever may see less than what was committed keeps no total for others.
    const totals = since === 'now' ? this.totals.fromNow() : undefined;
    return this.replicas.read(since, (replica) => replica.ask(work, totals), here);
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
    await Promise.all([this.primary.close(), this.replicas?.close()]);
    await this.source.destroy();
  }
}
