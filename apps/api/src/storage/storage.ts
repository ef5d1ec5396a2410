import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { withHandlers, type AuditStores, type Handles, type UnitOfWork } from '@cloudpam/audit';
import type { RecommendationStore } from '@cloudpam/analysis';
import type { DigestStores } from '@cloudpam/digests';
import type { WebhookStores } from '@cloudpam/events';
import type { UsageStores } from '@cloudpam/forecast';
import type { IdentityStores } from '@cloudpam/identity';
import type { ImportStores } from '@cloudpam/import';
import { POOL_HANDLERS, type ReconciliationStores } from '@cloudpam/reconciliation';
import { MemoryStorage } from '@cloudpam/storage-memory';
import {
  openStorage,
  sqlitePath,
  type Replicas,
  type TracePoints,
} from '@cloudpam/storage-typeorm';
import type { Config } from '../config/config';
import { provingStorage } from './proving-storage';

/** Every store that the use cases ask for. */
export type Stores = AuditStores &
  IdentityStores &
  ReconciliationStores &
  ImportStores &
  WebhookStores &
  DigestStores &
  UsageStores & { readonly recommendations: RecommendationStore };

/** A storage, opened. */
export interface Storage {
  /** With the handlers of every domain. */
  readonly unitOfWork: UnitOfWork<Stores> & Handles<'pool.delete'>;
  /**
   * Whether it reads and writes, or reads only. @throws when it does not answer within two seconds
   */
  ping(): Promise<'ready' | 'read_only'>;
  /** What tells of replicas, and how far a write has come; undefined where reads are answered by one database. */
  readonly replicas?: Pick<Replicas, 'position' | 'state'>;
  close(): Promise<void>;
}

/** Where Nest finds the storage. */
export const STORAGE = Symbol('Storage');

/** The folder of the migrations of each database. */
export const MIGRATIONS = path.resolve(__dirname, '../../../../migrations');

/**
 * Opens the storage that the URL names, migrated.
 * @param auditKey proves the entries of the audit log that are written through it
 * @param replicas of a PostgreSQL
 * @param tracePoints has transactions and statements traced; nothing is traced in memory
 */
export async function openStorageAt(
  url: string,
  limits?: Config['databaseLimits'],
  auditKey?: string,
  replicas: readonly string[] = [],
  tracePoints?: TracePoints,
): Promise<Storage> {
  const storage = await openBare(url, limits, replicas, tracePoints);
  return handled(auditKey === undefined ? storage : provingStorage(storage, auditKey));
}

/** A storage that lives as long as the process. */
export function memoryStorage(): Storage {
  return handled(new MemoryStorage());
}

/** A storage as its adapter gives it: what follows from an event in other domains is not done yet. */
export interface BareStorage extends Omit<Storage, 'unitOfWork'> {
  readonly unitOfWork: UnitOfWork<Stores>;
}

/** The storage with what each domain does in the transaction of another one. */
function handled(storage: BareStorage): Storage {
  return {
    unitOfWork: withHandlers(storage.unitOfWork, POOL_HANDLERS),
    replicas: storage.replicas,
    ping: () => storage.ping(),
    close: () => storage.close(),
  };
}

/** What becomes of replicas, their operator wants to know. */
function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function openBare(
  url: string,
  limits: Config['databaseLimits'] | undefined,
  replicas: readonly string[],
  tracePoints: TracePoints | undefined,
): Promise<BareStorage> {
  if (url === 'memory:') return new MemoryStorage();
  const file = sqlitePath(url);
  if (file !== undefined) mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  return openStorage({
    url,
    migrationsDir: MIGRATIONS,
    ...(replicas.length > 0 ? { replicas, log: warn } : {}),
    // Which jest sets.
    refuseNested: process.env['NODE_ENV'] === 'test',
    ...(limits === undefined ? {} : { limits }),
    ...(tracePoints === undefined ? {} : { tracePoints }),
  });
}
