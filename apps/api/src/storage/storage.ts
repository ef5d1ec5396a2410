import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { AuditStores, UnitOfWork } from '@cloudpam/audit';
import type { IdentityStores } from '@cloudpam/identity';
import type { ReconciliationStores } from '@cloudpam/reconciliation';
import { MemoryStorage } from '@cloudpam/storage-memory';
import { openStorage } from '@cloudpam/storage-typeorm';
import type { Config } from '../config/config';
import { provingStorage } from './proving-storage';

/** Every store that the use cases ask for. */
export type Stores = AuditStores & IdentityStores & ReconciliationStores;

/** A storage, opened. */
export interface Storage {
  readonly unitOfWork: UnitOfWork<Stores>;
  /**
   * Whether it reads and writes, or reads only. @throws when it does not answer within two seconds
   */
  ping(): Promise<'ready' | 'read_only'>;
  close(): Promise<void>;
}

/** Where Nest finds the storage. */
export const STORAGE = Symbol('Storage');

const MIGRATIONS = path.resolve(__dirname, '../../../../migrations');

/**
 * Opens the storage that the URL names, migrated.
 * @param auditKey proves the entries of the audit log that are written through it
 */
export async function openStorageAt(
  url: string,
  limits?: Config['databaseLimits'],
  auditKey?: string,
): Promise<Storage> {
  const storage = await openUnproven(url, limits);
  return auditKey === undefined ? storage : provingStorage(storage, auditKey);
}

async function openUnproven(
  url: string,
  limits: Config['databaseLimits'] | undefined,
): Promise<Storage> {
  if (url === 'memory:') return new MemoryStorage();
  if (url.startsWith('sqlite:'))
    mkdirSync(path.dirname(path.resolve(url.slice('sqlite:'.length))), { recursive: true });
  return openStorage({
    url,
    migrationsDir: MIGRATIONS,
    ...(limits === undefined ? {} : { limits }),
  });
}
