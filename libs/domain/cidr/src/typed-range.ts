import { formatAddress, IPV4_SPACE, isInIpv4Space, tryParseAddress, type Family } from './address';
import { rangeToCidrs, tryParseRange, type AddressRange } from './address-range';
import { readIpv4, readIpv6 } from './address-text';
import { blockAround, formatCidr } from './cidr';

/** Addresses that somebody typed. */
export interface TypedRange {
  readonly range: AddressRange;
  readonly form: 'ip' | 'cidr' | 'range';
  /**
   * Whether it stood there word for word; otherwise it was guessed, and a person should be told
   * how.
   */
  readonly literal: boolean;
}

const LONGEST = 120;
const BRACKETED = /^\[([^[\]]+)\](?::\d{1,5})?$/;
const WITH_PORT = /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/;
const WITH_MASK = /^([^\s/]+)(?:\s*\/\s*|\s+)([^\s/]+)$/;
const FROM_TO = /^([^\s–—-]+)\s*(?:[-–—]|\s(?:to)\s)\s*([^\s–—-]+)$/;
const PARTIAL_IPV4 = /^\d{1,3}(?:\.\d{1,3}){0,2}(?:\.[x*]?){0,3}$/;
const PARTIAL_IPV6 = /^[0-9a-f]{4}(?::[0-9a-f]{1,4}){0,6}:?$/i;

/**
 * Reads addresses as people write them: strictly first (`parseRange`), then an address with a
 * mask (`10.0.2.1/24`,
 * `10.0.2.0 255.255.255.0`, a wildcard mask), a range with other dashes, with its last octet alone
 * or turned round, the beginning of an address (`10.200`, `2001:db8:abcd`), brackets, a port, a
 * zone, and an IPv4-mapped address.
 * @returns undefined for what is none of these
 */
export function readTypedRange(text: string): TypedRange | undefined {
  if (text.length > LONGEST) return undefined;
  const literal = tryParseRange(text);
  if (literal)
    return typed(literal, text.includes('/') ? 'cidr' : text.includes('-') ? 'range' : 'ip', true);
  const address = oneAddress(text);
  if (address) return typed(address, 'ip', false);
  const block = withMask(text) ?? partial(text);
  if (block) return typed(block, 'cidr', false);
  const range = fromTo(text);
  return range && typed(range, 'range', false);
}

/** A range as text: an address, a block, or `first-last`. */
export function formatRange(range: AddressRange): string {
  const [block, ...others] = rangeToCidrs(range);
  const first = formatAddress(range.family, range.first);
  if (range.first === range.last) return first;
  return block && others.length === 0
    ? formatCidr(block)
    : `${first}-${formatAddress(range.family, range.last)}`;
}

function typed(
  { family, first, last }: AddressRange,
  form: TypedRange['form'],
  literal: boolean,
): TypedRange {
  return { range: { family, first, last }, form, literal };
}

function oneAddress(text: string): AddressRange | undefined {
  const bare = (BRACKETED.exec(text)?.[1] ?? WITH_PORT.exec(text)?.[1] ?? text).replace(
    /%[\w.-]+$/,
    '',
  );
  const value = readIpv6(bare, 0, bare.length);
  if (value !== undefined && isInIpv4Space(value)) return { family: 4, first: value, last: value };
  return bare === text ? undefined : tryParseRange(bare);
}

function withMask(text: string): AddressRange | undefined {
  const [, before = '', after = ''] = WITH_MASK.exec(text) ?? [];
  const bare = BRACKETED.exec(before)?.[1] ?? before;
  const start = tryParseAddress(bare) ?? beginning(bare);
  const length = start && prefixOf(start.family, after);
  return start && length !== undefined ? blockAround(start.family, start.value, length) : undefined;
}

/** The prefix length that `24`, `255.255.255.0` or `0.0.0.255` stand for. */
function prefixOf(family: Family, mask: string): number | undefined {
  if (/^\d{1,3}$/.test(mask))
    return Number(mask) <= (family === 4 ? 32 : 128) ? Number(mask) : undefined;
  const bits = family === 4 ? readIpv4(mask, 0, mask.length) : -1;
  if (bits < 0) return undefined;
  const text = bits.toString(2).padStart(32, '0');
  const [ones, host] = [/^(1*)0*$/.exec(text)?.[1], /^(0*)1*$/.exec(text)?.[1]];
  return ones?.length ?? host?.length;
}

function partial(text: string): AddressRange | undefined {
  const start = /[.:]/.test(text) ? beginning(text) : undefined;
  return start && blockAround(start.family, start.value, start.prefixLength);
}

/** The first address of all that begin like this. */
function beginning(
  text: string,
): { family: Family; value: bigint; prefixLength: number } | undefined {
  if (PARTIAL_IPV4.test(text)) {
    const octets = text.split('.').filter((octet) => /^\d/.test(octet));
    const whole = [...octets, '0', '0', '0'].slice(0, 4).join('.');
    const bits = readIpv4(whole, 0, whole.length);
    return bits < 0 || octets.length > 3
      ? undefined
      : { family: 4, value: IPV4_SPACE + BigInt(bits), prefixLength: octets.length * 8 };
  }
  if (!PARTIAL_IPV6.test(text)) return undefined;
  const groups = text.split(':').filter((group) => group !== '');
  const value = readIpv6(`${groups.join(':')}::`, 0, groups.join(':').length + 2);
  return value === undefined ? undefined : { family: 6, value, prefixLength: groups.length * 16 };
}

function fromTo(text: string): AddressRange | undefined {
  const [, before = '', after = ''] = FROM_TO.exec(text) ?? [];
  const first = tryParseAddress(before);
  const whole = /^\d{1,3}$/.test(after) ? before.replace(/\d+$/, after) : after;
  const last = tryParseAddress(whole);
  if (!first || first.family !== last?.family) return undefined;
  const [low, high] =
    first.value <= last.value ? [first.value, last.value] : [last.value, first.value];
  return { family: first.family, first: low, last: high };
}
