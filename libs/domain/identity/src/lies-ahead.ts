/** So far the clocks of two servers may differ. */
export const CLOCK_SKEW_MS = 300_000;

/**
 * Whether something that was noted when it happened lies so far ahead that the clock must have been
 * set back since. What counts from such a moment would last as much longer as the clock was set
 * back.
 */
export function liesAhead(noted: Date, at: Date): boolean {
  return noted.getTime() > at.getTime() + CLOCK_SKEW_MS;
}
