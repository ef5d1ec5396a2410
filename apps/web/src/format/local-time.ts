const MINUTE_MS = 60_000;

/**
 * A moment as a field of the type `datetime-local` has it: local time to the minute, without a
 * zone. Empty for none.
 */
export function localText(at: string): string {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return '';
  return new Date(moment.getTime() - moment.getTimezoneOffset() * MINUTE_MS)
    .toISOString()
    .slice(0, 16);
}

/**
 * The moment that such a field names, in UTC (RFC 3339), which means the same everywhere; null
 * while it names none.
 */
export function momentOf(local: string): string | null {
  const moment = new Date(local);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString().replace('.000Z', 'Z');
}
