import { SealAudit } from '@cloudpam/audit';
import type { Storage } from '../storage';
import { sha256 } from './sha256';

const INTERVAL_MS = 1_000;

/** Seals what was written to the audit log, every second. Gives a function that ends it when the batch at hand is done. */
export function keepSealing(storage: Storage, onError: (error: unknown) => void): () => Promise<void> {
  return everySecond((stop) => new SealAudit(storage.unitOfWork, sha256).execute(stop), onError);
}

/** Does some work again and again, a second after it has ended; a failure does not end it. */
export function everySecond(work: (stop: AbortSignal) => Promise<unknown>, onError: (error: unknown) => void): () => Promise<void> {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  const next = (): void => {
    round = work(stop.signal).catch(onError).then(() => {
      if (!stop.signal.aborted) timer = setTimeout(next, INTERVAL_MS);
    });
  };
  next();
  return () => {
    stop.abort();
    clearTimeout(timer);
    return round;
  };
}
