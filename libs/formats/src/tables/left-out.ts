import type { SkippedRow } from '@cloudpam/import';
import type { TableKind } from './table-kind';

/** Reads rows as left out. @param field what a person knows one by */
export function leftOut({ skip, detail }: SkippedRow, field: string): TableKind['reader'] {
  const item: SkippedRow = { skip, detail };
  return (row) => () => ({ label: row.get(field) ?? '', item });
}
