import { existsSync } from 'node:fs';
import { appliedMigrations } from './catalogue';
import { openClient } from './postgres-source';
import { openSqliteFile } from './sqlite-file';
import { databaseOf } from './urls';

/** The migrations that a database has seen; undefined where it has no tables of this product. */
export async function migrationsOf(url: string): Promise<string[] | undefined> {
  const { kind, file } = databaseOf(url);
  if (kind === 'sqlite') {
    if (!existsSync(file)) return undefined;
    const connection = openSqliteFile(file, { readonly: true, timeout: 5_000 });
    try {
      return await appliedMigrations(
        async <R>(text: string) => connection.prepare(text).all() as R[],
        kind,
      );
    } finally {
      connection.close();
    }
  }
  const client = await openClient(url);
  try {
    return await appliedMigrations(
      async <R>(text: string) => (await client.query(text)).rows as R[],
      kind,
    );
  } finally {
    await client.end();
  }
}
