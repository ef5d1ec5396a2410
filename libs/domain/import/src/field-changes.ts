import { diffOf, type DiffValue, type Facts } from '@cloudpam/audit';
import type { FieldChange } from './import-plan';

/**
 * The fields of `after` that differ in `before`, by their names on the wire. An empty text and none are the same: a
 * table cannot tell them apart.
 */
export function fieldChanges(before: object, after: object): readonly FieldChange[] {
  const diff = diffOf(factsOf(before, after), factsOf(after, after));
  if (!diff) return [];
  return Object.keys(diff.after)
    .map((field) => ({
      field,
      before: diff.before[field] ?? null,
      after: diff.after[field] ?? null,
    }))
    .filter(({ before, after }) => (before ?? '') !== (after ?? ''));
}

function factsOf(values: object, named: object): Facts {
  const all = values as Readonly<Record<string, unknown>>; // read by the names of the other one
  return Object.fromEntries(
    Object.keys(named).map((name) => [wireName(name), factOf(all[name] ?? null)]),
  );
}

function factOf(value: unknown): DiffValue {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(factOf);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, factOf(each ?? null)]),
    );
  return value as DiffValue; // a text, a number, true, false or null
}

/** `externalId` as `external_id`. */
export function wireName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
