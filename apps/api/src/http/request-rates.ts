import type { FastifyRateLimitStore } from '@fastify/rate-limit';
import { CountedWindows } from './counted-windows';

/** What `RATE_LIMIT_RPS` is for: a second. */
export const RATE_WINDOW_MS = 1_000;
const MOST_ADDRESSES = 5_000;

/**
 * What @fastify/rate-limit counts in: seconds of a clock that nobody sets. Its own store goes by
 * the time of day: set back, it refuses an address until the clock has caught up.
 */
export class RequestRates implements FastifyRateLimitStore {
  private readonly windows = new CountedWindows(RATE_WINDOW_MS, MOST_ADDRESSES);

  incr(
    address: string,
    callback: (error: Error | null, result?: { current: number; ttl: number }) => void,
  ): void {
    const { count, remainingMs } = this.windows.count(address);
    callback(null, { current: count, ttl: remainingMs });
  }

  child(): RequestRates {
    return this;
  }
}
