import { createHash } from 'node:crypto';
import { types, type ClientBase, type PoolClient, type QueryConfig, type QueryResult } from 'pg';
import type { EntityManager } from 'typeorm';
import { StorageUnavailable } from '@cloudpam/audit';
import { StoredConflict } from '@cloudpam/pools';
import { POSTGRES, type Dialect } from './dialect';
import { codeOf, messageOf } from './errors';
import type { Totals } from './kept-totals';
import { refuse, type Columns, type Outcome, type Row, type Session } from './session';
import { raw, sql, type Sql, type Value } from './sql';
import { asUnavailable, isConnectionLost } from './unavailable';

/**
 * Prepared statements go by index, for one row or thousands, and keep their plan: planning costs
 * more than running them, and a plan made while the tables were small would read them whole when
 * they have grown.
 */
export const INDEX_PLANS = settings('set', {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
});
/** The others are planned for their values. */
const FRESH_PLANS = settings('set local', {
  plan_cache_mode: 'auto',
  enable_seqscan: 'on',
  enable_hashjoin: 'on',
  enable_mergejoin: 'on',
});
/** A statement of a transaction in which another one has failed. */
const ABORTED = '25P02';
const INT8 = 20;
const NUMERIC = 1700;

/**
 * int8 as number (ids stay below 2^53), numeric as bigint; cast, because pg overloads the function
 * by known types.
 */
const PARSERS = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8
      ? Number
      : oid === NUMERIC
        ? BigInt
        : types.getTypeParser(oid, format as 'text')) as typeof types.getTypeParser,
};

const names = new Map<string, string>();

/**
 * One connection within a transaction. What is called at the same time goes out at the same time, and is done in
 * that order: a connection is a pipeline.
 */
export class PostgresSession implements Session {
  readonly dialect: Dialect = POSTGRES;

  private planned: Promise<unknown> | undefined;
  private mapped: Promise<unknown> = Promise.resolve();
  private failure: unknown;

  constructor(
    private readonly client: PoolClient,
    private readonly manager: () => EntityManager,
    readonly readOnly: boolean,
  ) {}

  async rows<R>(query: Sql, options: { readonly once?: boolean } = {}): Promise<R[]> {
    if (options.once && !this.planned) {
      this.planned = this.command(FRESH_PLANS);
      this.planned.catch(() => undefined); // then the statement fails as well
    }
    return (await this.send(query, options.once)).rows as R[]; // the statement names the columns of R
  }

  async change(query: Sql): Promise<number> {
    return (await this.send(query)).rowCount ?? 0;
  }

  async insert(table: string, columns: Columns, rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return;
    const list = Object.keys(columns).join(', ');
    await this.change(
      sql`insert into ${raw(table)} (${raw(list)}) select ${raw(list)} from ${POSTGRES.table('t', columns, rows)}`,
    );
  }

  orm<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    // What TypeORM does takes several statements: one such work after the other.
    const done = this.mapped.then(() => this.told(work(this.manager())));
    this.mapped = done.catch(() => undefined);
    return done;
  }

  command(text: string): Promise<QueryResult> {
    return this.told(this.client.query(text));
  }

  /**
   * A part of a transaction that is undone alone. @throws what makes the whole transaction run
   * again
   */
  async piece<T>(work: (session: Session) => Promise<T>): Promise<Outcome<T>> {
    await this.command('savepoint piece');
    try {
      const value = await work(this);
      // Fails when a statement had failed and the work went on.
      await this.command('release savepoint piece');
      return { value };
    } catch (error) {
      if (isRetryable(error) || isConnectionLost(error)) throw error;
      await this.command('rollback to savepoint piece');
      this.failure = undefined;
      return { error: asUnavailable(error) };
    }
  }

  /**
   * Ends the connection as it is: it may hang in the middle of something, and the server undoes
   * what was not committed.
   */
  cut(): void {
    sever(this.client);
  }

  /**
   * @throws StoredConflict when a deferred constraint refuses; Error when a statement had failed
   *   before; StorageUnavailable
   *   `outcome_unknown` when the server has the commit and does not confirm it
   */
  async commit(): Promise<void> {
    const { command } = await this.command('commit').catch((error: unknown) => {
      throw isConnectionLost(error) ? new StorageUnavailable('outcome_unknown', error) : error;
    });
    if (command !== 'COMMIT')
      throw new Error('the work went on after a statement had failed; everything was rolled back');
  }

  /** What stands behind a statement that failed fails as well: the error is that of the first. */
  private told<T>(asked: Promise<T>): Promise<T> {
    return asConflict(asked).catch((error: unknown) => {
      if (codeOf(error) === ABORTED) throw this.failure ?? error;
      this.failure ??= error;
      throw error;
    });
  }

  private send(query: Sql, once = false): Promise<QueryResult> {
    return this.told(this.client.query(statementOf(query, once)));
  }
}

/**
 * Statements that each see their own moment: those that go by an index down a connection that many share, the others
 * over one that they have alone.
 */
export class PostgresStatements implements Session {
  readonly dialect: Dialect = POSTGRES;
  readonly readOnly = true;

  constructor(
    private readonly byIndex: Queryable,
    private readonly fresh: Queryable,
    readonly totals?: Totals,
  ) {}

  async rows<R>(query: Sql, { once = false }: { readonly once?: boolean } = {}): Promise<R[]> {
    const asked = (once ? this.fresh : this.byIndex).query(statementOf(query, once));
    return (await asConflict(asked)).rows as R[]; // the statement names the columns of R
  }

  readonly change = refuse;
  readonly insert = refuse;
  readonly orm = refuse;
}

/** Connections that take a statement. */
export interface Queryable {
  query(config: QueryConfig): Promise<QueryResult>;
}

/** A statement as pg takes it. @param once it has no name, and is planned for its values */
export function statementOf(query: Sql, once: boolean): QueryConfig {
  const text = query.strings.reduce((all, part, at) => `${all}$${at}${part}`);
  const config: QueryConfig = { text, values: query.values.map(postgresValue), types: PARSERS };
  if (!once) config.name = nameOf(text);
  return config;
}

function asConflict<T>(asked: Promise<T>): Promise<T> {
  return asked.catch((error: unknown) => {
    throw conflict(error) ?? error;
  });
}

/** Ends a connection as it is, without a word to the server. */
export function sever(client: ClientBase): void {
  (
    client as unknown as { connection: { stream: { destroy(): void } } }
  ).connection.stream.destroy(); // pg's own, untyped
}

function settings(set: 'set' | 'set local', values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${set} ${name} = ${value}`)
    .join('; ');
}

function nameOf(text: string): string {
  let name = names.get(text);
  if (!name) {
    name = createHash('sha1').update(text).digest('base64');
    names.set(text, name);
  }
  return name;
}

function postgresValue(value: Value | readonly Value[]): unknown {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return Array.isArray(value) ? value.map(postgresValue) : value;
}

/** Serialization failures and deadlocks. */
export function isRetryable(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error));
}

/** Unique, exclusion and foreign-key violations; the constraint's name says which. */
function conflict(error: unknown): StoredConflict | undefined {
  if (!['23505', '23P01', '23503'].includes(codeOf(error))) return undefined;
  // TypeORM wraps the error of pg and copies its fields.
  const constraint =
    typeof error === 'object' && error !== null && 'constraint' in error
      ? error.constraint
      : undefined;
  return new StoredConflict(String(constraint ?? messageOf(error)));
}
