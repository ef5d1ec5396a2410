const COUNT_LIMIT = 10_001;

/** What lists tell as their total: exact up to 10,000, then 10,001. */
export function totalOf(rows: readonly unknown[]): number {
  return Math.min(rows.length, COUNT_LIMIT);
}

/** One page of rows that are in order; `page` starts at 1. */
export function pageOf<Row>(
  rows: readonly Row[],
  page: number,
  pageSize: number,
): { items: Row[]; total: number } {
  return { items: rows.slice((page - 1) * pageSize, page * pageSize), total: totalOf(rows) };
}

/** Order of text in lists: by code unit, without regard to any language. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** True when `text` is part of any of the values, in any case. */
export function isPartOf(text: string, ...values: readonly string[]): boolean {
  return values.some((value) => value.toLowerCase().includes(text.toLowerCase()));
}
