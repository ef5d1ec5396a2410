import { PoolError } from './pool-error';

/** The least and the greatest VLAN id (IEEE 802.1Q 9.6): 0 and 4095 are reserved. */
export const VID_LIMITS = { min: 1, max: 4094 } as const;

/** VLAN ids from the first to the last, both of them too. */
export type VidRange = readonly [first: number, last: number];

/** All VLAN ids there are. */
export const ALL_VIDS: readonly VidRange[] = [[VID_LIMITS.min, VID_LIMITS.max]];

/** Characters of ranges as a text: far more than people write. */
export const VID_RANGES_LENGTH = 2_000;
/** Ranges of one group. */
const MOST_RANGES = 200;

/**
 * Reads ranges of VLAN ids as people write them, `100-199, 300`: in order, and those that touch as one.
 * @throws PoolError `invalid_field`
 */
export function parseVidRanges(text: string, field = 'vid_ranges'): readonly VidRange[] {
  const ranges = text.split(',').map((part): VidRange => {
    const [, first, last = first] = /^\s*(\d{1,4})\s*(?:-\s*(\d{1,4})\s*)?$/.exec(part) ?? [];
    return [Number(first), Number(last)];
  });
  const isWrong = ([first, last]: VidRange): boolean =>
    !(first >= VID_LIMITS.min && first <= last && last <= VID_LIMITS.max);
  if (text.length > VID_RANGES_LENGTH || ranges.some(isWrong))
    throw new PoolError(
      'invalid_field',
      `${field} must look like 100-199,300: VLAN ids from ${VID_LIMITS.min} to ${VID_LIMITS.max} ` +
        '(IEEE 802.1Q), of each range the lower one first.',
      { field },
    );
  const merged = mergedRanges(ranges);
  if (merged.length > MOST_RANGES)
    throw new PoolError('invalid_field', `${field} has at most ${MOST_RANGES} ranges.`, { field });
  return merged;
}

/** Ranges as people write them: `100-199,300`; empty for none. */
export function formatVidRanges(ranges: readonly VidRange[]): string {
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join();
}

/** Whether one of the ranges has the VLAN id. */
export function hasVid(ranges: readonly VidRange[], vid: number): boolean {
  return ranges.some(([first, last]) => vid >= first && vid <= last);
}

/** How many VLAN ids the ranges have. @param ranges apart from each other */
export function vidCount(ranges: readonly VidRange[]): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** What is left of the ranges without the VLAN ids that are taken, in order. */
export function freeVids(
  ranges: readonly VidRange[],
  taken: Iterable<number>,
): readonly VidRange[] {
  const gone = [...new Set(taken)].sort((a, b) => a - b);
  const free: VidRange[] = [];
  for (const [first, last] of ranges) {
    let from = first;
    for (const vid of gone) {
      if (vid < from || vid > last) continue;
      if (vid > from) free.push([from, vid - 1]);
      from = vid + 1;
    }
    if (from <= last) free.push([from, last]);
  }
  return free;
}

function mergedRanges(ranges: readonly VidRange[]): readonly VidRange[] {
  const merged: [number, number][] = [];
  for (const [first, last] of [...ranges].sort(([a], [b]) => a - b)) {
    const before = merged.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else merged.push([first, last]);
  }
  return merged;
}
