import { familyBits } from './address';
import { overlaps, rangeToCidrs } from './address-range';
import type { AddressRange } from './address-range';
import { blockAround, checkPrefixLength, compareCidrs, prefixLength128 } from './cidr';
import type { Cidr } from './cidr';

/**
 * Which free block an allocation takes: the lowest address, the smallest block that fits, or the
 * highest address.
 */
export type Strategy = 'first_fit' | 'best_fit' | 'last_fit';

/**
 * The maximal free blocks of a block, in address order.
 * @param taken may be unsorted, overlap each other, stick out of `within`; the other family is
 *   ignored
 */
export function freeBlocks(within: Cidr, taken: readonly AddressRange[]): Cidr[] {
  const free: Cidr[] = [];
  let next = within.first;
  for (const range of inOrder(
    taken.filter((each) => overlaps(within, each)),
    byFirst,
  )) {
    if (range.first > next)
      free.push(...rangeToCidrs({ family: within.family, first: next, last: range.first - 1n }));
    if (range.last >= next) next = range.last + 1n;
  }
  free.push(...rangeToCidrs({ family: within.family, first: next, last: within.last }));
  return free;
}

/**
 * The maximal blocks that are left when `taken`, a block inside `block`, is carved out; in address
 * order.
 */
export function subtract(block: Cidr, taken: Cidr): Cidr[] {
  return freeBlocks(block, [taken]);
}

/**
 * Takes `count` blocks of one prefix length out of free ones, as `count` single allocations one
 * after another would, or none (undefined) when not all fit. Cost: linear in blocks and count, plus
 * a sort when `free` is unsorted.
 * @param free disjoint blocks of one family, such as {@link freeBlocks} gives; neighbours are not
 *   joined, because
 *   they may belong to two pools
 * @param prefixLength in the family's own bits
 * @returns `chosen` in the order of allocation; `remaining`, what is left of every input block as
 *   maximal blocks, in
 *   address order
 * @throws CidrError `invalid_prefix_length` when the family has no such prefix length
 * @throws RangeError unless `count` is a whole number, 0 or more
 */
export function chooseBlocks(
  free: readonly Cidr[],
  prefixLength: number,
  count: number,
  strategy: Strategy,
): { chosen: Cidr[]; remaining: Cidr[] } | undefined {
  if (!Number.isSafeInteger(count) || count < 0)
    throw new RangeError(`cannot choose ${count} blocks`);
  checkPrefixLength(prefixLength, 0, familyBits(free[0]?.family ?? 6));

  const sorted = inOrder(free, compareCidrs);
  const fitting = sorted.filter((block) => block.prefixLength <= prefixLength);
  if (fitting.reduce((sum, block) => sum + capacity(block, prefixLength), 0) < count)
    return undefined;

  const chosen: Cidr[] = [];
  const takenFrom = new Map<Cidr, AddressRange>();
  // What a strategy leaves of a block is what it takes next, so every block is emptied before the
  // next one is opened.
  for (const block of inOpeningOrder(fitting, strategy)) {
    const wanted = count - chosen.length;
    if (wanted === 0) break;
    takenFrom.set(block, take(block, prefixLength, wanted, strategy === 'last_fit', chosen));
  }
  return {
    chosen,
    remaining: sorted.flatMap((block) => {
      const taken = takenFrom.get(block);
      return taken ? freeBlocks(block, [taken]) : block;
    }),
  };
}

/** The free block with the most addresses, the lowest of them on a tie. */
export function largestFree(free: readonly Cidr[]): Cidr | undefined {
  let largest: Cidr | undefined;
  for (const block of free) {
    if (
      !largest ||
      (prefixLength128(block) - prefixLength128(largest) || compareCidrs(block, largest)) < 0
    )
      largest = block;
  }
  return largest;
}

/** Blocks in address order, put in the order in which the strategy opens them. */
function inOpeningOrder(blocks: readonly Cidr[], strategy: Strategy): readonly Cidr[] {
  if (strategy === 'last_fit') return blocks.toReversed();
  // The sort is stable: blocks of one size stay in address order.
  return strategy === 'best_fit'
    ? inOrder(blocks, (a, b) => b.prefixLength - a.prefixLength)
    : blocks;
}

/**
 * Appends up to `wanted` blocks (1 or more) from the bottom or the top of a block; gives the range
 * they cover.
 */
function take(
  block: Cidr,
  prefixLength: number,
  wanted: number,
  fromTop: boolean,
  chosen: Cidr[],
): AddressRange {
  let { first, last } = block;
  for (let left = Math.min(capacity(block, prefixLength), wanted); left > 0; left--) {
    const next = blockAround(block.family, fromTop ? last : first, prefixLength);
    chosen.push(next);
    if (fromTop) last = next.first - 1n;
    else first = next.last + 1n;
  }
  return fromTop
    ? { family: block.family, first: last + 1n, last: block.last }
    : { family: block.family, first: block.first, last: first - 1n };
}

/**
 * How many blocks of the prefix length fit; a float, exact to 2^53 and right in order of magnitude
 * above.
 */
function capacity(block: Cidr, prefixLength: number): number {
  return 2 ** (prefixLength - block.prefixLength);
}

function byFirst(a: AddressRange, b: AddressRange): number {
  return a.first < b.first ? -1 : a.first > b.first ? 1 : 0;
}

/** The list itself when it is in order, as lists from a store are; otherwise a sorted copy. */
function inOrder<T>(list: readonly T[], compare: (a: T, b: T) => number): readonly T[] {
  for (let at = 1; at < list.length; at++) {
    // Both indexes are inside the list.
    if (compare(list[at - 1] as T, list[at] as T) > 0) return [...list].sort(compare);
  }
  return list;
}
