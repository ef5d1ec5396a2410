/** The part of a paged, sorted list that has been loaded. */
export interface Loaded<T> {
  readonly items: readonly T[];
  /** True when there is nothing more to load. */
  readonly done: boolean;
}

/** Two lists as one, and which of them has to be loaded further before the next row is certain. */
export interface Merged<A, B> {
  readonly rows: readonly (A | B)[];
  readonly waitingFor: 'left' | 'right' | undefined;
}

/**
 * Merges two paged lists in address order. It stops where the next row could still come from a page
 * that isn't there yet, so rows never jump when more is loaded.
 */
export function mergeByAddress<A, B>(
  left: Loaded<A>,
  right: Loaded<B>,
  addressOf: (item: A | B) => bigint,
): Merged<A, B> {
  const rows: (A | B)[] = [];
  let l = 0;
  let r = 0;
  for (;;) {
    const a = left.items[l];
    const b = right.items[r];
    if (a === undefined && !left.done) return { rows, waitingFor: 'left' };
    if (b === undefined && !right.done) return { rows, waitingFor: 'right' };
    if (a === undefined && b === undefined) return { rows, waitingFor: undefined };
    if (a !== undefined && (b === undefined || addressOf(a) <= addressOf(b))) {
      rows.push(a);
      l += 1;
    } else if (b !== undefined) {
      rows.push(b);
      r += 1;
    }
  }
}
