import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { HostProcess } from './host-process';

/** An empty database for servers to share. */
export interface Database {
  /** As `DATABASE_URL` takes it. */
  readonly url: string;
  remove(): Promise<void>;
}

/** What a server can keep its data in. */
export interface StorageKind {
  readonly name: 'memory' | 'SQLite' | 'PostgreSQL';
  open(): Promise<Database>;
}

const memory: StorageKind = {
  name: 'memory',
  open: () => Promise.resolve({ url: 'memory:', remove: () => Promise.resolve() }),
};
export const SQLITE: StorageKind = { name: 'SQLite', open: () => Promise.resolve(sqliteFile()) };
export const POSTGRES: StorageKind = { name: 'PostgreSQL', open: postgresDatabase };

export const STORAGES: readonly StorageKind[] = [memory, SQLITE, POSTGRES];
/** Those that outlive the server. */
export const LASTING: readonly StorageKind[] = [SQLITE, POSTGRES];

function sqliteFile(): Database {
  const folder = mkdtempSync(path.join(tmpdir(), 'cloudpam-e2e-'));
  return {
    url: `sqlite:${path.join(folder, 'cloudpam.sqlite')}`,
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A database in a real PostgreSQL that lives as long as the database does. */
async function postgresDatabase(): Promise<Database> {
  const { host, url } = await startPostgres();
  return { url, remove: () => host.end() };
}

/** A PostgreSQL that can be killed. */
export interface MortalDatabase extends Database {
  /** SIGKILL to the server and all its processes; resolves when they are gone. */
  kill(): Promise<void>;
  /** Starts it again, on the same data and port. */
  start(): Promise<void>;
  /** SIGSTOP to all of its processes: it keeps its connections and answers nothing. */
  pause(): Promise<void>;
  resume(): Promise<void>;
}

/** A database in a PostgreSQL that keeps what it has committed, even when it is killed. */
export async function mortalPostgres(): Promise<MortalDatabase> {
  const { host, url } = await startPostgres('durable');
  const told = async (command: string): Promise<void> => {
    const answer = await host.tell(command);
    if (answer !== 'done') throw new Error(`PostgreSQL, told to ${command}: ${answer}`);
  };
  return {
    url,
    remove: () => host.end(),
    kill: () => told('kill'),
    start: () => told('start'),
    pause: () => told('pause'),
    resume: () => told('resume'),
  };
}

async function startPostgres(
  ...args: string[]
): Promise<{ readonly host: HostProcess; readonly url: string }> {
  const { host, line: port } = await HostProcess.start('postgres-host.mjs', ...args);
  const name = `cloudpam_${randomUUID().replaceAll('-', '')}`;
  const client = new Client(`postgres://postgres:password@127.0.0.1:${port}/postgres`);
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return { host, url: `postgres://postgres:password@127.0.0.1:${port}/${name}` };
}
