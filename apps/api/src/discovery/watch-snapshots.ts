import { mkdir } from 'node:fs/promises';
import type { FileOutcome, ImportSnapshots } from './import-snapshots';

const INTERVAL_MS = 5_000;

/** Looks for snapshot files in a folder every few seconds. Gives a function that ends it when the file at hand is done. */
export function watchSnapshots(imports: ImportSnapshots, folder: string, onFile: (outcome: FileOutcome) => void, onError: (error: unknown) => void): () => Promise<void> {
  const stop = new AbortController();
  let round = mkdir(folder, { recursive: true }).then(() => undefined).catch(onError);
  let running = false;
  const look = (): void => {
    // A long round is not followed by a queue of others.
    if (running) return;
    running = true;
    round = round.then(() => imports.execute(folder, onFile, stop.signal)).catch(onError).finally(() => {
      running = false;
    });
  };
  look();
  const timer = setInterval(look, INTERVAL_MS);
  return () => {
    clearInterval(timer);
    stop.abort();
    return round;
  };
}
