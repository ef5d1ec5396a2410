import type { ImportTable } from './import-row';
import type { PlannedRow } from './import-plan';

/** Why an import is not done. */
export type ImportErrorCode = 'plan_changed' | 'import_has_errors';

/** A row that is wrong, and where a person finds it. */
export interface WrongPlace {
  readonly file: string;
  readonly line: number;
  readonly column: string | null;
  readonly code: NonNullable<PlannedRow['code']>;
  readonly detail: string;
}

/** An import that is not done as it was asked for; nothing is written. */
export class ImportError extends Error {
  constructor(
    readonly code: ImportErrorCode,
    message: string,
    /** The first rows that are wrong. */
    readonly wrong: readonly WrongPlace[] = [],
  ) {
    super(message);
    this.name = 'ImportError';
  }
}

/** The column of a row that is wrong, as its file calls it. */
export function columnOf(
  { table, field }: PlannedRow,
  tables: readonly ImportTable[],
): string | null {
  return field === null ? null : (tables[table]?.mapping[field] ?? field);
}

/** Where a row that is wrong stands. */
export function wrongPlaceOf(row: PlannedRow, tables: readonly ImportTable[]): WrongPlace {
  return {
    file: tables[row.table]?.file ?? '',
    line: row.line,
    column: columnOf(row, tables),
    code: row.code ?? 'unreadable',
    detail: row.detail ?? '',
  };
}
