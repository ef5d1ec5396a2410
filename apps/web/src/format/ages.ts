const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Time since a moment in one unit: `now`, `12m`, `3h`, `4d`, `7w`, `2y`; for a moment ahead `in
 * 4d`.
 * @param now milliseconds since 1970, UTC
 */
export function ageText(iso: string, now: number): string {
  const elapsed = now - Date.parse(iso);
  if (Number.isNaN(elapsed)) return '–';
  const span = spanText(Math.abs(elapsed));
  if (span === undefined) return 'now';
  return elapsed < 0 ? `in ${span}` : span;
}

function spanText(span: number): string | undefined {
  if (span < MINUTE) return undefined;
  if (span < HOUR) return `${Math.floor(span / MINUTE)}m`;
  if (span < DAY) return `${Math.floor(span / HOUR)}h`;
  if (span < 14 * DAY) return `${Math.floor(span / DAY)}d`;
  if (span < 365 * DAY) return `${Math.floor(span / (7 * DAY))}w`;
  return `${Math.floor(span / (365 * DAY))}y`;
}

/** Moment in full, in the reader's time zone and in UTC: what a hover shows. */
export function momentText(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return `${date.toLocaleString()} (${date.toISOString().replace('.000', '')})`;
}
