import { InvalidCursor } from '@cloudpam/pools';
import { BoundCursor } from './bound-cursor';
import { LAST_PAGE, type ListOf, type PageQuery, type WholeListQuery } from './common.dto';

/** Totals are counted up to this; one more means "more". */
const COUNTED = 10_000;
const STANDARD_SIZE = 50;

/** A page of a list, asked for by its number or by the cursor that the page before it gave. */
export class ListPage {
  readonly page: number;
  readonly size: number;
  private readonly bound: BoundCursor;

  /**
   * @param list the name of the list
   * @throws InvalidCursor for the cursor of another list, filter, or size of pages
   */
  constructor({ page = 1, cursor, ...filter }: PageQuery, list: string) {
    const { page_size: size = STANDARD_SIZE } = filter;
    // Parameters may come in any order.
    const asked = Object.entries({ ...filter, page_size: size }).sort(([a], [b]) =>
      a < b ? -1 : 1,
    );
    this.bound = new BoundCursor({ list, asked });
    this.size = size;
    this.page = this.bound.readId(cursor) ?? page;
    if (this.page > LAST_PAGE) throw new InvalidCursor();
  }

  /** How many entries stand before it. */
  get skip(): number {
    return (this.page - 1) * this.size;
  }

  /** The cursor of the page after it. */
  get next(): string | null {
    return this.bound.write(String(this.page + 1));
  }

  /** The answer. A total of 10,001 means more than 10,000. */
  answer<T>(items: readonly T[], total: number): ListOf<T> {
    const isFull = items.length === this.size;
    const hasMore = total > COUNTED ? isFull : this.page * this.size < total;
    return listBody(items, total, this, hasMore ? this.next : null);
  }
}

/**
 * A page of a list whose storage goes on from a place of its own: so the last page costs what the
 * first one does. Asked for by the cursor that the page before gave, or by its number.
 */
export class CursorPage {
  /** As it was asked for; the cursor counts before it. */
  readonly page: number | undefined;
  readonly size: number;
  private readonly bound: BoundCursor;
  private readonly cursor: string | undefined;

  /** @param list all that decides what the list holds */
  constructor({ page, page_size: size = STANDARD_SIZE, cursor }: PageQuery, list: object) {
    this.page = page;
    this.size = size;
    this.bound = new BoundCursor(list);
    this.cursor = cursor;
  }

  /** The place where the page before ended. @throws InvalidCursor for that of another list */
  get after(): string | undefined {
    return this.bound.read(this.cursor);
  }

  /** The same where places are ids. @throws InvalidCursor */
  get afterId(): number | undefined {
    return this.bound.readId(this.cursor);
  }

  /** The same where places are addresses. @throws InvalidCursor */
  get afterNumber(): bigint | undefined {
    return this.bound.readNumber(this.cursor);
  }

  /** How many entries stand before it, counted from its number; none with a cursor. */
  get skip(): number {
    return this.cursor === undefined ? ((this.page ?? 1) - 1) * this.size : 0;
  }

  /** The cursor for the client. @param next where this page ends; null on the last one */
  cursorTo(next: string | number | bigint | null): string | null {
    return this.bound.write(next === null ? null : String(next));
  }

  /** The answer. A total of 10,001 means more than 10,000. */
  answer<T>(items: readonly T[], total: number, next: string | number | bigint | null): ListOf<T> {
    return listBody(items, total, this, this.cursorTo(next));
  }
}

/**
 * A page of a list that is at hand as a whole.
 * @param list the name of the list
 * @throws InvalidCursor
 */
export function pageOfAll<T>(all: readonly T[], query: WholeListQuery, list: string): ListOf<T> {
  const { page_size: size = Math.max(all.length, 1) } = query;
  const page = new ListPage({ ...query, page_size: size }, list);
  const end = page.skip + size;
  return listBody(all.slice(page.skip, end), all.length, page, end < all.length ? page.next : null);
}

/** The common frame of lists. `total` of 10,001 means more than 10,000. */
function listBody<T>(
  items: readonly T[],
  total: number,
  page: { readonly page: number | undefined; readonly size: number },
  nextCursor: string | null,
): ListOf<T> {
  return {
    items,
    total: Math.min(total, COUNTED),
    total_is_estimate: total > COUNTED,
    page: page.page ?? 1,
    page_size: page.size,
    next_cursor: nextCursor,
  };
}
