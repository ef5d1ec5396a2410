import { join } from 'node:path';
import { migrationNames } from '../migrations';
import { DumpError } from './dump-error';
import { readDumpFile, writeDumpFile } from './dump-file';
import { dumpLines, readDump, type Counts, type Made, type Progress } from './dump-lines';
import type { DumpSource } from './dump-source';
import { postgresSource } from './postgres-source';
import { restoreInto, type Restored } from './restore';
import { sqliteSource } from './sqlite-source';
import { databaseOf } from './urls';

export type { Counts, Made, Progress } from './dump-lines';
export { nativeBackup } from './native-backup';
export type { Restored } from './restore';
export { databaseOf } from './urls';

/** Opens what a dump is made of. @throws DumpError */
async function openSource(url: string, migrationsDir: string): Promise<DumpSource> {
  const { kind, file } = databaseOf(url);
  const source = await (kind === 'sqlite' ? sqliteSource(file) : postgresSource(url));
  const known = migrationNames(join(migrationsDir, kind));
  const unknown = source.migrations.filter((name) => !known.includes(name));
  if (unknown.length === 0) return source;
  await source.close();
  throw new DumpError(
    `the database was migrated by a newer version, which alone can back it up: unknown is ${unknown.join(', ')}`,
  );
}

/**
 * Writes a dump of a database to a file; servers may go on writing.
 * @returns the rows of each table
 */
export async function backup(
  url: string,
  migrationsDir: string,
  path: string,
  made: Made,
  options: { readonly mayReplace: boolean; readonly progress?: Progress },
): Promise<Counts> {
  const { file } = databaseOf(url);
  const source = await openSource(url, migrationsDir);
  const counts: Record<string, number> = Object.fromEntries(
    source.tables.map(({ name }) => [name, 0]),
  );
  try {
    await writeDumpFile(
      path,
      { mayReplace: options.mayReplace, source: file },
      dumpLines(source, made, (table, rows) => {
        counts[table] = rows;
        options.progress?.(table, rows);
      }),
    );
    return counts;
  } finally {
    await source.close();
  }
}

/** Fills an empty database with the dump of a file, which is looked through before anything is written. */
export async function restore(
  url: string,
  migrationsDir: string,
  path: string,
  progress?: Progress,
): Promise<Restored> {
  databaseOf(url);
  for await (const _ of readDump(readDumpFile(path))); // throws for one that is not whole
  return restoreInto(url, migrationsDir, readDump(readDumpFile(path)), progress);
}

/** Fills an empty database with what another one has. */
export async function move(
  from: string,
  to: string,
  migrationsDir: string,
  made: Made,
  progress?: Progress,
): Promise<Restored> {
  if (databaseOf(from).name === databaseOf(to).name)
    throw new DumpError('a database is not moved to itself');
  const source = await openSource(from, migrationsDir);
  try {
    return await restoreInto(to, migrationsDir, readDump(dumpLines(source, made)), progress);
  } finally {
    await source.close();
  }
}
