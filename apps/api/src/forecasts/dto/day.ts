import { DAY_MS } from '@cloudpam/forecast';
import { TextField, type About } from '../../http/fields';
import { SchemaError } from '../../http/schema';

const PATTERN = /^\d{4}-\d{2}-\d{2}$/;

/** A day in UTC, as `2026-08-22` (RFC 3339). */
export function DayField(about: About): PropertyDecorator {
  const { optional = false, nullable = false } = about;
  const example = optional || nullable ? undefined : '2026-08-22';
  return TextField({ example, ...about, max: 10, pattern: PATTERN, format: 'date' });
}

/** A day of a query in days since 1970-01-01. @throws SchemaError `invalid_field` for one that no calendar has */
export function readDay(field: string, text: string): number {
  const at = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text)
    throw new SchemaError([
      { field, code: 'invalid_field', detail: 'must be a day such as 2026-08-22' },
    ]);
  return Math.floor(at.getTime() / DAY_MS);
}
