import {
  eventsOf,
  eventType,
  type Created,
  type Deleted,
  type EventWriter,
  type Located,
  type Place,
} from '@cloudpam/audit';
import type { FindingSeverity } from '../finding-severity';
import type { AnyFindingType } from '../read-findings';

/** What a finding can be of: a resource, a pool, an address record, an observed address, a scope, or a webhook. */
export const FINDING_SUBJECTS = [
  'resource',
  'pool',
  'address',
  'observed',
  'scope',
  'webhook',
] as const;
/** One of `FINDING_SUBJECTS`. */
export type FindingSubject = (typeof FINDING_SUBJECTS)[number];

/** A finding as its events tell it, in version 1. */
export type FindingFacts = {
  readonly type: AnyFindingType;
  readonly severity: FindingSeverity;
  /** What it is of. */
  readonly subject: FindingSubject;
  /** The id of that, among those of its kind. */
  readonly subject_id: number;
  /** Of what it is of; may be empty. */
  readonly name: string;
  /** The CIDR or address of what it is of; null for a scope and a webhook. */
  readonly cidr: string | null;
  readonly region: string | null;
  /** The pool that it is of, or that stands for the resource that it is of. */
  readonly pool_id: number | null;
  /** The name of that pool. */
  readonly pool_name: string | null;
  /** Why, for people, as it was when the finding was opened. */
  readonly detail: string;
};

/** How many findings were open, by type, when telling of them began. */
export type FindingsThere = Partial<Readonly<Record<AnyFindingType, number>>>;

/** A lease that ends soon, as its warning tells it, in version 1. */
export type LeaseFacts = {
  /** That of the finding `lease_ends`. */
  readonly severity: FindingSeverity;
  /** What has the lease. */
  readonly lease_of: 'pool' | 'address' | 'range';
  /** The id of that. */
  readonly lease_id: number;
  readonly name: string;
  /** The CIDR of the pool, the address, or the first and the last address of the range. */
  readonly span: string;
  /** ISO 8601 */
  readonly expires_at: string;
  /** It ends within so many days: 14, 3 or 1. */
  readonly days: number;
};

/** What is told of findings and leases that end. */
export const FINDING_EVENTS = {
  /** Those of webhooks have no place. */
  'finding.open': eventType<Created<FindingFacts>, Place | null>(),
  'finding.close': eventType<Deleted<FindingFacts>, Place | null>(),
  /** What was there already when telling began. */
  'finding.begin': eventType<Created<FindingsThere>>(),
  'lease.warning': eventType<Created<LeaseFacts>, Located>(),
};

/** Writes the events of findings and of leases that end. */
export const findingEvent: EventWriter<typeof FINDING_EVENTS> = eventsOf(FINDING_EVENTS);
