import {
  eventsOf,
  eventType,
  type Changed,
  type Created,
  type Deleted,
  type EventWriter,
  type Hold,
} from '@cloudpam/audit';
import { placeFilterFacts, type PlaceFilter } from '@cloudpam/events';
import type { FindingSeverity } from '@cloudpam/reconciliation';
import type { DigestPeriod, Schedule } from './schedule';

/** What a digest may tell of. */
export const DIGEST_SECTIONS = ['findings', 'leases', 'forecasts'] as const;
/** One of `DIGEST_SECTIONS`. */
export type DigestSection = (typeof DIGEST_SECTIONS)[number];

/** The part of an estate that a digest tells of: what fits every given field. An empty list is as none. */
export type DigestFilter = PlaceFilter;

/** What people say of a digest. */
export interface DigestSettings {
  /** Unique. */
  readonly name: string;
  /** Addresses as `mailAddress` gives them; one and more. */
  readonly recipients: readonly string[];
  readonly schedule: Schedule;
  readonly filter: DigestFilter;
  /** Findings of this severity and above; null: of all. */
  readonly severity: FindingSeverity | null;
  /** In the order of `DIGEST_SECTIONS`; one and more. */
  readonly sections: readonly DigestSection[];
  /** Whether it is sent when it has nothing to tell. */
  readonly sendsEmpty: boolean;
  readonly isEnabled: boolean;
}

/** How a digest fares: what sending changes of it. */
export interface DigestProgress {
  /** The time of its schedule that is sent next, or was not sent yet; null where it is not enabled. */
  readonly dueAt: Date | null;
  /** When what has failed is tried again; null where nothing has. */
  readonly retryAt: Date | null;
  /** Attempts at the time that is due. */
  readonly attempts: number;
  readonly lastSentAt: Date | null;
  /** Findings until then were told of; null before the first one. */
  readonly toldUntil: Date | null;
  /** What went wrong last; null where all is well. */
  readonly failure: string | null;
}

/** A summary that is sent by e-mail. */
export interface Digest extends DigestSettings, DigestProgress, Hold {
  readonly id: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Counts the changes of its settings. */
  readonly version: number;
}

/** Digests, at most `DIGESTS_LIMIT`. */
export interface DigestStore {
  /** Waits for others who make one, and keeps them from it until the end of the run: before they are counted. */
  hold(): Promise<void>;
  /** By id. */
  all(): Promise<Digest[]>;
  get(id: number): Promise<Digest | undefined>;
  /** Locks the row until the end of the run. */
  lock(id: number): Promise<Digest | undefined>;
  /** @throws StoredConflict where another one has the name */
  insert(digest: Omit<Digest, 'id'>): Promise<Digest>;
  /** @throws StoredConflict where another one has the name */
  save(digest: Digest): Promise<void>;
  remove(id: number): Promise<void>;
}

/** What digests ask of a storage. */
export interface DigestStores {
  readonly digests: DigestStore;
}

/** Digests that there may be. */
export const DIGESTS_LIMIT = 100;
/** Addresses that a digest may go to. */
export const RECIPIENTS_LIMIT = 50;

const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN =
  /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/;
/** Of letters, digits and what joins them, and not of ASCII alone. */
const INTERNATIONAL = /^(?=.*[^\p{ASCII}])[\p{L}\p{M}\p{N}.-]+$/u;

/**
 * The address that mail can be sent to: RFC 5321, without quoted names and addresses in brackets. The name of a domain
 * may be international, and is given in ASCII (RFC 5891); what stands before the `@` may not, as not every mail server
 * takes that (RFC 6531).
 * @returns undefined for what is none
 */
export function mailAddress(text: string): string | undefined {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  const domain = asciiDomain(text.slice(at + 1));
  const address = `${local}@${domain}`;
  const isOne =
    address.length <= 254 &&
    local.length <= 64 &&
    LOCAL_PART.test(local) &&
    domain !== undefined &&
    DOMAIN.test(domain);
  return isOne ? address : undefined;
}

function asciiDomain(domain: string): string | undefined {
  if (!INTERNATIONAL.test(domain)) return domain;
  const url = `http://${domain}`;
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

/** What the audit trail tells of a digest, in version 1: of its recipients how many, and at which domains. */
export type DigestFacts = {
  readonly name: string;
  readonly recipients: number;
  /** The domains of their addresses: these say to whom it goes, and name nobody. */
  readonly recipient_domains: readonly string[];
  readonly schedule: {
    readonly every: DigestPeriod;
    readonly weekday: number | null;
    readonly hour: number;
    readonly time_zone: string;
  };
  readonly filter: {
    readonly vrf_ids: readonly number[];
    readonly account_ids: readonly number[];
    readonly pool_ids: readonly number[];
    readonly tags: readonly string[];
  };
  readonly severity: FindingSeverity | null;
  readonly sections: readonly DigestSection[];
  readonly send_empty: boolean;
  readonly enabled: boolean;
  readonly version: number;
};

/** All that happens to digests. None of it has a place, or names a recipient. */
export const DIGEST_EVENTS = {
  'digest.create': eventType<Created<DigestFacts>>(),
  'digest.update': eventType<Changed<DigestFacts>>(),
  'digest.delete': eventType<Deleted<DigestFacts>>(),
  'digest.test': eventType<Created<{ readonly recipients: number }>>(),
  /** It was sent; some recipients may have been refused. */
  'digest.send':
    eventType<
      Created<{ readonly due_at: string; readonly recipients: number; readonly refused: number }>
    >(),
  /** It was not sent, and is not tried again before its next time. */
  'digest.fail': eventType<Created<{ readonly due_at: string; readonly attempts: number }>>(),
};

/** Writes the events of digests. */
export const digestEvent: EventWriter<typeof DIGEST_EVENTS> = eventsOf(DIGEST_EVENTS);

/** What the audit trail tells of a digest. */
export function digestFacts(digest: DigestSettings & Pick<Digest, 'version'>): DigestFacts {
  const { name, recipients, schedule, filter, severity, sections, version } = digest;
  const { every, weekday, hour, timeZone } = schedule;
  return {
    name,
    recipients: recipients.length,
    recipient_domains: [
      ...new Set(recipients.map((each) => each.slice(each.lastIndexOf('@') + 1).toLowerCase())),
    ].sort(),
    schedule: { every, weekday, hour, time_zone: timeZone },
    filter: placeFilterFacts(filter),
    severity,
    sections,
    send_empty: digest.sendsEmpty,
    enabled: digest.isEnabled,
    version,
  };
}

/** Why a digest cannot be kept or sent. */
export type DigestErrorCode =
  'digest_not_found' | 'too_many_digests' | 'name_taken' | 'version_mismatch' | 'mail_not_set_up';

/** A digest cannot be kept, or sent, as it was asked. */
export class DigestError extends Error {
  constructor(
    readonly code: DigestErrorCode,
    message: string,
    /** Of the request, where one is wrong. */
    readonly field?: string,
  ) {
    super(message);
    this.name = 'DigestError';
  }
}
