/** Work that was not done in the time it had. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';

  constructor(limitMs: number) {
    super(`there was no answer within ${limitMs >= 1_000 ? `${limitMs / 1_000} s` : `${limitMs} ms`}`);
  }
}

/**
 * Does the work, but rejects the moment its time is over or `signal` aborts, even if the work heeds neither.
 * @param limitMs milliseconds; afterwards it rejects with {@link TimedOut}
 * @param work is given a signal that aborts for either of the two reasons
 * @throws the reason of `signal` when it aborts, whatever the work itself makes of it
 */
export async function within<T>(limitMs: number, signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  signal?.throwIfAborted();
  const stop = new AbortController();
  const stopped = new Promise<never>((_resolve, reject) => {
    stop.signal.addEventListener('abort', () => reject(stop.signal.reason), { once: true });
  });
  const timer = setTimeout(() => stop.abort(new TimedOut(limitMs)), limitMs);
  const onAbort = (): void => stop.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work(stop.signal), stopped]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
