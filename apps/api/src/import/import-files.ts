import { createHash } from 'node:crypto';
import type { ReadingOptions } from '@cloudpam/formats';
import type { ImportRun, ImportSource } from '@cloudpam/import';
import { FileError } from '../http/file-error';
import type { Given } from './given-files';
import { readMap } from './import-map';

/** Rows of one request. */
export const ROWS_OF_A_REQUEST = 200_000;

/** Hears how far an import is: rows done, of how many; null while that is not known. */
export type ImportProgress = (
  stage: 'reading' | 'planning' | 'applying',
  done: number,
  of: number | null,
) => void;

/** How the files of a request are read. */
export interface FileOptions {
  readonly format: ReadingOptions['format'];
  readonly fix: ReadingOptions['fix'];
  readonly pause: () => Promise<void>;
  readonly progress?: ImportProgress;
  /** Rows of all files; those of a request, when nothing is said. */
  readonly limit?: number;
}

/** The rows of the files. @throws FileError, SchemaError */
export async function readRows(
  { files, map }: Given,
  { format, fix, pause, progress, limit = ROWS_OF_A_REQUEST }: FileOptions,
): Promise<ImportSource> {
  // Loaded when it is asked for: a server starts without it.
  const { readImport, FormatError } = await import('@cloudpam/formats');
  progress?.('reading', 0, null);
  try {
    return await readImport(files, {
      format,
      fix,
      pause,
      map: map === undefined ? {} : readMap(map),
      limit,
    });
  } catch (error) {
    throw error instanceof FormatError
      ? new FileError(error.code, error.detail, error.file, error.line)
      : error;
  }
}

/** How an import of them works beside the other work of the process. */
export function importRun({ pause, progress }: FileOptions): ImportRun {
  return {
    pause,
    ...(progress && { progress }),
    digest: () => {
      const hash = createHash('sha256');
      return { update: (text) => void hash.update(text), hex: () => hash.digest('hex') };
    },
  };
}
