import {
  CidrError,
  familyBits,
  formatCidr,
  nthSubnet,
  parseCidr,
  POOL_PREFIX_LIMITS,
  tryParseCidr,
} from '@cloudpam/cidr';
import { countText } from '../format/counts';

/** A prefix length to choose, with its size: `/24 · 256 addresses`. */
export interface PrefixChoice {
  readonly value: string;
  readonly label: string;
}

/**
 * The prefix lengths that fit into a block: from its own (`orLonger` false: the next one) to the
 * longest allowed.
 */
export function prefixChoices(cidr: string, includeOwn = true): PrefixChoice[] {
  const { family, prefixLength } = parseCidr(cidr);
  const from = Math.max(prefixLength + (includeOwn ? 0 : 1), POOL_PREFIX_LIMITS[family].min);
  const choices: PrefixChoice[] = [];
  for (let length = from; length <= POOL_PREFIX_LIMITS[family].max; length += 1) {
    const size = 1n << BigInt(familyBits(family) - length);
    choices.push({ value: String(length), label: `/${length} · ${countText(size).short}` });
  }
  return choices;
}

/** A prefix length people probably want inside a block: /24, or /64, when it fits. */
export function likelyPrefix(cidr: string): number {
  const { family, prefixLength } = parseCidr(cidr);
  const usual =
    family === 4
      ? prefixLength < 16
        ? 16
        : prefixLength < 24
          ? 24
          : 28
      : prefixLength < 48
        ? 48
        : 64;
  return Math.min(Math.max(usual, prefixLength), POOL_PREFIX_LIMITS[family].max);
}

/** How finely a map divides a pool that has too many children: into 2^8 blocks. */
export const MAP_BITS = 8;

/** Prefix length of the blocks of such a map. */
export function mapPrefix(cidr: string): number {
  const { family, prefixLength } = parseCidr(cidr);
  return Math.min(prefixLength + MAP_BITS, POOL_PREFIX_LIMITS[family].max);
}

/** The first block of a prefix length inside a block. */
export function firstBlock(within: string, prefixLength: number): string {
  return formatCidr(nthSubnet(parseCidr(within), prefixLength, 0n));
}

/** What is wrong with a CIDR that a person typed, as a sentence, or undefined. */
export function cidrMistake(text: string): string | undefined {
  if (tryParseCidr(text)) return undefined;
  try {
    parseCidr(text);
    return undefined;
  } catch (error) {
    return error instanceof CidrError ? error.message : 'This is not a CIDR.';
  }
}
