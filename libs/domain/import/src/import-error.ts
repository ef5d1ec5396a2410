import type { PlannedRow } from './import-plan';

/** Why an import is not done. */
export type ImportErrorCode = 'plan_changed' | 'import_has_errors';

/** An import that is not done as it was asked for; nothing is written. */
export class ImportError extends Error {
  constructor(
    readonly code: ImportErrorCode,
    message: string,
    /** The first rows that are wrong. */
    readonly rows: readonly PlannedRow[] = [],
  ) {
    super(message);
    this.name = 'ImportError';
  }
}
