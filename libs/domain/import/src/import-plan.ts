import type { DiffValue } from '@cloudpam/audit';
import type { Cidr } from '@cloudpam/cidr';
import {
  IMPORT_ENTITIES,
  type ImportEntity,
  type ImportTable,
  type RowErrorCode,
  type SkipCode,
} from './import-row';

/** What an import does with a row. */
export const IMPORT_ACTIONS = ['create', 'update', 'unchanged', 'skip', 'error'] as const;
/** One of `IMPORT_ACTIONS`. */
export type ImportAction = (typeof IMPORT_ACTIONS)[number];

/** A field that an import changes, by its name on the wire. */
export interface FieldChange {
  readonly field: string;
  readonly before: DiffValue;
  readonly after: DiffValue;
}

/** What becomes of one row, or of a record that rows only name. */
export interface PlannedRow {
  /** Index among the tables. */
  readonly table: number;
  readonly line: number;
  readonly label: string;
  /** null for what is not kept here. */
  readonly entity: ImportEntity | null;
  readonly action: ImportAction;
  /** Why it is skipped or wrong; `named_by_row` for a record that is made because this row names it. */
  readonly code: RowErrorCode | SkipCode | 'named_by_row' | null;
  readonly detail: string | null;
  /** The field that is wrong, as in the mapping of the table. */
  readonly field: string | null;
  /** Of the entity, where it is there; after an import of all that was made. */
  readonly id: number | null;
  readonly changes: readonly FieldChange[] | null;
  /** Of pools, addresses and ranges. */
  readonly vrf: string | null;
  /** Of pools, and of addresses as blocks of one. */
  readonly cidr: Cidr | null;
}

/** How many rows of an entity have each action. */
export type ActionCounts = Readonly<Record<ImportAction, number>>;

/** What an import would do. */
export interface ImportPlan {
  readonly tables: readonly ImportTable[];
  /** In the order of the files. */
  readonly rows: readonly PlannedRow[];
  /** Of all that would be done: another one when the files, or what is there, have changed. */
  readonly hash: string;
}

/** How many rows there are of each entity and action; of `null` those that are not kept here. */
export function countsOf(
  rows: readonly PlannedRow[],
): ReadonlyMap<ImportEntity | null, ActionCounts> {
  const counts = new Map<ImportEntity | null, Record<ImportAction, number>>(
    [...IMPORT_ENTITIES, null].map((entity) => [entity, none()]),
  );
  for (const { entity, action } of rows) {
    const of = counts.get(entity);
    if (of) of[action] += 1;
  }
  return counts;
}

function none(): Record<ImportAction, number> {
  return { create: 0, update: 0, unchanged: 0, skip: 0, error: 0 };
}
