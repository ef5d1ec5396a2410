import {
  auditRecord,
  type AuditRecord,
  type DiffValue,
  type Place,
  type SealedEvent,
} from '@cloudpam/audit';
import { formatCidr } from '@cloudpam/cidr';

/** What the type of each of our events begins with: the reverse of our domain name, as CloudEvents has it. */
export const EVENT_TYPE_PREFIX = 'org.cloudpam.';

/** Digits of a sequence: those of the largest whole number that JSON carries unharmed. */
const SEQUENCE_DIGITS = 16;

/**
 * Where the API has what events are about by their ids, below `/api/v1`. What it does not have so, as a finding, goes
 * by the name of its entity.
 */
const COLLECTIONS: { readonly [entityType: string]: string } = {
  pool: 'pools',
  address: 'addresses',
  range: 'ranges',
  account: 'accounts',
  vrf: 'vrfs',
  vlan_group: 'vlan-groups',
  vlan: 'vlans',
  network: 'discovery/networks',
  resource: 'discovery/resources',
  job: 'discovery/jobs',
  token: 'tokens',
  user: 'users',
  import_map: 'import/maps',
  digest: 'digests',
  webhook: 'webhooks',
};

/** Where something is, in the names of the wire; what does not apply is null. */
export interface EventPlace {
  readonly vrf_id: number | null;
  readonly account_id: number | null;
  readonly cidr: string | null;
  readonly kind: string | null;
}

/** What an event tells, in the names of the audit trail. */
export interface CloudEventData {
  readonly entity_type: string;
  readonly entity_id: string;
  readonly actor: AuditRecord['actor'];
  readonly request_id: string;
  readonly reason: string | null;
  /** After the event; of what the event ends, before it. */
  readonly place: EventPlace | null;
  /** Before the event, where that was elsewhere. */
  readonly former_place: EventPlace | null;
  /** The fields that differ, as they were; null for a creation. */
  readonly before: { readonly [field: string]: DiffValue } | null;
  /** The fields that differ, as they are now; null for a deletion. */
  readonly after: { readonly [field: string]: DiffValue } | null;
}

/** An event of the log as it is told to others: CloudEvents 1.0, structured JSON, with the extension `sequence`. */
export interface CloudEvent {
  readonly specversion: '1.0';
  /** The place in the chain of the log: the same however often it is told. */
  readonly id: string;
  /** The public URL of the server. */
  readonly source: string;
  /** `org.cloudpam.pool.create.v1`: the action of the audit trail, and the version of its state. */
  readonly type: string;
  /** `pools/42` */
  readonly subject: string;
  /** Of the request that caused it, ISO 8601. */
  readonly time: string;
  /** The id with leading zeros: as text it sorts as the log does. */
  readonly sequence: string;
  readonly datacontenttype: 'application/json';
  readonly data: CloudEventData;
}

/**
 * An event of the log as others are told of it. It is the same, byte by byte in JSON, each time.
 * @param source the public URL of the server
 */
export function cloudEventOf({ seal, entry }: SealedEvent, source: string): CloudEvent {
  const { actor, entity_type, entity_id, request_id, reason, diff, timestamp } = auditRecord(entry);
  return {
    specversion: '1.0',
    id: String(seal.seq),
    source,
    type: cloudEventType(entry.type, entry.version),
    subject: cloudEventSubject(entity_type, entity_id),
    time: timestamp,
    sequence: String(seal.seq).padStart(SEQUENCE_DIGITS, '0'),
    datacontenttype: 'application/json',
    data: {
      entity_type,
      entity_id,
      actor,
      request_id,
      reason,
      place: entry.place && placeOf(entry.place),
      former_place: entry.formerPlace && placeOf(entry.formerPlace),
      before: diff.before,
      after: diff.after,
    },
  };
}

/** What an event is about, as others know it: `pools/42`. */
export function cloudEventSubject(entityType: string, entityId: string): string {
  return `${COLLECTIONS[entityType] ?? entityType}/${entityId}`;
}

/** The type that others know an event by: `org.cloudpam.pool.create.v1`. */
export function cloudEventType(type: string, version: number): string {
  return `${EVENT_TYPE_PREFIX}${type}.v${version}`;
}

function placeOf({ vrfId, accountId, cidr, kind }: Place): EventPlace {
  return { vrf_id: vrfId, account_id: accountId, cidr: cidr && formatCidr(cidr), kind };
}
