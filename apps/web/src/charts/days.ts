const DAY_MS = 86_400_000;

/** A day as days since 1970-01-01. */
export function dayNumber(text: string): number {
  return Math.round(Date.parse(`${text}T00:00:00Z`) / DAY_MS);
}

/** Days since 1970-01-01 as `2026-08-22`. */
export function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
