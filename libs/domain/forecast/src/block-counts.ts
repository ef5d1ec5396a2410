/**
 * How many blocks there are of each prefix length, in the family's own bits; lengths that are left
 * out have none.
 */
export type BlockCounts = { readonly [prefixLength: number]: number };

/** The prefix length of a single address: 32 for IPv4, 128 for IPv6. */
export type AddressBits = 32 | 128;

/** Of two. */
const POWERS = Float64Array.from({ length: 129 }, (_, exponent) => 2 ** exponent);

/** Counts by prefix length with their lengths in order, the largest blocks first. */
export function byLength(counts: BlockCounts): (readonly [prefixLength: number, count: number])[] {
  // Whole numbers as keys come in their order.
  return Object.entries(counts).map(([length, count]) => [Number(length), count]);
}

/** The addresses in blocks; exact. */
export function addressesIn(counts: BlockCounts, bits: AddressBits): bigint {
  return byLength(counts).reduce(
    (sum, [length, count]) => sum + (BigInt(count) << BigInt(bits - length)),
    0n,
  );
}

/** The shortest prefix length that has a block: that of the largest ones. undefined without any. */
export function largestOf(counts: BlockCounts): number | undefined {
  return byLength(counts).find(([, count]) => count > 0)?.[0];
}

/** Counts with others added `times` times, without the lengths that have none left. */
export function added(counts: BlockCounts, others: BlockCounts, times = 1): BlockCounts {
  const sums: Record<number, number> = { ...counts };
  for (const [length, count] of byLength(others)) {
    const sum = (sums[length] ?? 0) + times * count;
    if (sum === 0) delete sums[length];
    else sums[length] = sum;
  }
  return sums;
}

/**
 * Free blocks by prefix length as they are taken and given back one after the other: an allocation
 * takes the smallest block that fits and splits it in halves. What is given back is not joined with
 * its neighbours, as nobody knows here where it lies.
 */
export class FreeSpace {
  private readonly counts: Float64Array;
  /** Where a block was found last: it is mostly there again. */
  private found = 0;

  constructor(free: BlockCounts, bits: AddressBits) {
    this.counts = new Float64Array(bits + 1);
    for (const [length, count] of byLength(free)) this.counts[length] = count;
  }

  /** Goes back to what another one has. */
  copy(other: FreeSpace): void {
    this.counts.set(other.counts);
  }

  /** How many blocks there are of each prefix length that has some. */
  blocks(): (readonly [prefixLength: number, count: number])[] {
    return [...this.counts.entries()].filter(([, count]) => count > 0);
  }

  /** Whether a block of the prefix length can be taken. */
  fits(prefixLength: number): boolean {
    if (this.found <= prefixLength && (this.counts[this.found] as number) > 0) return true;
    for (let length = 0; length <= prefixLength; length++) {
      if ((this.counts[length] as number) === 0) continue;
      this.found = length;
      return true;
    }
    return false;
  }

  /** Takes blocks of a prefix length, or as many as there is room for; gives them back where fewer than 0. */
  take(prefixLength: number, count: number): void {
    const { counts } = this;
    if (count <= 0) {
      counts[prefixLength] = (counts[prefixLength] as number) - count;
      return;
    }
    let wanted = count;
    for (let length = prefixLength; length >= 0 && wanted > 0; length--) {
      const blocks = counts[length] as number;
      if (blocks === 0) continue;
      const each = POWERS[prefixLength - length] as number;
      const whole = Math.min(blocks, Math.floor(wanted / each));
      counts[length] = blocks - whole;
      wanted -= whole * each;
      if (wanted > 0 && whole < blocks) {
        this.split(length, prefixLength, wanted);
        return;
      }
    }
  }

  /** Takes fewer blocks out of one than it has: what is left are its halves, and halves of these. */
  private split(from: number, prefixLength: number, wanted: number): void {
    const { counts } = this;
    counts[from] = (counts[from] as number) - 1;
    let left = wanted;
    for (let length = from + 1; length <= prefixLength; length++) {
      const half = POWERS[prefixLength - length] as number;
      if (left >= half) left -= half;
      else counts[length] = (counts[length] as number) + 1;
      if (left === 0) {
        // The lower half went as a whole: the upper one stays.
        counts[length] = (counts[length] as number) + 1;
        return;
      }
    }
  }
}
