import { SealAudit } from '@cloudpam/audit';
import { repeatedly } from '../background/repeatedly';
import type { Storage } from '../storage/storage';
import { sha256 } from './sha256';

const INTERVAL_MS = 1_000;

/**
 * Seals what was written to the audit log, every second. Gives a function that ends it when the
 * batch at hand is done.
 */
export function keepSealing(
  storage: Storage,
  onError: (error: unknown) => void,
): () => Promise<void> {
  return repeatedly(
    (stop) => new SealAudit(storage.unitOfWork, sha256).execute(stop),
    INTERVAL_MS,
    onError,
  );
}
