import type { Place } from '@cloudpam/audit';
import type { AddressRange } from '@cloudpam/cidr';
import type { AnyFindingType } from '../read-findings';
import type { FindingFacts, FindingSubject, FindingsThere } from './finding-events';

/** A finding that the log was told of, and that is open as far as the log knows. */
export interface ToldFinding {
  /** See `findingId`. */
  readonly id: string;
  readonly facts: FindingFacts;
  /** null of what has none. */
  readonly place: Place | null;
  readonly openedAt: Date;
}

/** What a finding is by: no two are equal in all three. */
export interface FindingKey {
  readonly subject: FindingSubject;
  readonly subjectId: number;
  readonly type: AnyFindingType;
}

/** The last time that all findings were compared with those that the log was told of. */
export interface ToldRound {
  readonly at: Date;
  readonly tookMs: number;
  /** The last seal of the log then. */
  readonly head: number;
}

/** A lease that ends within so many days, of which the log was not warned yet. */
export interface DueWarning {
  readonly leaseOf: 'pool' | 'address' | 'range';
  readonly id: number;
  readonly vrfId: number;
  readonly accountId: number | null;
  readonly kind: string;
  readonly name: string;
  readonly span: AddressRange;
  readonly endsAt: Date;
  /** The smallest number of days, of those asked for, within which it ends. */
  readonly days: number;
}

/**
 * What the log was told of findings and of leases that end. Rows outlive what they are of, as the end of a finding is
 * told when that is gone.
 */
export interface ToldStore {
  /** Of these subjects. */
  of(subject: FindingSubject, subjectIds: readonly number[]): Promise<ToldFinding[]>;
  /** Ids of subjects with told findings, ascending, above an id; each once. */
  subjectsAfter(subject: FindingSubject, id: number, limit: number): Promise<number[]>;
  /** Inserts findings. @throws StoredConflict for one that was told */
  keep(findings: readonly ToldFinding[]): Promise<void>;
  forget(keys: readonly FindingKey[]): Promise<void>;
  /** How many there are by type; types without any are left out. */
  counts(): Promise<FindingsThere>;
  /** undefined before the first one has ended. */
  lastRound(): Promise<ToldRound | undefined>;
  keepRound(round: ToldRound): Promise<void>;
  /**
   * Leases that end after `at` and within the largest number of days, and that were not warned of for the same end
   * with as few days. In no particular order.
   */
  dueWarnings(at: Date, days: readonly number[], limit: number): Promise<DueWarning[]>;
  /** Notes warnings; each replaces that of its lease. */
  keepWarnings(warnings: readonly DueWarning[]): Promise<void>;
  /** Forgets up to `limit` warnings of leases that ended before a time. @returns how many */
  forgetWarnings(endedBefore: Date, limit: number): Promise<number>;
}
