import type { EntityManager } from 'typeorm';
import type { Since } from '@cloudpam/audit';
import type { Dialect } from './dialect';
import type { Totals } from './kept-totals';
import type { Sql, Value } from './sql';
import type { TracePoint } from './trace-point';
import type { Readiness } from './writability';

/**
 * How a value is sent in bulk. `json` values are given as text, `bytes` are 16-byte addresses or
 * hashes.
 */
export type ColumnType =
  'id' | 'int' | 'bytes' | 'text' | 'time' | 'json' | 'bool' | 'numeric' | 'cidr';
export type Columns = { readonly [column: string]: ColumnType };
/** Values in the order of the columns. */
export type Row = readonly Value[];

/**
 * One transaction on one connection; calls made at the same time are done one after the other.
 * Statements are prepared once per connection and must go by an index; `once` is for those that
 * differ from call to call or read a whole table.
 */
export interface Session {
  readonly dialect: Dialect;
  /** True for a `read`: nothing may be written. */
  readonly readOnly: boolean;
  /** Of reads of any moment only: whoever sees one moment, or writes, counts what is there for them. */
  readonly totals?: Totals;
  /** @throws StoredConflict when a constraint refuses the statement */
  rows<R>(query: Sql, options?: { readonly once?: boolean }): Promise<R[]>;
  /** The number of rows written. @throws StoredConflict when a constraint refuses the statement */
  change(query: Sql): Promise<number>;
  /** Inserts any number of rows. @throws StoredConflict when a constraint refuses one */
  insert(table: string, columns: Columns, rows: readonly Row[]): Promise<void>;
  /** TypeORM in the same transaction. @throws StoredConflict when a constraint refuses */
  orm<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
}

/** How a piece of work inside a transaction ended. */
export type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/** A database: units of work as transactions. */
export interface Database {
  readonly dialect: Dialect;
  /**
   * One transaction for several pieces of work: what a piece that rejects wrote is undone, the rest
   * is committed.
   * @param callers whom it serves, where that is not the one who calls
   */
  runEach<T>(
    works: readonly ((session: Session) => Promise<T>)[],
    callers?: readonly TracePoint[],
  ): Promise<Outcome<T>[]>;
  /** @param callers whom it serves, where that is not the one who calls */
  run<T>(work: (session: Session) => Promise<T>, callers?: readonly TracePoint[]): Promise<T>;
  /**
   * Sees one state from its first statement to its last.
   * @param since where there are replicas: what one must have to answer
   */
  read<T>(work: (session: Session) => Promise<T>, since?: Since): Promise<T>;
  /** Each statement sees the state of its own moment, and is one trip; `orm` cannot be used. */
  ask<T>(work: (session: Session) => Promise<T>, since?: Since): Promise<T>;
  /** Asks over a connection of its own, within two seconds. @throws StorageUnavailable */
  ping(): Promise<Readiness>;
  /** Names of migrations that this version brings and the database has not seen. */
  pendingMigrations(): Promise<string[]>;
  close(): Promise<void>;
}

/** What a read of any moment does not do. */
export function refuse(): Promise<never> {
  return Promise.reject(
    new Error('a read of any moment takes plain statements that write nothing'),
  );
}
