import { PoolError, type PoolErrorCode } from '@cloudpam/pools';
import type { RowErrorCode } from './import-row';

/** What is wrong with a row. */
export class RowProblem {
  constructor(
    readonly code: RowErrorCode,
    readonly detail: string,
    /** As in the mapping of its table; null: the whole row. */
    readonly field: string | null,
  ) {}
}

const CODES: Readonly<Partial<Record<PoolErrorCode, RowErrorCode>>> = {
  invalid_field: 'invalid_value',
  invalid_prefix_length: 'invalid_prefix_length',
  refused_range: 'refused_range',
  invalid_rules: 'invalid_rules',
  pool_overlap: 'pool_overlap',
  range_taken: 'range_taken',
  quarantined: 'quarantined',
  address_reserved: 'address_reserved',
  address_in_use: 'address_in_use',
  would_orphan_children: 'pool_overlap',
  cloud_owned: 'cloud_owned',
  vid_outside_group: 'vid_outside_group',
};

/** What a rule of the domain says of a row; undefined where it has nothing against it. @throws what is no such rule */
export function refusalOf(check: () => void): RowProblem | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return problemOf(error);
  }
}

/** The same of an error that was thrown. @throws it, where it is no rule of the domain */
export function problemOf(error: unknown): RowProblem {
  if (!(error instanceof PoolError)) throw error;
  return new RowProblem(
    CODES[error.code] ?? 'invalid_value',
    error.message,
    error.details.field ?? null,
  );
}
