import type { Row } from './session';

/**
 * Characters of text that one statement carries: rows with long tags are many megabytes, which a
 * database would hold several times.
 */
const BATCH_LENGTH = 4_000_000;
/** Of a row without its texts. */
const ROW_LENGTH = 200;

/**
 * The rows of items, made only when they are written, and in as few batches as are not too long:
 * mostly one.
 */
export function* rowBatches<T>(
  items: readonly T[],
  toRow: (item: T) => Row,
): Generator<readonly Row[]> {
  let batch: Row[] = [];
  let length = 0;
  for (const item of items) {
    const row = toRow(item);
    batch.push(row);
    length += row.reduce<number>(
      (sum, value) => sum + (typeof value === 'string' ? value.length : 0),
      ROW_LENGTH,
    );
    if (length < BATCH_LENGTH) continue;
    yield batch;
    batch = [];
    length = 0;
  }
  if (batch.length > 0) yield batch;
}
