import { SYSTEM_ACTOR } from '@cloudpam/audit';
import { ReleaseExpired } from '@cloudpam/pools';
import type { Storage } from '../storage';

const INTERVAL_MS = 60_000;
const ANSWERS_KEPT_MS = 24 * 3_600_000;

/** Releases expired reservations and forgets old idempotency keys, once a minute. Gives a function that ends it. */
export function keepHouse(storage: Storage, onError: (error: unknown) => void): () => Promise<void> {
  const releaseExpired = new ReleaseExpired(storage.unitOfWork);
  let round = Promise.resolve();
  const clean = async (): Promise<void> => {
    const now = new Date();
    await releaseExpired.execute(SYSTEM_ACTOR, now);
    await storage.unitOfWork.run((stores) => stores.answers.purge(new Date(now.getTime() - ANSWERS_KEPT_MS)));
  };
  const timer = setInterval(() => {
    round = round.then(clean).catch(onError);
  }, INTERVAL_MS);
  return () => {
    clearInterval(timer);
    return round;
  };
}
