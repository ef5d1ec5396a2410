import { join } from 'node:path';
import { databaseOf } from '../dump';
import { migrationsOf } from '../dump/migrations-of';
import { migrationNames } from '../migrations';
import type { Database, Session } from '../session';
import { sql } from '../sql';
import { timeOf } from '../values';
import { openDatabase, TypeOrmStorage } from '../typeorm-storage';
import { checkDatabase } from './check-database';
import { checkFreeBlocks } from './check-free-blocks';
import { checkReferences } from './check-references';
import { checkSearch } from './check-search';
import { checkTree } from './check-tree';
import type { Finding } from './finding';

export type { Finding } from './finding';

/** A statement may take so long, in milliseconds: some read whole tables. */
const STATEMENT_MS = 600_000;

/** What is looked for in the rows, by the name of the check. */
const CHECKS = {
  references: checkReferences,
  tree: checkTree,
  'free blocks': checkFreeBlocks,
  search: checkSearch,
} as const satisfies Readonly<Record<string, (session: Session) => Promise<Finding>>>;
/** The name of a check of rows. */
export type StorageCheck = keyof typeof CHECKS;
/** All checks of rows, in the order in which they tell most. */
export const STORAGE_CHECKS = Object.keys(CHECKS) as StorageCheck[];

/** A database as it is: nothing is migrated, and nothing can be written. */
export class CheckedStorage {
  /** Reads what the schema of this version has. */
  readonly unitOfWork: TypeOrmStorage['unitOfWork'];

  private constructor(
    private readonly database: Database,
    private readonly url: string,
    private readonly migrationsDir: string,
  ) {
    this.unitOfWork = new TypeOrmStorage(database, { refuseNested: false }).unitOfWork;
  }

  /** @throws Error when it cannot be reached */
  static async open(url: string, migrationsDir: string): Promise<CheckedStorage> {
    databaseOf(url);
    const limits = { connectMs: 10_000, statementMs: STATEMENT_MS, lockMs: 10_000 };
    const options = { url, migrationsDir, poolSize: 2, schema: 'as it is', limits } as const;
    return new CheckedStorage(await openDatabase(options), url, migrationsDir);
  }

  /** Whether it is whole and takes writes. */
  whole(): Promise<Finding> {
    return this.database.read(checkDatabase);
  }

  /** One of the checks of rows, all of one moment. */
  rows(check: StorageCheck): Promise<Finding> {
    return this.database.read(CHECKS[check]);
  }

  async migrations(): Promise<Finding> {
    const applied = (await migrationsOf(this.url)) ?? [];
    const known = migrationNames(join(this.migrationsDir, databaseOf(this.url).kind));
    const unknown = applied.filter((name) => !known.includes(name));
    const pending = known.filter((name) => !applied.includes(name));
    if (unknown.length > 0)
      return {
        level: 'fault',
        found: `this version does not know ${unknown.join(', ')}: a newer one was here`,
        advice: 'start that version again, or restore the backup from before',
      };
    if (pending.length > 0)
      return {
        level: 'warning',
        found: `${pending.join(', ')} did not run yet`,
        advice: 'back up; a server of this version runs them when it starts',
      };
    return { level: 'ok', found: `all ${known.length} have run` };
  }

  /** The clock of the database, where it has one, and the last moments that were noted as they happened. */
  moments(): Promise<{ readonly clock?: Date; readonly noted: readonly Noted[] }> {
    return this.database.read(async (session) => {
      const clock =
        session.dialect.name === 'postgres'
          ? (
              await session.rows<{ at: Date }>(sql`select clock_timestamp() as at`, { once: true })
            )[0]?.at
          : undefined;
      const noted: Noted[] = [];
      for (const [what, query] of [
        ['the last change in the log', sql`select max(at) as at from audit_entry`],
        ['the last change of a pool', sql`select max(updated_at) as at from pool`],
        ['the last use of a token', sql`select max(last_used_at) as at from token`],
        ['the last use of a session', sql`select max(last_used_at) as at from user_session`],
      ] as const) {
        const [row] = await session.rows<{ at: Date | number | null }>(query, { once: true });
        if (row?.at != null) noted.push({ what, at: timeOf(row.at) });
      }
      return { ...(clock && { clock }), noted };
    });
  }

  close(): Promise<void> {
    return this.database.close();
  }
}

export interface Noted {
  readonly what: string;
  readonly at: Date;
}
