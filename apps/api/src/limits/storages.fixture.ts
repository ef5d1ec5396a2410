import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startPostgres,
  startReplica,
  type PostgresReplica,
  type PostgresServer,
} from '@cloudpam/storage-typeorm/testing';
import { openStorageAt, type Storage } from '../storage/storage';

/** A kind of storage that a spec runs on. Its hooks open and end what the kind needs. */
export interface StorageKind {
  readonly name: 'memory' | 'SQLite' | 'PostgreSQL' | 'PostgreSQL with a replica';
  /** Registers the hooks; gives what opens an empty storage. */
  register(): () => Promise<Storage>;
}

const memory: StorageKind = { name: 'memory', register: () => () => openStorageAt('memory:') };

const sqlite: StorageKind = {
  name: 'SQLite',
  register() {
    const folders: string[] = [];
    afterAll(() => {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    });
    return () => {
      const folder = mkdtempSync(join(tmpdir(), 'cloudpam-limits-'));
      folders.push(folder);
      return openStorageAt(`sqlite:${join(folder, 'test.sqlite')}`);
    };
  },
};

const postgres: StorageKind = { name: 'PostgreSQL', register: () => onPostgres(false) };
/** Most reads are answered by a server that is a little behind. */
export const REPLICATED: StorageKind = {
  name: 'PostgreSQL with a replica',
  register: () => onPostgres(true),
};

function onPostgres(withReplica: boolean): () => Promise<Storage> {
  let server: PostgresServer | undefined;
  let replica: PostgresReplica | undefined;
  beforeAll(async () => {
    // Replicas get what is safe.
    const settings = withReplica ? ['synchronous_commit=on'] : [];
    server = await startPostgres(async (url) => (await openStorageAt(url)).close(), settings);
    if (withReplica) replica = await startReplica(await server.database());
  }, 60_000);
  afterAll(async () => {
    await replica?.stop();
    await server?.stop();
  });
  return async () => {
    if (!server) throw new Error('the server runs only during tests');
    const url = await server.database();
    return openStorageAt(url, undefined, undefined, replica ? [replica.url(url)] : []);
  };
}

export const STORAGES: readonly StorageKind[] = [memory, sqlite, postgres];
