import { FreeSpace, type BlockCounts } from './block-counts';
import type { UsageDay } from './usage-day';

/** The day on which drawn series begin: 2024-01-01. */
export const BEGIN = 19_723;

/** Free blocks by prefix length after so many of one length were taken from a pool. */
export function freeAfter(pool: number, length: number, taken: number): BlockCounts {
  const free: Record<number, number> = {};
  let left = 2 ** (length - pool) - taken;
  for (let at = length; at >= pool; at--, left = Math.floor(left / 2))
    if (left % 2 === 1) free[at] = 1;
  return free;
}

/**
 * A /16 whose /24 networks are counted at the end of each week.
 * @param weeks how many there are in it; 0 to 256
 */
export function drawn(weeks: readonly number[]): UsageDay[] {
  return weeks.flatMap((taken, week) =>
    week > 0 && taken === weeks[week - 1]
      ? []
      : [{ day: BEGIN + 7 * week, taken: { 24: taken }, free: freeAfter(16, 24, taken) }],
  );
}

/** So many values by their number. */
export function weekly(weeks: number, value: (week: number) => number): number[] {
  return Array.from({ length: weeks }, (_, week) => value(week));
}

/** The addresses of a space, to see that none are lost. */
export function sizeOf(space: FreeSpace, bits: number): number {
  return space.blocks().reduce((sum, [length, count]) => sum + count * 2 ** (bits - length), 0);
}
