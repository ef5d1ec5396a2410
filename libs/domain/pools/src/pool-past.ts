import type { AuditEntry } from '@cloudpam/audit';
import type { PoolFacts } from './pool-events';

/** What the log tells of a pool; who lies in whom follows from the CIDRs, see `PastTree`. */
export type PastFacts = Omit<PoolFacts, 'parent_id'>;

/** A pool as the audit log tells of it. */
export interface PastPool {
  readonly id: number;
  readonly facts: PastFacts;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The facts before and after an event, as far as it tells them; null where the pool was not there. */
interface PoolEventContent {
  readonly before: Partial<PoolFacts> | null;
  readonly after: Partial<PoolFacts> | null;
}

type PoolEntry = Pick<AuditEntry, 'type' | 'version' | 'diff'>;

/**
 * Reads an event of a pool by its version: what was written in an earlier one as what it would be
 * today. @throws Error for a version that this server does not know yet
 */
export function readPoolEvent({ type, version, diff }: PoolEntry): PoolEventContent {
  switch (version) {
    case 1:
      return diff as PoolEventContent; // as `POOL_EVENTS` declares it
    default:
      throw new Error(
        `the audit log has ${type} in version ${version}, which this server does not know`,
      );
  }
}

/**
 * The pool after an event of its own; undefined once it is deleted. The events of a pool, in the
 * order of their ids, fold into its state: the first one has all its facts, later ones those that
 * changed.
 * @param before the state so far; undefined before the first event
 */
export function poolAfter(before: PastPool | undefined, entry: AuditEntry): PastPool | undefined {
  const { before: was, after } = readPoolEvent(entry);
  if (!after) return undefined;
  // What is not known to have been made cannot be told in full.
  if (!before && was) return undefined;
  const { parent_id: _, ...facts } = { ...before?.facts, ...after };
  return {
    id: Number(entry.entityId),
    facts: facts as PastFacts, // the first event has them all
    createdAt: before?.createdAt ?? entry.at,
    updatedAt: entry.at,
  };
}
