import type { RowErrorCode, SkipCode, SkippedRow, WrongRow } from '@cloudpam/import';

/**
 * Ends the reading of one row: it is wrong, or left out. Thrown within this library, once for each
 * of maybe many rows, and therefore no Error: it has no stack.
 */
export class RowEnd {
  constructor(readonly item: WrongRow | SkippedRow) {}
}

/** The row cannot be read. @param field null: all of it */
export function wrong(error: RowErrorCode, detail: string, field: string | null = null): RowEnd {
  return new RowEnd({ error, detail, field });
}

/** The row is left out on purpose. */
export function skipped(skip: SkipCode, detail: string): RowEnd {
  return new RowEnd({ skip, detail });
}

/** A text in a message: not all of a long one. */
export function quoted(text: string): string {
  const LONGEST = 80;
  return JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}
