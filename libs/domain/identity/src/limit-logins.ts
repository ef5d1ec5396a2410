import { LRUCache } from 'lru-cache';
import { CLOCK_SKEW_MS } from './lies-ahead';
import { hex } from './login-secrets';
import type { IdentityUnitOfWork, Secrets } from './identity-stores';
import type { MonotonicClock } from './short-memory';

const WINDOW_MS = 60_000;
const MOST_REFUSED = 10_000;

/** How often something may be tried in a minute. */
export interface LoginLimit {
  /** What is tried, apart from all other limits. */
  readonly name: string;
  readonly perMinute: number;
}

/** Attempts of one key in a window of time. */
export interface LoginCount {
  readonly attempts: number;
  /** When the window ends. */
  readonly endsAt: Date;
}

/** Counts of attempts to log in, for all servers together. */
export interface LoginCountStore {
  /**
   * Counts one: of several at the same time, on whatever server, each gets a number of its own. The
   * first one of a key, and the first one after its window has ended, begins a window.
   * @param keyHash SHA-256 of what is counted, 32 bytes
   * @param at the present
   * @param endsAt when a window ends that begins now
   * @param latest a window that ends after it was begun before the clock was set back: it has ended
   */
  count(keyHash: Uint8Array, at: Date, endsAt: Date, latest: Date): Promise<LoginCount>;
  /** Removes windows that ended before `before`; gives their number. */
  purge(before: Date): Promise<number>;
}

/** Too many logins or bad answers; try again after so many seconds. */
export class TooManyAttempts extends Error {
  constructor(readonly retryAfter: number) {
    super(`Too many logins from here. Try again in ${retryAfter} seconds.`);
    this.name = 'TooManyAttempts';
  }
}

/**
 * Counts attempts for each key, a minute at a time, in the storage: whoever spreads them over
 * several servers gets no more of them. A server remembers whom it has refused, so that those who go
 * on cost the database nothing.
 */
export class LimitLogins {
  private readonly refused: LRUCache<string, true>;

  /** @param clock by which a refusal is remembered */
  constructor(
    private readonly unitOfWork: IdentityUnitOfWork,
    private readonly secrets: Secrets,
    clock: MonotonicClock,
  ) {
    this.refused = new LRUCache({
      max: MOST_REFUSED,
      ttl: WINDOW_MS,
      ttlResolution: 0, // it needs no timer
      perf: { now: () => clock.now() },
    });
  }

  /**
   * Counts one.
   * @throws TooManyAttempts past the limit; StorageUnavailable when it cannot be counted, as nobody
   *   can log in then
   */
  async count(limit: LoginLimit, key: string, at: Date): Promise<void> {
    const waitMs = await this.waitOf(limit, key, at);
    if (waitMs > 0) throw new TooManyAttempts(Math.ceil(waitMs / 1_000));
  }

  /** Counts one, and says whether it is still within the limit. @throws StorageUnavailable */
  async allows(limit: LoginLimit, key: string, at: Date): Promise<boolean> {
    return (await this.waitOf(limit, key, at)) === 0;
  }

  private async waitOf({ name, perMinute }: LoginLimit, key: string, at: Date): Promise<number> {
    const keyHash = this.secrets.hash(`${name} ${key}`);
    const id = hex(keyHash);
    if (this.refused.has(id)) return this.refused.getRemainingTTL(id);
    const ahead = (ms: number): Date => new Date(at.getTime() + ms);
    const { attempts, endsAt } = await this.unitOfWork.run((stores) =>
      stores.loginCounts.count(keyHash, at, ahead(WINDOW_MS), ahead(WINDOW_MS + CLOCK_SKEW_MS)),
    );
    if (attempts <= perMinute) return 0;
    const ttl = Math.min(WINDOW_MS, endsAt.getTime() - at.getTime());
    this.refused.set(id, true, { ttl });
    return ttl;
  }
}
