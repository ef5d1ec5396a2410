import type { DiffValue } from './audit-store';
import type { Changed, Facts } from './event';

/** The fields that differ between two states of an entity; undefined when none does. */
export function diffOf<F extends Facts>(before: F, after: F): Changed<F> | undefined {
  const was: Record<string, DiffValue> = {};
  const is: Record<string, DiffValue> = {};
  let changed = false;
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const a = before[field] ?? null;
    const b = after[field] ?? null;
    if (same(a, b)) continue;
    was[field] = a;
    is[field] = b;
    changed = true;
  }
  // Fields of an F, with what stands in one.
  return changed ? { before: was as Partial<F>, after: is as Partial<F> } : undefined;
}

/** Equal as JSON, in whatever order the keys of an object stand. */
function same(a: DiffValue, b: DiffValue): boolean {
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b;
  const [left, right] = [Object.entries(a), new Map<string, DiffValue>(Object.entries(b))];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    left.length === right.size &&
    left.every(([key, value]) => {
      const other = right.get(key);
      return other !== undefined && same(value, other);
    })
  );
}
