/** Which server process works at something, until a time; nobody where both are null. */
export interface Hold {
  readonly holder: string | null;
  readonly leaseUntil: Date | null;
}

/** Of what nobody works at. */
export const NO_HOLD: Hold = { holder: null, leaseUntil: null };

/** Whether a process may work at it: nobody else does, or whoever does has died, as its time is over. */
export function isFreeFor(
  { holder, leaseUntil }: Hold,
  process: string | null,
  now: Date,
): boolean {
  return holder === null || holder === process || !leaseUntil || leaseUntil <= now;
}

/** A hold of a process from now on. @param ms how long, in milliseconds, it may be silent */
export function held(process: string, now: Date, ms: number): Hold {
  return { holder: process, leaseUntil: new Date(now.getTime() + ms) };
}
