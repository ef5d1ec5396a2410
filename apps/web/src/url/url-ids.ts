/** Ids from the URL (`3.7.12`); anything else in the text is left out. */
export function idsOfText(text: string): ReadonlySet<number> {
  return new Set(
    text
      .split('.')
      .filter((part) => /^\d{1,15}$/.test(part))
      .map(Number),
  );
}

/** Ids for the URL, in the order they came. */
export function idsText(ids: Iterable<number>): string {
  return [...ids].join('.');
}
