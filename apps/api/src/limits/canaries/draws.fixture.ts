/** Draws that follow from a seed alone. */
export interface Draw {
  /** A whole number from 0, below the given one. */
  below(end: number): number;
  of<T>(choices: readonly [T, ...T[]] | readonly T[]): T;
}

/** A small generator (mulberry32), so that a failed case can be run again by its seed. */
export function draws(seed: number): Draw {
  let state = seed >>> 0;
  const below = (end: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  };
  return {
    below,
    of: (choices) => {
      const chosen = choices[below(choices.length)];
      if (chosen === undefined) throw new Error('there is nothing to choose from');
      return chosen;
    },
  };
}
