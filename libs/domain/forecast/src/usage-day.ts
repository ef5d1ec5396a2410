import type { BlockCounts } from './block-counts';

/** One day has so many milliseconds. */
export const DAY_MS = 24 * 3_600_000;

/** What was taken and free in a pool at the end of a day. Together they are the pool. */
export interface UsageDay {
  /** Days since 1970-01-01, in UTC. */
  readonly day: number;
  /** The blocks that its direct children and addresses take. */
  readonly taken: BlockCounts;
  /** The free blocks, each as large as it goes. */
  readonly free: BlockCounts;
}

/** The day of a moment, in days since 1970-01-01, in UTC. */
export function dayOf(at: Date): number {
  return Math.floor(at.getTime() / DAY_MS);
}

/** A day as `2026-08-22`. */
export function formatDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
