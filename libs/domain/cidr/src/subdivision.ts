import { familyBits } from './address';
import { blockAround, checkPrefixLength } from './cidr';
import type { Cidr } from './cidr';

/**
 * The block of a shorter (or the same) prefix length that contains the block.
 * @throws CidrError `invalid_prefix_length` when it is longer than the block's
 */
export function supernet(cidr: Cidr, prefixLength: number): Cidr {
  checkPrefixLength(prefixLength, 0, cidr.prefixLength);
  return blockAround(cidr.family, cidr.first, prefixLength);
}

/**
 * All subnets of a prefix length, in address order, one at a time: there may be 2^112 of them.
 * @throws CidrError `invalid_prefix_length`, at once, when it is shorter than the block's or too
 *   long for the family
 */
export function split(cidr: Cidr, prefixLength: number): Generator<Cidr> {
  checkSubnetLength(cidr, prefixLength);
  return subnets(cidr, prefixLength);
}

/**
 * The lower and the upper half of a block.
 * @throws CidrError `invalid_prefix_length` for a single address
 */
export function halves(cidr: Cidr): [Cidr, Cidr] {
  const prefixLength = cidr.prefixLength + 1;
  checkSubnetLength(cidr, prefixLength);
  return [
    blockAround(cidr.family, cidr.first, prefixLength),
    blockAround(cidr.family, cidr.last, prefixLength),
  ];
}

/** The buddy: the other half of the supernet that is one bit shorter. A /0 has none. */
export function sibling(cidr: Cidr): Cidr | undefined {
  if (cidr.prefixLength === 0) return undefined;
  const size = cidr.last - cidr.first + 1n;
  return blockAround(cidr.family, cidr.first ^ size, cidr.prefixLength);
}

/**
 * How many subnets of a prefix length the block has: 2^(prefixLength - own prefix length).
 * @throws CidrError `invalid_prefix_length` as {@link split}
 */
export function subnetCount(cidr: Cidr, prefixLength: number): bigint {
  checkSubnetLength(cidr, prefixLength);
  return 1n << BigInt(prefixLength - cidr.prefixLength);
}

/**
 * The subnet at a position, counted from 0 in address order.
 * @throws CidrError `invalid_prefix_length` as {@link split}
 * @throws RangeError when the index is negative or at or past {@link subnetCount}
 */
export function nthSubnet(cidr: Cidr, prefixLength: number, index: bigint): Cidr {
  const count = subnetCount(cidr, prefixLength);
  if (index < 0n || index >= count) {
    throw new RangeError(
      `subnet ${index} does not exist; the block has ${count} of /${prefixLength}`,
    );
  }
  const hostBits = BigInt(familyBits(cidr.family) - prefixLength);
  return blockAround(cidr.family, cidr.first + (index << hostBits), prefixLength);
}

function checkSubnetLength(cidr: Cidr, prefixLength: number): void {
  checkPrefixLength(prefixLength, cidr.prefixLength, familyBits(cidr.family));
}

function* subnets(cidr: Cidr, prefixLength: number): Generator<Cidr> {
  let next = cidr.first;
  while (next <= cidr.last) {
    const subnet = blockAround(cidr.family, next, prefixLength);
    yield subnet;
    next = subnet.last + 1n;
  }
}
