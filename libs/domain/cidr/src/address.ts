import { readIpv4, readIpv6, writeIpv4, writeIpv6 } from './address-text';
import { CidrError, quoted } from './cidr-error';

/** IP version. */
export type Family = 4 | 6;

/** Where IPv4 lies in the 128-bit space: ::ffff:0:0/96 (RFC 4291 section 2.5.5.2). */
export const IPV4_SPACE = 0xffff_0000_0000n;

const ADDRESS_LIMIT = 1n << 128n;

/** Bits of an address of the family as people write it. */
export function familyBits(family: Family): 32 | 128 {
  return family === 4 ? 32 : 128;
}

/** True for an address in ::ffff:0:0/96, where IPv4 lies. */
export function isInIpv4Space(value: bigint): boolean {
  return value >> 32n === 0xffffn;
}

/**
 * Reads one IPv4 or IPv6 address; the value is in the 128-bit space (IPv4 as IPv4-mapped).
 * IPv6 may be spelled in any form and case. IPv4-mapped text is refused, because it names an IPv4
 * address.
 * @throws CidrError `invalid_address`
 */
export function parseAddress(text: string): { family: Family; value: bigint } {
  return tryParseAddress(text) ?? refuse(text);
}

/** {@link parseAddress} that gives undefined instead of throwing. */
export function tryParseAddress(text: string): { family: Family; value: bigint } | undefined {
  const bits = readIpv4(text, 0, text.length);
  if (bits >= 0) return { family: 4, value: IPV4_SPACE + BigInt(bits) };
  const value = readIpv6(text, 0, text.length);
  return value === undefined || isInIpv4Space(value) ? undefined : { family: 6, value };
}

/** Says why a text is not an address. */
function refuse(text: string): never {
  const value = readIpv6(text, 0, text.length);
  throw new CidrError(
    'invalid_address',
    value === undefined
      ? `${quoted(text)} is not an IPv4 or IPv6 address`
      : `${text} is an IPv4 address; write it as ${writeIpv4(value)}`,
  );
}

/**
 * Canonical text of an address in the 128-bit space: dotted quad, or RFC 5952.
 * @throws CidrError `invalid_address` when the value is not an address of the family
 */
export function formatAddress(family: Family, value: bigint): string {
  checkAddress(family, value);
  return family === 4 ? writeIpv4(value) : writeIpv6(value);
}

/**
 * @throws CidrError `invalid_address` when the value is not an address of the family in the 128-bit
 * space
 */
export function checkAddress(family: Family, value: bigint): void {
  const fits = family === 4 ? isInIpv4Space(value) : value >= 0n && value < ADDRESS_LIMIT;
  if (!fits)
    throw new CidrError(
      'invalid_address',
      `${value} is not an IPv${family} address in the 128-bit space`,
    );
}

/**
 * The 16 bytes, big endian, of an address in the 128-bit space: the form that is stored and that
 * sorts.
 * @throws CidrError `invalid_address` when the value does not fit 128 bits
 */
export function addressBytes(value: bigint): Uint8Array {
  checkAddress(6, value);
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, value >> 64n);
  view.setBigUint64(8, BigInt.asUintN(64, value));
  return bytes;
}

/**
 * The address in the 128-bit space that {@link addressBytes} wrote.
 * @throws CidrError `invalid_address` unless there are 16 bytes
 */
export function addressFromBytes(bytes: Uint8Array): bigint {
  if (bytes.length !== 16)
    throw new CidrError('invalid_address', `an address has 16 bytes, not ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
  return (view.getBigUint64(0) << 64n) | view.getBigUint64(8);
}
