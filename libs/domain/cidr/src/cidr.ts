import { IPV4_SPACE, checkAddress, familyBits, formatAddress, isInIpv4Space } from './address';
import type { Family } from './address';
import { readIpv4, readIpv6, writeIpv4 } from './address-text';
import { CidrError, quoted } from './cidr-error';

/**
 * A canonical block (RFC 4632): aligned, no host bits. It only comes from the functions of this
 * library.
 * `first` and `last` are addresses in one 128-bit space, IPv4 as IPv4-mapped (::ffff:a.b.c.d),
 * so one order serves both families.
 */
export interface Cidr {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
  /** In the family's own bits: a /24 is 24. */
  readonly prefixLength: number;
}

// HOST_MASK[n] has the n lowest bits set.
const HOST_MASK: readonly bigint[] = Array.from(
  { length: 129 },
  (_, bits) => (1n << BigInt(bits)) - 1n,
);

/**
 * Reads a block such as `10.0.0.0/16` or `2001:db8::/32`. Strict: no leading zeros in IPv4 octets
 * and prefix lengths, no spaces, no zone id, no host bits. IPv6 may be spelled in any form and
 * case. A block inside ::ffff:0:0/96 is refused: it is IPv4 and must be written so.
 * @throws CidrError `invalid_cidr`, `invalid_prefix_length`, or `not_canonical` with the canonical
 *   form as suggestion
 */
export function parseCidr(text: string): Cidr {
  return tryParseCidr(text) ?? refuse(text);
}

/** {@link parseCidr} that gives undefined instead of throwing. */
export function tryParseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const prefixLength = readPrefixLength(text, slash + 1);
  if (prefixLength < 0) return undefined;
  const bits = readIpv4(text, 0, slash);
  if (bits >= 0) {
    return prefixLength <= 32
      ? alignedBlock(4, IPV4_SPACE + BigInt(bits), prefixLength)
      : undefined;
  }
  const value = readIpv6(text, 0, slash);
  if (value === undefined || prefixLength > 128 || isIpv4Block(value, prefixLength))
    return undefined;
  return alignedBlock(6, value, prefixLength);
}

/** Canonical text of a block; {@link parseCidr} reads it back to the same block. */
export function formatCidr(cidr: Cidr): string {
  return `${formatAddress(cidr.family, cidr.first)}/${cidr.prefixLength}`;
}

/**
 * The block that starts at an address of the 128-bit space.
 * @param prefixLength in the family's own bits
 * @throws CidrError `invalid_prefix_length`, `invalid_address`, `not_canonical` when `first` has
 *   host bits,
 *   `invalid_cidr` for an IPv6 block inside ::ffff:0:0/96
 */
export function cidrAt(family: Family, first: bigint, prefixLength: number): Cidr {
  checkPrefixLength(prefixLength, 0, familyBits(family));
  checkAddress(family, first);
  const block = alignedBlock(family, first, prefixLength);
  const isIpv4 = family === 6 && isIpv4Block(first, prefixLength);
  if (block && !isIpv4) return block;
  const text = `${formatAddress(family, first)}/${prefixLength}`;
  throw isIpv4
    ? notIpv6(text, first, prefixLength)
    : notCanonical(text, family, first, prefixLength);
}

/**
 * The block from its storage form.
 * @param prefixLength128 prefix bits in the 128-bit space: 120 for an IPv4 /24. The family is 4 if
 *   and only if the
 *   block lies inside ::ffff:0:0/96
 * @throws CidrError as {@link cidrAt}
 */
export function cidrOf128(first: bigint, prefixLength128: number): Cidr {
  return isIpv4Block(first, prefixLength128)
    ? cidrAt(4, first, prefixLength128 - 96)
    : cidrAt(6, first, prefixLength128);
}

/** Prefix bits in the 128-bit space, the storage form: 120 for an IPv4 /24. */
export function prefixLength128(cidr: Cidr): number {
  return cidr.family === 4 ? cidr.prefixLength + 96 : cidr.prefixLength;
}

/** Bits below the prefix: 8 for an IPv4 /24. The block has 2^hostBits addresses. */
export function hostBits(cidr: Cidr): number {
  return familyBits(cidr.family) - cidr.prefixLength;
}

/** Order for sorting: by first address, then the shorter prefix (the larger block) first. */
export function compareCidrs(a: Cidr, b: Cidr): number {
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.prefixLength - b.prefixLength;
}

/** True when both are the same block. */
export function sameCidr(a: Cidr, b: Cidr): boolean {
  return a.family === b.family && a.first === b.first && a.prefixLength === b.prefixLength;
}

/** The block of `prefixLength` around an address; trusts its arguments. */
export function blockAround(family: Family, address: bigint, prefixLength: number): Cidr {
  const mask = maskOf(familyBits(family) - prefixLength);
  const last = address | mask;
  return { family, first: last ^ mask, last, prefixLength };
}

/** The `hostBits` lowest bits set; 0 to 128 of them. */
export function maskOf(hostBits: number): bigint {
  return HOST_MASK[hostBits] as bigint; // prefix lengths are checked before they get here
}

/** @throws CidrError `invalid_prefix_length` unless it is a whole number in [min, max] */
export function checkPrefixLength(prefixLength: number, min: number, max: number): void {
  if (Number.isInteger(prefixLength) && prefixLength >= min && prefixLength <= max) return;
  const message = `a prefix length of /${prefixLength} is not possible here; it must be /${min} to /${max}`;
  throw new CidrError('invalid_prefix_length', message);
}

function alignedBlock(family: Family, first: bigint, prefixLength: number): Cidr | undefined {
  const mask = maskOf(familyBits(family) - prefixLength);
  return (first & mask) === 0n ? { family, first, last: first | mask, prefixLength } : undefined;
}

function isIpv4Block(first: bigint, prefixLength128: number): boolean {
  return prefixLength128 >= 96 && isInIpv4Space(first);
}

/**
 * A prefix length from `start` to the end of the text: decimal, no leading zero. -1 if malformed,
 * 129 if larger.
 */
function readPrefixLength(text: string, start: number): number {
  if (start === text.length || (text[start] === '0' && start + 1 < text.length)) return -1;
  let value = 0;
  for (let at = start; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = Math.min(value * 10 + digit, 129);
  }
  return value;
}

/** Says why a text is not a block. Apart from the reader, so that reading stays fast. */
function refuse(text: string): never {
  const slash = text.indexOf('/');
  const end = slash < 0 ? text.length : slash;
  const bits = readIpv4(text, 0, end);
  const family: Family = bits >= 0 ? 4 : 6;
  const value = bits >= 0 ? IPV4_SPACE + BigInt(bits) : readIpv6(text, 0, end);
  if (value === undefined) {
    throw invalid(
      `${quoted(text)} is not an IPv4 or IPv6 CIDR such as 10.0.0.0/16 or 2001:db8::/32`,
    );
  }
  if (slash < 0) {
    if (family === 6 && isIpv4Block(value, 128)) throw notIpv6(text, value, 128);
    throw invalid(`${text} has no prefix length; one address is ${text}/${familyBits(family)}`);
  }
  const prefixLength = readPrefixLength(text, slash + 1);
  if (prefixLength < 0) {
    throw invalid(
      `${quoted(text)} has a malformed prefix length; write it as a plain number, such as /24`,
    );
  }
  if (prefixLength > familyBits(family)) {
    const message = `${quoted(text)} is not possible: an IPv${family} prefix length is /0 to /${familyBits(family)}`;
    throw new CidrError('invalid_prefix_length', message);
  }
  if (family === 6 && isIpv4Block(value, prefixLength)) throw notIpv6(text, value, prefixLength);
  throw notCanonical(text, family, value, prefixLength);
}

function invalid(message: string): CidrError {
  return new CidrError('invalid_cidr', message);
}

function notIpv6(text: string, value: bigint, prefixLength: number): CidrError {
  return invalid(`${text} is an IPv4 block; write it as ${writeIpv4(value)}/${prefixLength - 96}`);
}

function notCanonical(
  text: string,
  family: Family,
  value: bigint,
  prefixLength: number,
): CidrError {
  const suggestion = formatCidr(blockAround(family, value, prefixLength));
  return new CidrError(
    'not_canonical',
    `${text} is not canonical; did you mean ${suggestion}?`,
    suggestion,
  );
}
