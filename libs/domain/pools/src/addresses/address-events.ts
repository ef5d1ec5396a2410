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
import type { Tags } from '../pool';
import {
  formatHost,
  type AddressRecord,
  type AddressRole,
  type AddressStatus,
} from './address-record';

/** An address's own facts as its events tell them, in version 1. */
export type AddressFacts = {
  readonly address: string;
  readonly vrf_id: number;
  readonly name: string;
  readonly status: AddressStatus;
  readonly role: AddressRole;
  readonly dns_name: string | null;
  readonly mac: string | null;
  readonly account_id: number | null;
  readonly description: string;
  readonly tags: Tags;
  readonly expires_at?: string | null;
};

/** All that happens to addresses. */
export const ADDRESS_EVENTS = {
  'address.create': eventType<Created<AddressFacts>, Located>(),
  'address.allocate': eventType<Created<AddressFacts>, Located>(),
  'address.update': eventType<Changed<AddressFacts>, Located>(),
  'address.move': eventType<Changed<AddressFacts>, Located>(),
  'address.delete': eventType<Deleted<AddressFacts>, Located>(),
};

const addressEvent = eventsOf(ADDRESS_EVENTS);

/** The event that an address was taken, in one of the ways. */
export function addressMade(
  change: Change,
  type: 'address.create' | 'address.allocate',
  record: AddressRecord,
): NewAuditEntry {
  const told = { before: null, after: addressFacts(record), place: placeOf(record) };
  return addressEvent(change, type, record.id, told);
}

/** The event that an address was changed, in one of the ways; none where its facts are as before. */
export function addressChanged(
  change: Change,
  type: 'address.update' | 'address.move',
  before: AddressRecord,
  after: AddressRecord,
): readonly NewAuditEntry[] {
  const diff = diffOf(addressFacts(before), addressFacts(after));
  const [place, formerPlace] = [placeOf(after), placeOf(before)];
  return diff ? [addressEvent(change, type, before.id, { ...diff, place, formerPlace })] : [];
}

/** The event that an address is given back. */
export function addressDeleted(change: Change, record: AddressRecord): NewAuditEntry {
  const told = { before: addressFacts(record), after: null, place: placeOf(record) };
  return addressEvent(change, 'address.delete', record.id, told);
}

function placeOf({ accountId, vrfId, cidr }: AddressRecord): Located {
  return { accountId, vrfId, cidr, kind: 'address' };
}

function addressFacts(record: AddressRecord): AddressFacts {
  return {
    address: formatHost(record.cidr),
    vrf_id: record.vrfId,
    name: record.name,
    status: record.status,
    role: record.role,
    dns_name: record.dnsName,
    mac: record.mac,
    account_id: record.accountId,
    description: record.description,
    tags: record.tags,
    expires_at: record.expiresAt?.toISOString() ?? null,
  };
}
