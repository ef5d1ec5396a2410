/** How often something is tried, and how long is waited in between. */
export interface RetryPolicy {
  /** Tries in all, the first one too. */
  readonly attempts: number;
  /**
   * Milliseconds before the second try; doubled before each further one, up to 32 times as much.
   */
  readonly waitMs: number;
}

/** For what passes quickly (HTTP 5xx, a lost connection): 7.5 s of waiting in all. */
export const DEFAULT_RETRY: RetryPolicy = { attempts: 5, waitMs: 500 };

/**
 * For a quota, which Google counts by the minute: 95 s of waiting in all, so that a new minute
 * begins within it.
 */
export const DEFAULT_QUOTA_RETRY: RetryPolicy = { attempts: 8, waitMs: 1_000 };

/**
 * Milliseconds to wait after a number of failed tries, or undefined when there is no further one.
 * @param failures 1 after the first try
 */
export function waitAfter({ attempts, waitMs }: RetryPolicy, failures: number): number | undefined {
  return failures < attempts ? waitMs * Math.min(2 ** (failures - 1), 32) : undefined;
}
