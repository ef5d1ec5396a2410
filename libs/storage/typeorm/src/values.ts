/** Time as either driver gives it: a Date, or milliseconds. */
export function timeOf(value: Date | number): Date {
  return typeof value === 'number' ? new Date(value) : value;
}

export function optionalTimeOf(value: Date | number | null): Date | null {
  return value === null ? null : timeOf(value);
}

/** JSON as either driver gives it: parsed, or as text. It is never a JSON string at the top. */
export function jsonOf<T>(value: T | string): T {
  return typeof value === 'string' ? (JSON.parse(value) as T) : value; // written by this adapter from a T
}
