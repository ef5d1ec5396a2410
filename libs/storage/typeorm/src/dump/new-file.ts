import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { DumpError } from './dump-error';

const OWNER_ONLY = 0o600;

/**
 * Makes a file for its owner alone, which is there when it is whole and on disk.
 * @param write fills the empty file that it is given
 * @throws DumpError when there is a file already, unless it may be replaced
 */
export async function newFile(
  path: string,
  mayReplace: boolean,
  write: (path: string) => Promise<void>,
): Promise<void> {
  const file = resolve(path);
  const refuse = (): void => {
    if (!mayReplace && existsSync(file))
      throw new DumpError(`there is a file ${file} already; --force replaces it`);
  };
  refuse();
  const part = join(dirname(file), `.${basename(file)}.${process.pid}.part`);
  try {
    closeSync(openSync(part, 'wx', OWNER_ONLY));
    await write(part);
    synced(part, 'r+');
    refuse();
    renameSync(part, file);
    synced(dirname(file), 'r');
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

function synced(path: string, flags: string): void {
  const handle = openSync(path, flags);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
