import { resolve } from 'node:path';
import { Client } from 'pg';
import { isPostgres, sqlitePath } from '../database-url';
import { DumpError } from './dump-error';

/** What a database URL names. */
export type NamedDatabase =
  | { readonly kind: 'sqlite'; readonly file: string; readonly name: string }
  | { readonly kind: 'postgres'; readonly file?: undefined; readonly name: string };

/** Reads a database URL. @throws DumpError for what is no database that outlives its process */
export function databaseOf(url: string): NamedDatabase {
  if (isPostgres(url)) {
    const { host, port, database } = clientOf(url);
    return { kind: 'postgres', name: `${host}:${port}/${database}` };
  }
  const path = sqlitePath(url);
  if (path && path !== ':memory:') {
    const file = resolve(path);
    return { kind: 'sqlite', file, name: file };
  }
  throw url === 'memory:' || url === 'sqlite::memory:'
    ? new DumpError('what a server keeps in memory ends with it, and no command reaches it')
    : notOne();
}

/** A client that is not connected, and has read the URL as that of a server does. @throws DumpError */
export function clientOf(url: string): Client {
  try {
    return new Client({
      connectionString: url,
      application_name: 'cloudpam dump',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    });
  } catch (error) {
    // A file of a certificate is named; what is said of a URL could have a part of it.
    if (error instanceof Error && 'path' in error) throw new DumpError(error.message);
    throw notOne();
  }
}

function notOne(): DumpError {
  return new DumpError('a database is named by sqlite:PATH or postgres://USER@HOST/DATABASE');
}
