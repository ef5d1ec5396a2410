import { statSync } from 'node:fs';
import { VerifyAudit } from '@cloudpam/audit';
import {
  backup,
  databaseOf,
  move,
  nativeBackup,
  openStorage,
  restore,
  type Counts,
  type Made,
  type Progress,
  type Restored,
} from '@cloudpam/storage-typeorm';
import type { Command } from 'commander';
import { sha256 } from '../audit/sha256';
import { readConfig, type Config } from '../config/config';
import { VERSION } from '../config/version';
import { hmacWith } from '../storage/proving-storage';
import { MIGRATIONS } from '../storage/storage';
import type { BareContext, ServeBare } from './command';

/** Notes about one table are so far apart at least, in milliseconds. */
const NOTE_MS = 1_000;

/** Commands that take a database as a whole. */
export function addBackupCommands(program: Command, serve: ServeBare): void {
  program
    .command('backup')
    .description('writes all that the database has to a file, beside servers that go on')
    .argument('<FILE>', 'the file, which is packed where its name ends in .gz')
    .option(
      '--native',
      'a copy in the format of the database: an SQLite file, or what pg_dump writes',
    )
    .option('--force', 'replaces a file that is there')
    .action((file: string, options: BackupOptions) =>
      serve((context) => backUp(context, file, options)),
    );
  program
    .command('restore')
    .description('fills the database, which must be empty, with what a backup has')
    .argument('<FILE>', 'what `backup` has written, without --native')
    .action((file: string) =>
      serve((context) =>
        fill(
          context,
          ({ databaseUrl }) => databaseUrl,
          (url) => restore(url, MIGRATIONS, file, noting(context)),
        ),
      ),
    );
  program
    .command('move')
    .description(
      'fills another database, which must be empty, with what the one of DATABASE_URL has',
    )
    .argument(
      '<URL>',
      'sqlite:PATH or postgres://USER@HOST/DATABASE; a password may stand in PGPASSWORD',
    )
    .action((to: string) =>
      serve((context) =>
        fill(
          context,
          () => to,
          (url, { databaseUrl }) => move(databaseUrl, url, MIGRATIONS, made(), noting(context)),
        ),
      ),
    );
}

interface BackupOptions {
  readonly native?: true;
  readonly force?: true;
}

async function backUp(
  context: BareContext,
  file: string,
  { native, force }: BackupOptions,
): Promise<number> {
  const { databaseUrl } = readConfig(context.env);
  if (native) await nativeBackup(databaseUrl, file, force === true);
  else {
    const counts = await backup(databaseUrl, MIGRATIONS, file, made(), {
      mayReplace: force === true,
      progress: noting(context),
    });
    tellRows(context, counts);
  }
  const megabytes = (statSync(file).size / 1_000_000).toFixed(1);
  context.say(`${databaseOf(databaseUrl).name} is in ${file}, ${megabytes} MB`);
  return 0;
}

/** Fills a database, tells what it has now, and whether its log is as it was sealed. */
async function fill(
  context: BareContext,
  target: (config: Config) => string,
  work: (url: string, config: Config) => Promise<Restored>,
): Promise<number> {
  const config = readConfig(context.env);
  const url = target(config);
  const { header, rows } = await work(url, config);
  tellRows(context, rows);
  context.say(`${databaseOf(url).name} has what ${header.storage} had at ${header.at}`);
  const storage = await openStorage({ url, migrationsDir: MIGRATIONS, schema: 'as it is' });
  try {
    const { sealed, head, broken } = await new VerifyAudit(
      storage.unitOfWork,
      sha256,
      config.auditKeys.map(hmacWith),
    ).execute();
    context.say(
      broken
        ? `the audit log is not as it was sealed, and was not before: ${broken.problem}`
        : `${sealed} sealed entries of the audit log are as they were sealed; head ${head}`,
    );
    return broken ? 1 : 0;
  } finally {
    await storage.close();
  }
}

function made(): Made {
  return { product: VERSION, at: new Date() };
}

/** Notes how far a table is: its beginning, and then now and again. */
function noting({ note }: BareContext): Progress {
  let last: { readonly table: string; readonly at: number } | undefined;
  return (table, rows) => {
    const at = performance.now();
    if (last?.table === table && at - last.at < NOTE_MS) return;
    last = { table, at };
    note(`${table}: ${rows} rows`);
  };
}

function tellRows({ say }: BareContext, counts: Counts): void {
  const rows: [string, number][] = Object.entries(counts);
  rows.push(['all', rows.reduce((sum, [, count]) => sum + count, 0)]);
  for (const [table, count] of rows) say(`${table.padEnd(20)}${String(count).padStart(12)}`);
}
