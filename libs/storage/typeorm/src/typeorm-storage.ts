import { AsyncLocalStorage } from 'node:async_hooks';
import { join } from 'node:path';
import type {
  AnswerStore,
  AuditStore,
  ForwardStore,
  RunOptions,
  SealStore,
  UnitOfWork,
} from '@cloudpam/audit';
import type {
  LoginAttemptStore,
  TokenStore,
  UserSessionStore,
  UserStore,
} from '@cloudpam/identity';
import type { AccountStore, PoolStore, VlanStore, VrfStore } from '@cloudpam/pools';
import type { AgentStore, DiscoveryStore, JobStore, PartStore } from '@cloudpam/reconciliation';
import { FreeSpace } from './free-space';
import { PostgresDatabase } from './postgres';
import type { Database, Session } from './session';
import { SharedRuns } from './shared-runs';
import { SqliteDatabase } from './sqlite';
import { TypeOrmAccountStore } from './typeorm-account-store';
import { TypeOrmAgentStore } from './typeorm-agent-store';
import { TypeOrmAnswerStore } from './typeorm-answer-store';
import { TypeOrmAuditStore } from './typeorm-audit-store';
import { TypeOrmDiscoveryStore } from './typeorm-discovery-store';
import { TypeOrmForwardStore } from './typeorm-forward-store';
import { TypeOrmJobStore } from './typeorm-job-store';
import { TypeOrmPartStore } from './typeorm-part-store';
import { TypeOrmPoolStore } from './typeorm-pool-store';
import { TypeOrmSealStore } from './typeorm-seal-store';
import { TypeOrmTokenStore } from './typeorm-token-store';
import { TypeOrmLoginAttemptStore, TypeOrmUserSessionStore } from './typeorm-user-session-store';
import { TypeOrmUserStore } from './typeorm-user-store';
import { TypeOrmVlanStore } from './typeorm-vlan-store';
import { TIME_LIMITS, type TimeLimits } from './time-limits';
import type { Readiness } from './writability';
import { TypeOrmVrfStore } from './typeorm-vrf-store';

/** Every store, inside one unit of work. */
export interface TypeOrmStores {
  readonly answers: AnswerStore;
  readonly audit: AuditStore;
  readonly seals: SealStore;
  readonly forwards: ForwardStore;
  readonly tokens: TokenStore;
  readonly users: UserStore;
  readonly sessions: UserSessionStore;
  readonly attempts: LoginAttemptStore;
  readonly pools: PoolStore;
  readonly vrfs: VrfStore;
  readonly vlans: VlanStore;
  readonly accounts: AccountStore;
  readonly discovery: DiscoveryStore;
  readonly agents: AgentStore;
  readonly jobs: JobStore;
  readonly parts: PartStore;
}

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
  /** How long PostgreSQL may take. */
  readonly limits?: TimeLimits;
}

/** A migrated database that offers every store. */
export class TypeOrmStorage {
  readonly unitOfWork: UnitOfWork<TypeOrmStores>;

  constructor(private readonly database: Database) {
    this.unitOfWork = new TypeOrmUnitOfWork(database);
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
 * Opens the database of the URL and brings its schema up to date; any number of servers may do so
 * at once.
 * @throws Error when the URL is of no database, it cannot be reached, or a migration fails
 */
export async function openStorage({
  url,
  migrationsDir,
  poolSize,
  log = () => undefined,
  limits = TIME_LIMITS,
}: StorageOptions): Promise<TypeOrmStorage> {
  if (/^postgres(ql)?:\/\//.test(url)) {
    // One connection holds the lock of the migration while another migrates.
    return new TypeOrmStorage(
      await PostgresDatabase.open(
        url,
        join(migrationsDir, 'postgres'),
        Math.max(poolSize ?? 8, 2),
        log,
        limits,
      ),
    );
  }
  if (url.startsWith('sqlite:')) {
    const path = url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '');
    return new TypeOrmStorage(
      await SqliteDatabase.open(path, join(migrationsDir, 'sqlite'), poolSize ?? 4, log),
    );
  }
  throw new Error('the database URL must begin with postgres:// or sqlite:');
}

const inside = new AsyncLocalStorage<ReadonlySet<Database>>();

class TypeOrmUnitOfWork implements UnitOfWork<TypeOrmStores> {
  private readonly shared: SharedRuns;

  constructor(private readonly database: Database) {
    this.shared = new SharedRuns(database);
  }

  run<T>(work: (stores: TypeOrmStores) => Promise<T>, { together }: RunOptions = {}): Promise<T> {
    const inSession = (session: Session): Promise<T> => work(storesOf(session));
    return this.alone(() =>
      together === undefined ? this.database.run(inSession) : this.shared.run(together, inSession),
    );
  }

  read<T>(work: (stores: TypeOrmStores) => Promise<T>): Promise<T> {
    return this.alone(() => this.database.read((session) => work(storesOf(session))));
  }

  /**
   * A unit of work inside another would wait for it for ever on SQLite, and could do so on
   * PostgreSQL.
   */
  private async alone<T>(work: () => Promise<T>): Promise<T> {
    const around = inside.getStore();
    if (around?.has(this.database)) throw new Error('a unit of work inside another one');
    return inside.run(new Set([...(around ?? []), this.database]), work);
  }
}

function storesOf(session: Session): TypeOrmStores {
  const freeSpace = new FreeSpace(session);
  return {
    answers: new TypeOrmAnswerStore(session),
    audit: new TypeOrmAuditStore(session),
    seals: new TypeOrmSealStore(session),
    forwards: new TypeOrmForwardStore(session),
    tokens: new TypeOrmTokenStore(session),
    users: new TypeOrmUserStore(session),
    sessions: new TypeOrmUserSessionStore(session),
    attempts: new TypeOrmLoginAttemptStore(session),
    pools: new TypeOrmPoolStore(session, freeSpace),
    vrfs: new TypeOrmVrfStore(session),
    vlans: new TypeOrmVlanStore(session),
    accounts: new TypeOrmAccountStore(session),
    discovery: new TypeOrmDiscoveryStore(session, freeSpace),
    agents: new TypeOrmAgentStore(session),
    jobs: new TypeOrmJobStore(session),
    parts: new TypeOrmPartStore(session),
  };
}
