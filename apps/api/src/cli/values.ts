import { InvalidArgumentError } from 'commander';
import { parseInstant } from '@cloudpam/audit';

/** The time that an option gives: a moment, or the beginning of a day. @throws InvalidArgumentError */
export function timeValue(text: string): Date {
  const time = parseInstant(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);
  if (!time) throw new InvalidArgumentError('It must be a time such as 2026-01-31T12:00:00Z.');
  return time;
}
