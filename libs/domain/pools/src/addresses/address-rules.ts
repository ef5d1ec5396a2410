import { CLOUDS } from '@cloudpam/clouds';
import { familyBits, formatCidr, refusedRange, sameCidr, type Cidr } from '@cloudpam/cidr';
import { PoolError } from '../pool-error';
import type { Pool } from '../pool';
import { checkNamed } from '../pool-rules';
import { formatHost, hostOf, type AddressFields, type AddressRecord } from './address-record';

/** Characters of a DNS name (RFC 1035 2.3.4), without the trailing dot. */
export const DNS_NAME_LENGTH = 253;

/** Why nobody gets an address of a pool. */
export type ForbiddenReason = 'network' | 'broadcast' | 'router_anycast' | 'cloud';

/** An address that nobody gets, computed and never stored. */
export interface ForbiddenAddress {
  readonly cidr: Cidr;
  readonly reason: ForbiddenReason;
}

const REASONS: Readonly<Record<ForbiddenReason, string>> = {
  network: 'is its network address',
  broadcast: 'is its broadcast address',
  router_anycast: 'is the anycast address of its routers (RFC 4291)',
  cloud: 'is kept by the cloud',
};

/**
 * The addresses of a pool that nobody gets, in address order: of a subnet of IPv4 the network and broadcast address
 * (not of a /31, RFC 3021, nor of a /32), of IPv6 the subnet-router anycast address (RFC 4291 2.6.1; not of a /127,
 * RFC 6164, nor of a /128), and what the cloud keeps for itself. A secondary range has no such addresses.
 */
export function forbiddenIn({
  cidr,
  kind,
  provider,
}: Pick<Pool, 'cidr' | 'kind' | 'provider'>): ForbiddenAddress[] {
  if (kind === 'secondary_range') return [];
  const { family, first, last, prefixLength } = cidr;
  const reasons = new Map<bigint, ForbiddenReason>();
  if (familyBits(family) - prefixLength > 1) {
    reasons.set(first, family === 4 ? 'network' : 'router_anycast');
    if (family === 4) reasons.set(last, 'broadcast');
  }
  const kept = provider ? CLOUDS[provider].reservedAt(kind, family) : { first: 0n, last: 0n };
  const from = (offset: bigint): void => {
    const value = offset < 0n ? last + 1n + offset : first + offset;
    if (value >= first && value <= last && !reasons.has(value)) reasons.set(value, 'cloud');
  };
  for (let n = 0n; n < kept.first; n++) from(n);
  for (let n = 1n; n <= kept.last; n++) from(-n);
  return [...reasons]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([value, reason]) => ({ cidr: hostOf(family, value), reason }));
}

/** Why nobody gets an address of a pool; undefined where somebody may. */
export function forbiddenAt(
  pool: Pick<Pool, 'cidr' | 'kind' | 'provider'>,
  host: Cidr,
): ForbiddenAddress | undefined {
  return forbiddenIn(pool).find(({ cidr }) => sameCidr(cidr, host));
}

/** The error for an address of a pool that nobody gets. */
export function forbiddenError(pool: Pool, forbidden: ForbiddenAddress): PoolError {
  const text = forbiddenText(`pool ${pool.id}, ${formatCidr(pool.cidr)}`, forbidden);
  return new PoolError('address_reserved', text, { field: 'address', conflicts: [pool] });
}

/** What is said of an address that nobody gets. @param pool as a person knows it */
export function forbiddenText(pool: string, { cidr, reason }: ForbiddenAddress): string {
  return `${formatHost(cidr)} ${REASONS[reason]}: ${pool}. Choose another one.`;
}

/** Checks that an address can be somebody's: ADR 0023. @throws PoolError `refused_range` */
export function checkHost(cidr: Cidr): void {
  const refused = refusedRange(cidr);
  if (refused)
    throw new PoolError(
      'refused_range',
      `${formatHost(cidr)} lies in ${refused.range}, ${refused.reason}: nobody has it.`,
      { field: 'address' },
    );
}

/** The error for an address that somebody has. */
export function addressTaken(record: AddressRecord): PoolError {
  const { id, cidr, name } = record;
  const named = name === '' ? '' : `, ${name}`;
  return new PoolError(
    'address_taken',
    `${formatHost(cidr)} is taken: address record ${id}${named}. Choose another one.`,
    { field: 'address', addresses: [record] },
  );
}

/** The error for an address record that is not there, or that the caller may not know of. */
export function addressNotFound(id: number): PoolError {
  return new PoolError('address_not_found', `There is no address record ${id}.`);
}

/** Checks what is set of an address. @throws PoolError `invalid_field` */
export function checkAddressFields(fields: Partial<AddressFields>): void {
  const { name, ...rest } = fields;
  checkNamed({ ...rest, ...(name === undefined || name === '' ? {} : { name }) });
  if (fields.dnsName) checkDnsName(fields.dnsName);
  if (fields.mac && !isMac(fields.mac))
    throw new PoolError('invalid_field', 'mac is six pairs of hexadecimal digits (EUI-48).', {
      field: 'mac',
    });
}

/** Six pairs, as IEEE 802 and Windows write them, three fours as Cisco does, and without anything between. */
const MAC_FORMS = [
  /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/,
  /^([0-9a-f]{2}-){5}[0-9a-f]{2}$/,
  /^([0-9a-f]{4}\.){2}[0-9a-f]{4}$/,
  /^[0-9a-f]{12}$/,
];

/** Whether a text is a MAC address as it is kept. */
export function isMac(text: string): boolean {
  return /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(text);
}

/** A DNS name as it is kept: in lower case, without the trailing dot; null for an empty one. */
export function dnsNameOf(text: string): string | null {
  return text.toLowerCase().replace(/\.$/, '') || null;
}

/** A MAC address as it is kept, of any of the usual forms; null for an empty one, the text where it is none. */
export function macOf(text: string): string | null {
  const given = text.toLowerCase();
  if (given === '') return null;
  if (!MAC_FORMS.some((form) => form.test(given))) return text;
  return (given.replace(/[:.-]/g, '').match(/../g) ?? []).join(':');
}

/**
 * Whether a text is a DNS name as it is kept: RFC 1123 2.1, labels of up to 63 characters, with underscores as names of
 * services have them (RFC 2782); the first may be `*`. What reads as an IPv4 address is none.
 */
export function isDnsName(name: string): boolean {
  const isLabel = (label: string, at: number): boolean =>
    /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label) || (at === 0 && label === '*');
  const labels = name.split('.');
  const isAddress = labels.length === 4 && labels.every((label) => /^\d+$/.test(label));
  return name.length <= DNS_NAME_LENGTH && labels.every(isLabel) && !isAddress;
}

function checkDnsName(name: string): void {
  if (isDnsName(name)) return;
  throw new PoolError(
    'invalid_field',
    'dns_name has labels of letters, digits, underscores and inner hyphens, of 63 characters at most, and ' +
      `${DNS_NAME_LENGTH} in all (RFC 1123); the first may be *, and it is no address.`,
    { field: 'dns_name' },
  );
}
