export { addressBytes, addressFromBytes, familyBits, formatAddress, parseAddress } from './address';
export type { Family } from './address';
export { addressCount, contains, merge, overlaps, parseRange, rangeToCidrs } from './address-range';
export type { AddressRange } from './address-range';
export {
  blockAround,
  cidrAt,
  cidrOf128,
  compareCidrs,
  formatCidr,
  hostBits,
  parseCidr,
  prefixLength128,
  sameCidr,
  tryParseCidr,
} from './cidr';
export type { Cidr } from './cidr';
export { CidrError } from './cidr-error';
export type { CidrErrorCode } from './cidr-error';
export { chooseBlocks, freeBlocks, largestFree, subtract } from './free-space';
export type { Strategy } from './free-space';
export { formatRange, readTypedRange } from './typed-range';
export type { TypedRange } from './typed-range';
export { POOL_PREFIX_LIMITS, refusedRange } from './special-ranges';
export { halves, nthSubnet, sibling, split, subnetCount, supernet } from './subdivision';
