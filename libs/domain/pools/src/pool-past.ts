import type { AuditEntry, DiffValue } from '@cloudpam/audit';

type Facts = { readonly [field: string]: DiffValue };

/** A pool as the audit log tells of it. */
export interface PastPool {
  readonly id: number;
  /**
   * As `poolFacts` has them, but for `parent_id`: who lies in whom follows from the CIDRs, see
   * `PastTree`.
   */
  readonly facts: Facts;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/**
 * The pool after an entry of its own; undefined once it is deleted. The entries of a pool, in the
 * order of their ids, fold into its state: the first one has all its facts, later ones those that
 * changed.
 * @param before the state so far; undefined before the first entry
 */
export function poolAfter(before: PastPool | undefined, entry: AuditEntry): PastPool | undefined {
  const { before: was, after } = entry.diff;
  if (!after) return undefined;
  // What is not known to have been made cannot be told in full.
  if (!before && was) return undefined;
  const { parent_id: _, ...facts } = { ...before?.facts, ...after };
  return {
    id: Number(entry.entityId),
    facts,
    createdAt: before?.createdAt ?? entry.at,
    updatedAt: entry.at,
  };
}
