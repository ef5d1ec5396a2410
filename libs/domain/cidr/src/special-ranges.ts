import { IPV4_SPACE } from './address';
import type { Family } from './address';
import { overlaps } from './address-range';
import { blockAround, parseCidr, sameCidr } from './cidr';
import type { Cidr } from './cidr';

/** Shortest and longest prefix length a pool may have, in the family's own bits. */
export const POOL_PREFIX_LIMITS = {
  4: { min: 4, max: 32 },
  6: { min: 1, max: 128 },
} as const satisfies Record<Family, { min: number; max: number }>;

interface RefusedRange {
  readonly cidr: Cidr;
  readonly range: string;
  readonly reason: string;
}

// From the special-purpose registries of IANA (RFC 6890), those that no network can be planned in.
const REFUSED: readonly RefusedRange[] = [
  refused('0.0.0.0/8', 'this network (RFC 791)'),
  refused('127.0.0.0/8', 'loopback (RFC 1122)'),
  refused('169.254.0.0/16', 'link-local (RFC 3927)'),
  refused('224.0.0.0/4', 'multicast (RFC 5771)'),
  refused('::/128', 'the unspecified address (RFC 4291)'),
  refused('::1/128', 'loopback (RFC 4291)'),
  refused('fe80::/10', 'link-local (RFC 4291)'),
  refused('ff00::/8', 'multicast (RFC 4291)'),
  // parseCidr refuses to read this one as IPv6, and that is the point of it.
  {
    cidr: blockAround(6, IPV4_SPACE, 96),
    range: '::ffff:0:0/96',
    reason: 'IPv4-mapped (RFC 4291)',
  },
];

/**
 * The limited broadcast address is no pool of its own, yet lies in 240.0.0.0/4, which Google Cloud
 * takes for subnets.
 */
const BROADCAST = refused('255.255.255.255/32', 'the limited broadcast address (RFC 919)');

/**
 * The range that keeps a block from being a pool: the lowest refused range that it lies in,
 * overlaps or contains.
 * @returns the range's text and what it is for, or undefined when the block may be a pool
 */
export function refusedRange(cidr: Cidr): { range: string; reason: string } | undefined {
  const hit = sameCidr(BROADCAST.cidr, cidr)
    ? BROADCAST
    : REFUSED.find((each) => overlaps(each.cidr, cidr));
  return hit && { range: hit.range, reason: hit.reason };
}

function refused(range: string, reason: string): RefusedRange {
  return { cidr: parseCidr(range), range, reason };
}
