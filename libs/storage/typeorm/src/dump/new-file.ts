import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { DumpError } from './dump-error';

const OWNER_ONLY = 0o600;
/** What SQLite has beside a file. */
const BESIDE = ['', '-wal', '-shm', '-journal'];

/** Which files a new one may take the place of. */
export interface Replacing {
  /** Whether of any. */
  readonly mayReplace: boolean;
  /** The SQLite file that is backed up: never of this one. */
  readonly source?: string | undefined;
}

/**
 * Makes a file for its owner alone, which is there when it is whole and on disk.
 * @param write fills the empty file that it is given
 * @throws DumpError when there is a file already, unless it may be replaced
 */
export async function newFile(
  path: string,
  { mayReplace, source }: Replacing,
  write: (path: string) => Promise<void>,
): Promise<void> {
  const file = resolve(path);
  const refuse = (): void => {
    if (!existsSync(file)) return;
    if (source !== undefined && isOf(source, file))
      throw new DumpError(`${file} belongs to the database itself, which is not replaced`);
    if (!statSync(file).isFile()) throw new DumpError(`${file} is there, and is no file`);
    if (!mayReplace) throw new DumpError(`there is a file ${file} already; --force replaces it`);
  };
  refuse();
  // Processes of containers have the same ids.
  const part = join(dirname(file), `.${basename(file)}.${randomUUID()}.part`);
  try {
    closeSync(openSync(part, 'wx', OWNER_ONLY));
    await write(part);
    synced(part, 'r+');
    refuse();
    renameSync(part, file);
    synced(dirname(file), 'r');
  } catch (error) {
    for (const each of BESIDE) rmSync(`${part}${each}`, { force: true });
    throw error;
  }
}

/** Whether a file that is there is a database, or beside it. */
function isOf(database: string, file: string): boolean {
  if (!existsSync(database)) return false;
  const real = realpathSync(file);
  return BESIDE.some((each) => real === `${realpathSync(database)}${each}`);
}

function synced(path: string, flags: string): void {
  const handle = openSync(path, flags);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
