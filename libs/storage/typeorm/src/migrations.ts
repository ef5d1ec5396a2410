import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger, MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What becomes of the schema when a database is opened: it is brought up to date, or up to a migration, or stays `as it
 * is`, and then nothing can be written to the database either.
 */
export type SchemaChoice = 'newest' | 'as it is' | { readonly upTo: string };

/** The last migration that is to run; undefined for all. */
export function lastOf(schema: SchemaChoice): string | undefined {
  return typeof schema === 'object' ? schema.upTo : undefined;
}

/** A migration that TypeORM can run, made of an .sql file; there is no way back. */
export type MigrationClass = new () => MigrationInterface;

/**
 * The migrations of a folder, `0001-initial.sql` and so on.
 * @param execute runs a text of several statements
 * @param upTo the name of the last one, without it all
 * @throws Error when a file has no number or two have the same
 */
export function migrationsIn(
  folder: string,
  execute: (runner: QueryRunner, text: string) => Promise<void>,
  upTo?: string,
): MigrationClass[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sql') && (upTo === undefined || name <= `${upTo}.sql`))
    .sort();
  const seen = new Set<number>();
  return files.map((file) => {
    const number = Number(/^(\d{4})-/.exec(file)?.[1]);
    if (!number || seen.has(number))
      throw new Error(
        `${join(folder, file)} needs a number of four digits that no other migration has`,
      );
    seen.add(number);
    // TypeORM wants a timestamp of 13 digits at the end and orders by it.
    const name = `${file.slice(0, -'.sql'.length)}-${1_000_000_000_000 + number}`;
    return class implements MigrationInterface {
      readonly name = name;

      async up(runner: QueryRunner): Promise<void> {
        await execute(runner, readFileSync(join(folder, file), 'utf8'));
      }

      async down(): Promise<void> {
        throw new Error('migrations go forward only');
      }
    };
  });
}

/** TypeORM's own log: only that a migration failed is worth telling. */
export function migrationLogger(log: (message: string) => void): Logger {
  const nothing = (): void => undefined;
  return {
    logQuery: nothing,
    logQueryError: nothing,
    logQuerySlow: nothing,
    logSchemaBuild: nothing,
    log: nothing,
    logMigration: (message) => log(message),
  };
}

/** The names of the migrations of a folder, `0001-initial` first. */
export function migrationNames(folder: string): string[] {
  return migrationsIn(folder, async () => undefined).map((each) => nameOf(new each().name ?? ''));
}

/** The name of a migration without the number that TypeORM wants. */
export function nameOf(name: string): string {
  return name.replace(/-\d{13}$/, '');
}

/**
 * Refuses a database whose schema a newer version has brought on: this one would write what that
 * one does not expect.
 * @param applied names of the migrations that the database has seen
 */
export function refuseNewer(applied: readonly string[], known: readonly MigrationClass[]): void {
  const names = new Set(known.map((each) => new each().name));
  const unknown = applied.filter((name) => !names.has(name)).map(nameOf);
  if (unknown.length === 0) return;
  throw new Error(
    'The database was migrated by a newer version: this one does not know ' +
      `${unknown.join(', ')}. Start that version again, or restore a backup from before.`,
  );
}
