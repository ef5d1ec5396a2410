/**
 * Does some work again and again, `intervalMs` after it has ended; a failure is told and does not
 * end it.
 * @param firstAfterMs how long to wait before the first time
 * @returns ends it, and resolves when the work at hand is done
 */
export function repeatedly(
  work: (stop: AbortSignal) => Promise<unknown>,
  intervalMs: number,
  onError: (error: unknown) => void,
  firstAfterMs = 0,
): () => Promise<void> {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  const next = (): void => {
    round = work(stop.signal)
      .catch(onError)
      .then(() => {
        if (!stop.signal.aborted) timer = setTimeout(next, intervalMs);
      });
  };
  if (firstAfterMs > 0) timer = setTimeout(next, firstAfterMs);
  else next();
  return () => {
    stop.abort();
    clearTimeout(timer);
    return round;
  };
}
