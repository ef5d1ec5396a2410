import { mkdir } from 'node:fs/promises';
import { repeatedly } from '../background/repeatedly';
import type { FileOutcome, ImportSnapshots } from './import-snapshots';

const INTERVAL_MS = 5_000;

/**
 * Looks for snapshot files in a folder every few seconds. Gives a function that ends it when the
 * file at hand is done.
 */
export function watchSnapshots(
  imports: ImportSnapshots,
  folder: string,
  onFile: (outcome: FileOutcome) => void,
  onError: (error: unknown) => void,
): () => Promise<void> {
  const made = mkdir(folder, { recursive: true }).catch(onError);
  return repeatedly(
    async (stop) => {
      await made;
      await imports.execute(folder, onFile, stop);
    },
    INTERVAL_MS,
    onError,
  );
}
