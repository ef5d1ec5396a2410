import type { Diff, DiffValue } from './audit-store';

type Facts = { readonly [field: string]: DiffValue };

/** The fields that differ between two states; undefined when nothing does. */
export function diffOf(before: Facts | null, after: Facts | null): Diff | undefined {
  if (!before || !after) return before || after ? { before, after } : undefined;
  const was: Record<string, DiffValue> = {};
  const is: Record<string, DiffValue> = {};
  let changed = false;
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const a = before[field] ?? null;
    const b = after[field] ?? null;
    if (JSON.stringify(a) === JSON.stringify(b)) continue;
    was[field] = a;
    is[field] = b;
    changed = true;
  }
  return changed ? { before: was, after: is } : undefined;
}
