import { familyBits, parseAddress, tryParseAddress } from './address';
import type { Family } from './address';
import { compareCidrs, maskOf, parseCidr, tryParseCidr } from './cidr';
import type { Cidr } from './cidr';
import { CidrError, quoted } from './cidr-error';

/** Addresses from first to last, both included, in the 128-bit space; every {@link Cidr} is one. */
export interface AddressRange {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
}

/** How many addresses the range has; up to 2^128. */
export function addressCount(range: AddressRange): bigint {
  return range.last - range.first + 1n;
}

/** True when every address of `inner` is in `outer`. IPv4 is never in IPv6. */
export function contains(outer: AddressRange, inner: AddressRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** True when some address is in both. */
export function overlaps(a: AddressRange, b: AddressRange): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

/**
 * The smallest list of blocks that covers exactly the range, in address order; at most 2 x 128 - 2
 * of them.
 */
export function rangeToCidrs(range: AddressRange): Cidr[] {
  const { family, last } = range;
  const bits = familyBits(family);
  const blocks: Cidr[] = [];
  let first = range.first;
  let hostBits = 0;
  // Blocks first grow with the alignment, then shrink to the end, so hostBits moves up once and
  // down once.
  while (first <= last) {
    while (
      hostBits < bits &&
      (first & maskOf(hostBits + 1)) === 0n &&
      first + maskOf(hostBits + 1) <= last
    )
      hostBits++;
    while (first + maskOf(hostBits) > last) hostBits--;
    const end = first + maskOf(hostBits);
    blocks.push({ family, first, last: end, prefixLength: bits - hostBits });
    first = end + 1n;
  }
  return blocks;
}

/** The smallest list of blocks that covers the same addresses, sorted; families stay apart. */
export function merge(cidrs: readonly Cidr[]): Cidr[] {
  const merged = [4, 6].flatMap((family) => {
    const ranges: { family: Family; first: bigint; last: bigint }[] = [];
    for (const cidr of cidrs.filter((each) => each.family === family).sort(compareCidrs)) {
      const open = ranges.at(-1);
      if (!open || cidr.first > open.last + 1n)
        ranges.push({ family: cidr.family, first: cidr.first, last: cidr.last });
      else if (cidr.last > open.last) open.last = cidr.last;
    }
    return ranges.flatMap(rangeToCidrs);
  });
  return merged.sort(compareCidrs);
}

/**
 * Reads `10.0.0.4-10.0.0.9` (spaces around the dash allowed), a strict CIDR, or a single address.
 * @throws CidrError `invalid_address`; `invalid_cidr` when the ends are of two families or in the
 *   wrong order;
 *   and as {@link parseCidr}
 */
export function parseRange(text: string): AddressRange {
  return tryParseRange(text) ?? refuse(text);
}

/** {@link parseRange} that gives undefined instead of throwing. */
export function tryParseRange(text: string): AddressRange | undefined {
  if (text.includes('/')) {
    const block = tryParseCidr(text);
    return block && { family: block.family, first: block.first, last: block.last };
  }
  const [from, to = from] = endsOf(text);
  const first = tryParseAddress(from);
  const last = tryParseAddress(to);
  return first && last && first.family === last.family && first.value <= last.value
    ? { family: first.family, first: first.value, last: last.value }
    : undefined;
}

/** The two texts around the dash, or the one where there is none. */
function endsOf(text: string): [from: string, to?: string] {
  const dash = text.indexOf('-');
  if (dash < 0) return [text];
  let before = dash;
  while (text[before - 1] === ' ') before--;
  let after = dash + 1;
  while (text[after] === ' ') after++;
  return [text.slice(0, before), text.slice(after)];
}

/** Says why a text is not a range. */
function refuse(text: string): never {
  if (text.includes('/')) parseCidr(text);
  const [from, to = from] = endsOf(text);
  const { family } = parseAddress(from);
  throw new CidrError(
    'invalid_cidr',
    parseAddress(to).family === family
      ? `${quoted(text)} ends before it starts`
      : `${quoted(text)} mixes IPv4 and IPv6`,
  );
}
