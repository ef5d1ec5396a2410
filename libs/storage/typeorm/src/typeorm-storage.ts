import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import { join } from 'node:path';
import type { Batch, ReadOptions, RunOptions, UnitOfWork } from '@cloudpam/audit';
import { isPostgres, sqlitePath } from './database-url';
import { lending } from './lent-session';
import type { SchemaChoice } from './migrations';
import { ObservedDatabase } from './observed-database';
import { PostgresDatabase } from './postgres';
import type { Replicas } from './replicas/replicas';
import type { Database, Session } from './session';
import { SharedRuns } from './shared-runs';
import { SqliteDatabase } from './sqlite';
import { storesOf, type TypeOrmStores } from './stores';
import { TIME_LIMITS, type TimeLimits } from './time-limits';
import type { TracePoints } from './trace-point';
import type { Readiness } from './writability';

/** Which database is opened, and how. */
export interface StorageOptions {
  /**
   * `postgres://...`, `sqlite:PATH`, or `sqlite::memory:` (one connection: reads queue with the
   * runs).
   */
  readonly url: string;
  /** The folder with `postgres/` and `sqlite/` in it. */
  readonly migrationsDir: string;
  /** Connections to PostgreSQL (8), or readers of the SQLite file (4). */
  readonly poolSize?: number;
  /** Told of migrations, reruns and lost connections. */
  readonly log?: (message: string) => void;
  /** What becomes of the schema (`newest`). */
  readonly schema?: SchemaChoice;
  /** Streaming replicas of a PostgreSQL: reads that say since when may be answered by them. */
  readonly replicas?: readonly string[];
  /** How long PostgreSQL may take. */
  readonly limits?: TimeLimits;
  /**
   * Refuses a unit of work inside another one, which would wait for it for ever on SQLite and could do so on
   * PostgreSQL (true). For development: telling costs each promise of the process some time.
   */
  readonly refuseNested?: boolean;
  /** Has transactions and statements told where they are called. */
  readonly tracePoints?: TracePoints;
}

/** A migrated database that offers every store. */
export class TypeOrmStorage {
  readonly unitOfWork: UnitOfWork<TypeOrmStores>;

  /** @param replicas undefined where the database answers every read itself */
  constructor(
    private readonly database: Database,
    { refuseNested = true, tracePoints }: Pick<StorageOptions, 'refuseNested' | 'tracePoints'>,
    readonly replicas?: Replicas,
  ) {
    this.unitOfWork = new TypeOrmUnitOfWork(
      tracePoints ? new ObservedDatabase(database, tracePoints) : database,
      refuseNested,
      tracePoints,
    );
  }

  /**
   * Whether the database reads and writes, or reads only. @throws StorageUnavailable when it does
   * not answer within two seconds
   */
  ping(): Promise<Readiness> {
    return this.database.ping();
  }

  /**
   * Names of migrations that this version brings and the database has not seen; none after
   * `openStorage`.
   */
  pendingMigrations(): Promise<string[]> {
    return this.database.pendingMigrations();
  }

  /** Waits for what is running, then closes all connections. */
  close(): Promise<void> {
    return this.database.close();
  }
}

/**
 * Opens the database of the URL and, unless told otherwise, brings its schema up to date; any number
 * of servers may do so at once.
 * @throws Error when the URL is of no database, it cannot be reached, or a migration fails
 */
export async function openStorage(options: StorageOptions): Promise<TypeOrmStorage> {
  const database = await openDatabase(options);
  const replicas = database instanceof PostgresDatabase ? database.replicas : undefined;
  return new TypeOrmStorage(database, options, replicas);
}

/** As `openStorage`, without the stores. */
export async function openDatabase({
  url,
  migrationsDir,
  poolSize,
  log = () => undefined,
  schema = 'newest',
  replicas = [],
  limits = TIME_LIMITS,
}: StorageOptions): Promise<SqliteDatabase | PostgresDatabase> {
  if (isPostgres(url)) {
    const migrations = join(migrationsDir, 'postgres');
    return PostgresDatabase.open(url, migrations, poolSize ?? 8, log, limits, replicas, schema);
  }
  const path = sqlitePath(url);
  if (path !== undefined)
    return SqliteDatabase.open(path, join(migrationsDir, 'sqlite'), poolSize ?? 4, log, schema);
  throw new Error('the database URL must begin with postgres:// or sqlite:');
}

const inside = new AsyncLocalStorage<ReadonlySet<Database>>();

/** Work that has a transaction, or a part of one, for as long as it runs. */
function within<T>(work: (stores: TypeOrmStores) => Promise<T>): (session: Session) => Promise<T> {
  return (session) => lending(session, (lent) => work(storesOf(lent)));
}

class TypeOrmUnitOfWork implements UnitOfWork<TypeOrmStores> {
  private readonly shared: SharedRuns;

  constructor(
    private readonly database: Database,
    private readonly refuseNested: boolean,
    tracePoints: TracePoints | undefined,
  ) {
    this.shared = new SharedRuns(database, tracePoints);
  }

  run<T>(
    work: (stores: TypeOrmStores) => Promise<T>,
    { together, batch }: RunOptions<TypeOrmStores> = {},
  ): Promise<T> {
    const inSession = within(work);
    if (together === undefined) return this.alone(() => this.database.run(inSession));
    const asOne: Batch<Session, unknown, unknown> | undefined = batch && {
      call: batch.call as unknown,
      serve: (session, calls) => within((stores) => batch.serve(stores, calls))(session),
    };
    return this.alone(() =>
      // Whoever serves it goes on in the context of the one that was served before.
      this.shared.run(
        together,
        this.refuseNested ? AsyncResource.bind(inSession) : inSession,
        asOne,
      ),
    );
  }

  read<T>(
    work: (stores: TypeOrmStores) => Promise<T>,
    { moment, since }: ReadOptions = {},
  ): Promise<T> {
    return this.alone(() =>
      moment === 'any'
        ? this.database.ask((session) => work(storesOf(session)), since)
        : this.database.read(within(work), since),
    );
  }

  private async alone<T>(work: () => Promise<T>): Promise<T> {
    if (!this.refuseNested) return work();
    const around = inside.getStore();
    if (around?.has(this.database)) throw new Error('a unit of work inside another one');
    return inside.run(new Set([...(around ?? []), this.database]), work);
  }
}
