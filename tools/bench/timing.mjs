import { performance } from 'node:perf_hooks';

/** The middle of a list of numbers. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** The value that a share of sorted values do not pass. */
export function percentile(sorted, share) {
  return sorted[Math.floor(sorted.length * share)] ?? NaN;
}

/** Milliseconds that one call took. */
export async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/**
 * Milliseconds of each call of `work(n)`, one after the other: `calls` of them, or as many as fit
 * into `budget` milliseconds, after `warmUp` that are not counted. `after(n)` runs, untimed, after
 * each.
 */
export async function sampled(
  work,
  { calls, warmUp = 20, budget = 4_000, after = () => undefined },
) {
  const samples = [];
  const end = performance.now() + budget;
  for (let n = 0; n < warmUp + calls && (performance.now() < end || n < warmUp + 20); n++) {
    const took = await timed(() => work(n));
    await after(n);
    if (n >= warmUp) samples.push(took);
  }
  return samples;
}

/**
 * `callers` callers at once, each its next call when the last has answered: ms of each call, and
 * calls per second.
 */
export async function crowded(work, { callers, calls }) {
  const samples = [];
  let next = 0;
  const caller = async () => {
    while (next < calls) {
      const n = next++;
      samples.push(await timed(() => work(n)));
    }
  };
  const elapsed = await timed(() => Promise.all(Array.from({ length: callers }, caller)));
  return { samples, perSecond: (1000 * calls) / elapsed };
}

/**
 * Numbers from 0 to below 1, the same in every run (a linear congruential generator, modulus 2^32).
 */
export function randomNumbers(seed = 1) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
