/** The time for something was over. */
export class TimeOver extends Error {
  override readonly name = 'TimeOver';
}

/** What ends a work before its time. */
export interface Stop {
  readonly signal?: AbortSignal;
  /** In milliseconds. Without it the work may take any time. */
  readonly timeoutMs?: number;
  /** What has not happened by then: `no answer from us-east-1 within 120 seconds`. */
  readonly timeoutMessage?: string;
}

/**
 * Does the work, but rejects as soon as it is stopped, even while an SDK waits to retry.
 * @throws the signal's reason when it aborts, `TimeOver` when the time is over; the work's signal
 *   aborts with the same
 */
export async function untilStopped<T>(
  { signal, timeoutMs, timeoutMessage }: Stop,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const stop = new AbortController();
  const onAbort = (): void => stop.abort(signal?.reason);
  // By hand: AbortSignal.any would leave something behind on a signal that outlives many works.
  signal?.addEventListener('abort', onAbort, { once: true });
  const onTime = (): void =>
    stop.abort(
      new TimeOver(timeoutMessage ?? `not done within ${(timeoutMs ?? 0) / 1_000} seconds`),
    );
  const timer = timeoutMs === undefined ? undefined : setTimeout(onTime, timeoutMs);
  const stopped = new Promise<never>((_resolve, reject) => {
    stop.signal.addEventListener('abort', () => reject(stop.signal.reason), { once: true });
  });
  try {
    return await Promise.race([work(stop.signal), stopped]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
