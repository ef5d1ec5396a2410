import { createHash } from 'node:crypto';
import type { Change } from '@cloudpam/audit';
import type { ReadingOptions } from '@cloudpam/formats';
import {
  ApplyImport,
  PlanImport,
  type ImportPlan,
  type ImportRun,
  type ImportSource,
  type ImportWish,
} from '@cloudpam/import';
import { FileError } from '../http/file-error';
import type { Given } from './given-files';
import { readMap } from './import-map';

/** Rows of one request. */
export const ROWS_OF_A_REQUEST = 200_000;

/** What hears how far an import is. */
export type ImportStage = 'reading' | 'planning' | 'applying';
export type ImportProgress = (stage: ImportStage, done: number, of: number | null) => void;

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

/** Plans and does imports, beside the other work of the process. */
export class Imports {
  constructor(
    private readonly planned: PlanImport,
    private readonly applied: ApplyImport,
  ) {}

  plan(source: ImportSource, options: FileOptions): Promise<ImportPlan> {
    return this.planned.execute(source, runOf(options));
  }

  apply(
    change: Change,
    source: ImportSource,
    wish: ImportWish,
    options: FileOptions,
  ): Promise<ImportPlan> {
    return this.applied.execute(change, source, wish, runOf(options));
  }
}

function runOf({ pause, progress }: FileOptions): ImportRun {
  return {
    pause,
    ...(progress && { progress }),
    digest: () => {
      const hash = createHash('sha256');
      return { update: (text) => void hash.update(text), hex: () => hash.digest('hex') };
    },
  };
}
