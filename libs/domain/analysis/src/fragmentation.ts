import { addressesIn, byLength, type AddressBits, type BlockCounts } from '@cloudpam/forecast';

/** How many blocks of one prefix length have room in the free space of a pool. */
export interface RoomAtLength {
  /** In the family's own bits. */
  readonly prefixLength: number;
  /** Free blocks that are just so large. */
  readonly freeBlocks: number;
  /** Blocks of this length that can be taken now; exact. */
  readonly placeable: bigint;
  /** Blocks of this length that could be taken if everything taken stood together; exact. */
  readonly packed: bigint;
}

/** How far the free space of a pool is in pieces. */
export interface Fragmentation {
  /**
   * 0 where every size that the free space is large enough for has its full room, up to nearly 1 where only its
   * smallest pieces are of use; docs/analysis.md has the formula.
   */
  readonly score: number;
  /** Free addresses. */
  readonly free: bigint;
  /** The prefix length of the largest free block; null without any. */
  readonly largest: number | null;
  /** That of the largest free block there would be if everything taken stood together; null without any. */
  readonly packedLargest: number | null;
  /** From `packedLargest` to the smallest free block. */
  readonly lengths: readonly RoomAtLength[];
}

/**
 * How far free space is in pieces: for each prefix length, which part of the room that its addresses would have
 * in one piece is lost. Half of the score is the largest size that could have room, a quarter the next one, and
 * so on.
 * @param free the free blocks of a pool by prefix length, each as large as it goes
 */
export function fragmentationOf(free: BlockCounts, bits: AddressBits): Fragmentation {
  const counts = byLength(free).filter(([, count]) => count > 0);
  const addresses = addressesIn(free, bits);
  const [largest, smallest] = [counts[0]?.[0], counts.at(-1)?.[0]];
  if (largest === undefined || smallest === undefined)
    return { score: 0, free: 0n, largest: null, packedLargest: null, lengths: [] };
  const packedLargest = bits - (addresses.toString(2).length - 1);
  const lengths: RoomAtLength[] = [];
  let placeable = 0n;
  let [score, weight] = [0, 0.5];
  for (let length = packedLargest; length <= smallest; length++) {
    const packed = addresses >> BigInt(bits - length);
    placeable = placeable * 2n + BigInt(free[length] ?? 0);
    lengths.push({ prefixLength: length, freeBlocks: free[length] ?? 0, placeable, packed });
    score += weight * (1 - ratioOf(placeable, packed));
    weight /= 2;
  }
  return { score, free: addresses, largest, packedLargest, lengths };
}

/** Numbers beyond 2^53 are divided as whole ones. */
function ratioOf(part: bigint, whole: bigint): number {
  return Number((part * 1_000_000_000n) / whole) / 1_000_000_000;
}
