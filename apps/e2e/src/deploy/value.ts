/** Any part of parsed JSON; undefined where there is none. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  // Asking any value but null and undefined for a field is safe.
  return path.reduce<unknown>(
    (part, key) =>
      (part as { readonly [field: string | number]: unknown } | null | undefined)?.[key],
    value,
  );
}

/** The parts of a list; none of what is no list. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** @throws Error for what is no text */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new Error(`not a text: ${JSON.stringify(value)}`);
}

/** The texts in a list. */
export function texts(value: unknown): string[] {
  return list(value).map(text);
}
