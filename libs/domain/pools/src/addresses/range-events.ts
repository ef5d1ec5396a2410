import {
  diffOf,
  eventsOf,
  eventType,
  type Change,
  type Changed,
  type Created,
  type Deleted,
  type Located,
  type NewAuditEntry,
} from '@cloudpam/audit';
import { formatAddress } from '@cloudpam/cidr';
import type { Tags } from '../pool';
import { blockAroundSpan, type RangePurpose, type RangeRecord } from './range-record';

/** A range's own facts as its events tell them, in version 1. */
export type RangeFacts = {
  readonly start_address: string;
  readonly end_address: string;
  readonly vrf_id: number;
  readonly name: string;
  readonly purpose: RangePurpose;
  readonly counts_as_used: boolean;
  readonly account_id: number | null;
  readonly description: string;
  readonly tags: Tags;
  readonly until: string | null;
};

/** All that happens to ranges. */
export const RANGE_EVENTS = {
  'range.create': eventType<Created<RangeFacts>, Located>(),
  /** Of what was deleted, where a rule says so. */
  'range.quarantine': eventType<Created<RangeFacts>, Located>(),
  'range.update': eventType<Changed<RangeFacts>, Located>(),
  'range.move': eventType<Changed<RangeFacts>, Located>(),
  'range.delete': eventType<Deleted<RangeFacts>, Located>(),
  /** What was in quarantine is free, or somebody's, again. */
  'range.release': eventType<Deleted<RangeFacts>, Located>(),
};

const rangeEvent = eventsOf(RANGE_EVENTS);

/** The event that there is a range now. */
export function rangeMade(change: Change, record: RangeRecord): NewAuditEntry {
  const type = record.purpose === 'quarantine' ? 'range.quarantine' : 'range.create';
  return rangeEvent(change, type, record.id, {
    before: null,
    after: rangeFacts(record),
    place: placeOf(record),
  });
}

/** The event that a range was changed; none where its facts are as before. */
export function rangeChanged(
  change: Change,
  type: 'range.update' | 'range.move',
  before: RangeRecord,
  after: RangeRecord,
): readonly NewAuditEntry[] {
  const diff = diffOf(rangeFacts(before), rangeFacts(after));
  const [place, formerPlace] = [placeOf(after), placeOf(before)];
  return diff ? [rangeEvent(change, type, before.id, { ...diff, place, formerPlace })] : [];
}

/** The event that a range is no more. */
export function rangeEnded(change: Change, record: RangeRecord): NewAuditEntry {
  const type = record.purpose === 'quarantine' ? 'range.release' : 'range.delete';
  const told = { before: rangeFacts(record), after: null, place: placeOf(record) };
  return rangeEvent(change, type, record.id, told);
}

function placeOf({ accountId, vrfId, span }: RangeRecord): Located {
  return { accountId, vrfId, cidr: blockAroundSpan(span), kind: 'range' };
}

function rangeFacts(record: RangeRecord): RangeFacts {
  const { family, first, last } = record.span;
  return {
    start_address: formatAddress(family, first),
    end_address: formatAddress(family, last),
    vrf_id: record.vrfId,
    name: record.name,
    purpose: record.purpose,
    counts_as_used: record.countsAsUsed,
    account_id: record.accountId,
    description: record.description,
    tags: record.tags,
    until: record.until?.toISOString() ?? null,
  };
}
