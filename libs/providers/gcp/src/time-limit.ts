import { untilStopped } from '@cloudpam/provider-shapes';

/**
 * Does the work, but rejects the moment its time is over or `signal` aborts, even if the work heeds
 * neither.
 * @param limitMs milliseconds; afterwards it rejects with `TimeOver`
 * @param work is given a signal that aborts for either of the two reasons
 * @throws the reason of `signal` when it aborts, whatever the work itself makes of it
 */
export function within<T>(
  limitMs: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeoutMessage = `there was no answer within ${limitMs >= 1_000 ? `${limitMs / 1_000} s` : `${limitMs} ms`}`;
  return untilStopped({ ...(signal && { signal }), timeoutMs: limitMs, timeoutMessage }, work);
}
