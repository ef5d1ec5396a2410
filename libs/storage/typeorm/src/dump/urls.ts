import { resolve } from 'node:path';
import { DumpError } from './dump-error';

/** What a database URL names. */
export type NamedDatabase =
  | { readonly kind: 'sqlite'; readonly file: string; readonly name: string }
  | { readonly kind: 'postgres'; readonly file?: undefined; readonly name: string };

/** Reads a database URL. @throws DumpError for what is no database that outlives its process */
export function databaseOf(url: string): NamedDatabase {
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) {
    const { host, pathname } = new URL(url);
    return { kind: 'postgres', name: `${host}${pathname}` };
  }
  if (/^sqlite:.+/.test(url) && url !== 'sqlite::memory:') {
    const file = resolve(url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, ''));
    return { kind: 'sqlite', file, name: file };
  }
  throw new DumpError(
    url === 'memory:' || url === 'sqlite::memory:'
      ? 'what a server keeps in memory ends with it, and no command reaches it'
      : 'a database is named by sqlite:PATH or postgres://USER@HOST/DATABASE',
  );
}
