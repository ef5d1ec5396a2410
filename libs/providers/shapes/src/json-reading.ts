/** A JSON object whose fields are not yet known. */
export type JsonObject = { readonly [field: string]: unknown };

/** The value as an object, or undefined when it is something else (null and arrays too). */
export function asObject(value: unknown): JsonObject | undefined {
  // Safe: any non-null, non-array object may be read by field name, and every field is unknown.
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

/** The value as a text that is not empty, or undefined. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * The value as a list; nothing (absent, null) is an empty one; undefined when it is something else.
 */
export function asList(value: unknown): readonly unknown[] | undefined {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : undefined;
}

/** True for a field that is absent, null or an empty text (an empty XML element is read as one). */
export function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** A whole number from 0 on, of a number or its digits (as Google writes 64 bits); undefined for all else. */
export function asCount(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0
    ? Math.min(number, 2_147_483_647)
    : undefined;
}
