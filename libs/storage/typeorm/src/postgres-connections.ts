import { Client, Pool, type ClientBase, type ClientConfig } from 'pg';
import { DataSource } from 'typeorm';
import { POSTGRES } from './dialect';
import { messageOf } from './errors';
import {
  lastOf,
  migrationLogger,
  migrationsIn,
  refuseNewer,
  type SchemaChoice,
} from './migrations';
import type { Connections } from './postgres-node';
import { INDEX_PLANS, sever } from './postgres-session';
import { SharedConnections } from './shared-connections';
import { entities } from './stores';
import type { TimeLimits } from './time-limits';

const READ_ONLY = 'set default_transaction_read_only = on';
/** How much longer than its statements a server may take to answer. */
const ANSWER_MS = 5_000;
/** Any number, the same in every server: who holds it migrates. */
const MIGRATION_LOCK = 4_221_960_816;
/** Connections for statements that need no transaction: shared by all, and alone. */
const [SHARED, FRESH] = [2, 4];

/**
 * Connections to one server, opened as they are needed.
 * @param log told of those that are lost
 * @param isReadOnly nothing can be written, by a transaction neither
 */
export function connectionsTo(
  url: string,
  poolSize: number,
  log: (message: string) => void,
  limits: TimeLimits,
  isReadOnly = false,
): Connections {
  const lost = lossesTo(log);
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
  const clients = new Set<ClientBase>();
  const prepared = (client: ClientBase, settings: string): void => {
    clients.add(client);
    client.on('end', () => clients.delete(client));
    prepare(client, settings, lost);
  };
  const poolOf = (max: number, settings: string): Pool =>
    new Pool({ ...config, max })
      .on('error', lost)
      .on('connect', (client) => prepared(client, settings));
  return {
    transactions: poolOf(poolSize, isReadOnly ? `${INDEX_PLANS}; ${READ_ONLY}` : INDEX_PLANS),
    byIndex: new SharedConnections(async () => {
      const client = new Client(config);
      prepared(client, `${INDEX_PLANS}; ${READ_ONLY}`);
      await client.connect();
      return client;
    }, SHARED),
    fresh: poolOf(FRESH, READ_ONLY),
    sever: () => clients.forEach(sever),
  };
}

function lossesTo(log: (message: string) => void): (error: unknown) => void {
  return (error) => log(`a connection to PostgreSQL was lost: ${messageOf(error)}`);
}

/**
 * What maps tables, over a schema that is brought up to date where it is to be, one server at a time.
 * @throws when the server cannot be reached or a migration fails
 */
export async function migrated(
  url: string,
  migrationsDir: string,
  log: (message: string) => void,
  limits: TimeLimits,
  schema: SchemaChoice = 'newest',
): Promise<DataSource> {
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
      lastOf(schema),
    ),
    migrationsTableName: 'schema_migration',
    logger: migrationLogger(log),
    poolErrorHandler: lossesTo(log),
  }).initialize();
  if (schema === 'as it is') return source;
  await migrate(source, migrationsDir, log).catch(async (error: unknown) => {
    await source.destroy();
    throw error;
  });
  return source;
}

/** Sends settings ahead of all statements, and keeps a connection that breaks from ending the process. */
function prepare(client: ClientBase, settings: string, lost: (error: unknown) => void): void {
  client.on('error', lost);
  client.query(settings).catch((error: unknown) => {
    lost(error);
    sever(client); // without its settings it must not be used
  });
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
