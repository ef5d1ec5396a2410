/** Until when something is ignored, as people choose it. */
export type UntilChoice = 'none' | 'week' | 'month' | 'date';

/**
 * The end of a choice for the server; null: it has none. Undefined: the date is missing or over.
 * @param date as the browser's date field has it, `2030-01-31`; it begins in the reader's time zone
 * @param now milliseconds since 1970, UTC
 */
export function untilOf(choice: UntilChoice, date: string, now: number): string | null | undefined {
  if (choice === 'none') return null;
  const end = choice === 'date' ? new Date(`${date}T00:00`) : new Date(now);
  if (choice === 'week') end.setDate(end.getDate() + 7);
  if (choice === 'month') end.setMonth(end.getMonth() + 1);
  return end.getTime() > now ? end.toISOString() : undefined;
}
