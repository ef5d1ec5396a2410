const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const FIRST = Date.parse('0001-01-01T00:00:00Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * The one reading of a moment that comes as text (RFC 3339): a date, a time and a zone, such as
 * `2026-11-27T10:30:00+01:00`. Undefined for anything else: a day that the month does not have, a
 * leap second, which no storage here can keep, and what lies in UTC outside the years 0001 to 9999.
 * Digits beyond milliseconds are left out.
 */
export function parseInstant(text: string): Date | undefined {
  const parts = INSTANT.exec(text);
  if (!parts) return undefined;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = ''] = parts;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  // A day such as 31 February would become one of March.
  if (Number.isNaN(date.getTime()) || date.getUTCDate() !== Number(day)) return undefined;
  const instant = new Date(text.toUpperCase());
  return isInstant(instant) ? instant : undefined;
}

/**
 * Whether a moment can be written as one (RFC 3339): it lies, in UTC, in the years 0001 to 9999.
 */
export function isInstant(moment: Date): boolean {
  const time = moment.getTime();
  return time >= FIRST && time <= LAST;
}
