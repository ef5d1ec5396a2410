import * as fc from 'fast-check';
import { cidrAt, parseCidr } from './index';
import type { AddressRange, Cidr, Strategy } from './index';

/*
 * The naive model of the property tests: a space of 256 addresses small enough to do everything
 * address by address. Positions 0 to 255 are the addresses of SPACE; IPv4 and IPv6 take turns.
 */
export interface Space {
  readonly block: Cidr;
  /** The prefix length that makes a block of 2^hostBits addresses. */
  prefixLength(hostBits: number): number;
  cidr(start: number, hostBits: number): Cidr;
  range(first: number, last: number): AddressRange;
  /** Positions of the addresses, those outside of the space left out. */
  positions(ranges: readonly AddressRange[]): Set<number>;
}

const SPACES = ['10.1.2.0/24', '2001:db8::ff00/120', '255.255.255.0/24', '::/120'].map(
  (text): Space => {
    const block = parseCidr(text);
    const prefixLength = (hostBits: number): number => block.prefixLength + 8 - hostBits;
    return {
      block,
      prefixLength,
      cidr: (start, hostBits) =>
        cidrAt(block.family, block.first + BigInt(start), prefixLength(hostBits)),
      range: (first, last) => ({
        family: block.family,
        first: block.first + BigInt(first),
        last: block.first + BigInt(last),
      }),
      positions: (ranges) => {
        const inside = new Set<number>();
        for (const range of ranges) {
          const from = Math.max(Number(range.first - block.first), 0);
          const to = Math.min(Number(range.last - block.first), 255);
          for (let at = from; at <= to; at++) inside.add(at);
        }
        return inside;
      },
    };
  },
);

export const anySpace: fc.Arbitrary<Space> = fc.constantFrom(...SPACES);

/** A block of the space: small ones are as likely as large ones. */
export function anyBlockIn(space: Space): fc.Arbitrary<Cidr> {
  return fc
    .record({
      hostBits: fc.integer({ min: 0, max: 8 }),
      position: fc.integer({ min: 0, max: 255 }),
    })
    .map(({ hostBits, position }) => space.cidr((position >> hostBits) << hostBits, hostBits));
}

/** A range in the space. */
export function anyRangeIn(space: Space): fc.Arbitrary<AddressRange> {
  return fc
    .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }))
    .map(([a, b]) => space.range(Math.min(a, b), Math.max(a, b)));
}

/**
 * Every block whose addresses are all in the set and that lies in no larger such block; in address
 * order.
 */
export function maximalBlocks(space: Space, positions: ReadonlySet<number>): Cidr[] {
  const found: Cidr[] = [];
  const covered = new Set<number>();
  for (let hostBits = 8; hostBits >= 0; hostBits--) {
    const size = 2 ** hostBits;
    for (let start = 0; start < 256; start += size) {
      const block = Array.from({ length: size }, (_, n) => start + n);
      if (covered.has(start) || !block.every((each) => positions.has(each))) continue;
      found.push(space.cidr(start, hostBits));
      block.forEach((each) => covered.add(each));
    }
  }
  return found.sort((a, b) => Number(a.first - b.first));
}

/** One allocation out of free blocks, by looking at all of them; undefined when none fits. */
export function chooseOneNaively(
  space: Space,
  free: readonly Cidr[],
  hostBits: number,
  strategy: Strategy,
): { chosen: Cidr; remaining: Cidr[] } | undefined {
  const sizeOf = (block: Cidr): bigint => block.last - block.first + 1n;
  const fitting = free.filter((block) => sizeOf(block) >= 2n ** BigInt(hostBits));
  const order: Record<Strategy, (a: Cidr, b: Cidr) => number> = {
    first_fit: (a, b) => Number(a.first - b.first),
    last_fit: (a, b) => Number(b.first - a.first),
    best_fit: (a, b) => Number(sizeOf(a) - sizeOf(b)) || Number(a.first - b.first),
  };
  const source = fitting.sort(order[strategy])[0];
  if (!source) return undefined;
  const edge = strategy === 'last_fit' ? source.last - 2n ** BigInt(hostBits) + 1n : source.first;
  const chosen = space.cidr(Number(edge - space.block.first), hostBits);
  const left = space.positions([source]);
  space.positions([chosen]).forEach((each) => left.delete(each));
  const remaining = [...free.filter((block) => block !== source), ...maximalBlocks(space, left)];
  return { chosen, remaining: remaining.sort((a, b) => Number(a.first - b.first)) };
}
