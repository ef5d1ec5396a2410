/** Which server process works at something, until a time; nobody where both are null. */
export interface Hold {
  readonly holder: string | null;
  readonly leaseUntil: Date | null;
}

/** Of what nobody works at. */
export const NO_HOLD: Hold = { holder: null, leaseUntil: null };

/** Holds are for a minute at most, and clocks differ by five: what ends later was made by a clock that was wrong. */
const LONGEST_HOLD_MS = 600_000;

/** No hold ends later than this that a clock has made which is as right as clocks must be. */
export function lastHoldEnd(now: Date): Date {
  return new Date(now.getTime() + LONGEST_HOLD_MS);
}

/**
 * Whether a process may work at it: nobody else does, or whoever does has died, as its time is over,
 * or was noted by a clock that was far ahead.
 */
export function isFreeFor(
  { holder, leaseUntil }: Hold,
  process: string | null,
  now: Date,
): boolean {
  return (
    holder === null ||
    holder === process ||
    !leaseUntil ||
    leaseUntil <= now ||
    leaseUntil > lastHoldEnd(now)
  );
}

/** A hold of a process from now on. @param ms how long, in milliseconds, it may be silent */
export function held(process: string, now: Date, ms: number): Hold {
  return { holder: process, leaseUntil: new Date(now.getTime() + ms) };
}
