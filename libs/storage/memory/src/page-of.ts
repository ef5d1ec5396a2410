import { InvalidCursor, type AddressPage } from '@cloudpam/pools';

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

/**
 * One page of rows that are in order, by number or from a cursor on.
 * @param cursorOf of fixed width, so that cursors are in the order of the list
 * @throws InvalidCursor for a cursor of another form than those of the rows
 */
export function cursorPage<Row>(
  rows: readonly Row[],
  { size, page = 1, after }: AddressPage,
  cursorOf: (row: Row) => string,
  form: RegExp = ADDRESS_CURSOR,
): { items: Row[]; total: number; nextCursor: string | null } {
  if (after !== undefined && !form.test(after)) throw new InvalidCursor();
  const start =
    after === undefined ? (page - 1) * size : rows.filter((row) => cursorOf(row) <= after).length;
  const items = rows.slice(start, start + size);
  const last = start + size < rows.length ? items.at(-1) : undefined;
  return { items, total: totalOf(rows), nextCursor: last ? cursorOf(last) : null };
}

const ADDRESS_CURSOR = /^[0-9a-f]{32}\.\d{15}$/;

/** Where a row stands in a list by address and id. */
export function addressCursor(id: number, first: bigint): string {
  return `${first.toString(16).padStart(32, '0')}.${String(id).padStart(15, '0')}`;
}
