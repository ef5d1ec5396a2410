import type { FastifyRateLimitStore } from '@fastify/rate-limit';
import { PARENT } from '../workers/worker';
import { CountedWindows } from './counted-windows';

/** What `RATE_LIMIT_RPS` is for: a second. */
export const RATE_WINDOW_MS = 1_000;
const MOST_ADDRESSES = 5_000;

type Rate = { readonly current: number; readonly ttl: number };

/**
 * Requests of each address, in seconds of a clock that nobody sets. The store of
 * @fastify/rate-limit goes by the time of day: set back, it refuses an address until the clock has
 * caught up.
 */
export class RequestRates {
  private readonly windows = new CountedWindows(RATE_WINDOW_MS, MOST_ADDRESSES);

  /** Counts one. */
  count(address: string): Rate {
    const { count, remainingMs } = this.windows.count(address);
    return { current: count, ttl: remainingMs };
  }
}

/** What @fastify/rate-limit counts in: of a worker in the process that has started it, for all. */
export class RateStore implements FastifyRateLimitStore {
  private readonly rates = new RequestRates();

  incr(address: string, callback: (error: Error | null, result?: Rate) => void): void {
    if (!PARENT) return callback(null, this.rates.count(address));
    PARENT.ask('rate', address).then(
      (rate) => callback(null, rate),
      (error: unknown) => callback(error as Error), // a channel fails with errors
    );
  }

  child(): RateStore {
    return this;
  }
}
