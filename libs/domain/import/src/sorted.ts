/** Items that are sorted at once: less than a millisecond. */
const RUN = 1_024;

/**
 * Sorts as `toSorted`, stable, in pieces between which others have their turn.
 * @param pause called every few thousand comparisons
 */
export async function sorted<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
  pause: () => Promise<void>,
): Promise<T[]> {
  let runs: T[][] = [];
  for (let start = 0; start < items.length; start += RUN) {
    runs.push(items.slice(start, start + RUN).sort(compare));
    await pause();
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let at = 0; at < runs.length; at += 2)
      merged.push(await mergedRuns(runs[at] ?? [], runs[at + 1] ?? [], compare, pause));
    runs = merged;
  }
  return runs[0] ?? [];
}

async function mergedRuns<T>(
  a: readonly T[],
  b: readonly T[],
  compare: (a: T, b: T) => number,
  pause: () => Promise<void>,
): Promise<T[]> {
  const all: T[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (all.length % RUN === 0) await pause();
    const [left, right] = [a[i], b[j]];
    const isLeft = j >= b.length || (i < a.length && compare(left as T, right as T) <= 0); // both are there
    all.push((isLeft ? a[i++] : b[j++]) as T); // of one that has not ended
  }
  return all;
}
