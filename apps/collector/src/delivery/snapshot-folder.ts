import { mkdir, open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  SNAPSHOT_FILE_ENDING,
  SnapshotFileError,
  readSnapshotFile,
  snapshotFileName,
  writeSnapshotFile,
  type SnapshotFile,
} from '@cloudpam/reconciliation';
import { fileSigner, type CollectorToken } from './collector-token';
import type { PackedSnapshot } from './packed-snapshot';

const REFUSED = 'refused';
const TEMPORARY = /^\..*\.tmp$/;

/**
 * A folder of signed snapshot files, named so that their order is that of delivery. A file is there
 * as a whole or not at all.
 */
export class SnapshotFolder {
  private readonly sign: (bytes: Uint8Array) => string;

  constructor(
    readonly path: string,
    private readonly signer: CollectorToken,
    private readonly now: () => Date,
  ) {
    this.sign = fileSigner(signer);
  }

  /** @throws the system's error when there is no such folder and none can be made */
  async make(): Promise<void> {
    await mkdir(this.path, { recursive: true });
  }

  /** The signed bytes of a file, and its name. */
  file({ run, sequence, payload }: PackedSnapshot): { name: string; bytes: Uint8Array } {
    const header = {
      token: this.signer.publicId,
      runId: run.runId,
      sequence,
      writtenAt: this.now(),
    };
    return {
      name: snapshotFileName(run.startedAt, run.runId, sequence),
      bytes: writeSnapshotFile(header, payload, this.sign),
    };
  }

  /** Writes a file so that a crash leaves it whole or not at all. @throws the system's error */
  async write(name: string, bytes: Uint8Array): Promise<void> {
    // Not the ending of a snapshot file, so that nobody takes it for one.
    const temporary = join(this.path, `.${name}.${process.pid}.tmp`);
    try {
      await writeAndSync(temporary, bytes);
      await rename(temporary, join(this.path, name));
      await syncFolder(this.path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  /** The names of the files in the order of their delivery. */
  async names(): Promise<string[]> {
    return (await readdir(this.path))
      .filter((name) => name.endsWith(SNAPSHOT_FILE_ENDING) && !name.startsWith('.'))
      .sort();
  }

  /**
   * Removes what a killed process left half-written. Only for a folder that no other process writes
   * into now.
   */
  async sweep(): Promise<void> {
    for (const name of (await readdir(this.path)).filter((each) => TEMPORARY.test(each)))
      await this.remove(name);
  }

  /** Bytes; 0 for a file that is gone. */
  async size(name: string): Promise<number> {
    return (await stat(join(this.path, name)).catch(() => ({ size: 0 }))).size;
  }

  /**
   * Reads a file, and checks the signature if it is of our own token (that of another token only
   * the server can check). Undefined for a file that is gone.
   * @throws SnapshotFileError
   */
  async read(name: string): Promise<SnapshotFile | undefined> {
    const bytes = await readFile(join(this.path, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (!bytes) return undefined;
    const file = readSnapshotFile(bytes);
    if (
      file.header.token === this.signer.publicId &&
      this.sign(file.signedBytes) !== file.signature
    ) {
      throw new SnapshotFileError(
        'malformed_payload',
        'the signature does not fit: the file was changed',
      );
    }
    return file;
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.path, name), { force: true });
  }

  /** Puts a file aside, with the reason beside it. */
  async refuse(name: string, reason: string): Promise<void> {
    const aside = join(this.path, REFUSED);
    await mkdir(aside, { recursive: true });
    await writeFile(join(aside, `${name}.reason.txt`), `${reason}\n`);
    await rename(join(this.path, name), join(aside, name));
  }
}

async function writeAndSync(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Makes the new name survive a power cut; some file systems cannot, and then it is as good as it
 * gets.
 */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}
