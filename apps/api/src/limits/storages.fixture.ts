import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, type PostgresServer } from '@cloudpam/storage-typeorm/testing';
import { openStorageAt, type Storage } from '../storage/storage';

/** A kind of storage that a spec runs on. Its hooks open and end what the kind needs. */
export interface StorageKind {
  readonly name: 'memory' | 'SQLite' | 'PostgreSQL';
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

const postgres: StorageKind = {
  name: 'PostgreSQL',
  register() {
    let server: PostgresServer | undefined;
    beforeAll(async () => {
      server = await startPostgres(async (url) => (await openStorageAt(url)).close());
    }, 60_000);
    afterAll(() => server?.stop());
    return async () => {
      if (!server) throw new Error('the server runs only during tests');
      return openStorageAt(await server.database());
    };
  },
};

export const STORAGES: readonly StorageKind[] = [memory, sqlite, postgres];
