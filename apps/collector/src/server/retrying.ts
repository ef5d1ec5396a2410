/**
 * One try: a result, or the wish to try again, not before `afterMs` if the other side named a time.
 */
export type Try<T> = { readonly done: T } | { readonly again: T; readonly afterMs?: number };

/** How often and how patiently to try. */
export interface Patience {
  readonly attempts: number;
  /** Waits so many milliseconds; resolves early when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** 0 to 1, for the jitter. */
  readonly random: () => number;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;
const LONGEST_NAMED_WAIT_MS = 60_000;

/**
 * Tries until something is done, the attempts are used up, or `stop` aborts; then the last result
 * counts. Waits twice as long after each try, with jitter, so that many collectors do not come back
 * at the same moment.
 */
export async function retrying<T>(
  attempt: () => Promise<Try<T>>,
  patience: Patience,
  stop: AbortSignal,
): Promise<T> {
  for (let tried = 1; ; tried++) {
    const result = await attempt();
    if ('done' in result) return result.done;
    if (tried >= patience.attempts || stop.aborted) return result.again;
    const backoff = backoffMs(tried, patience.random(), FIRST_WAIT_MS, LONGEST_WAIT_MS);
    await patience.wait(
      result.afterMs === undefined ? backoff : Math.min(result.afterMs, LONGEST_NAMED_WAIT_MS),
      stop,
    );
    if (stop.aborted) return result.again;
  }
}

/**
 * How long to wait after so many tries: twice as long after each, up to the longest, and up to half
 * less by chance (0 to 1).
 */
export function backoffMs(
  tried: number,
  chance: number,
  firstMs: number,
  longestMs: number,
): number {
  return Math.min(firstMs * 2 ** (tried - 1), longestMs) * (0.5 + chance / 2);
}

/**
 * A `Retry-After` (RFC 9110, section 10.2.3), seconds or a date, in milliseconds from `now`;
 * undefined when it is neither.
 */
export function retryAfterMs(header: string | null, now: Date): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1_000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}
