let resolve: () => void = () => undefined;

/**
 * Resolves when the browser has shown the content of its first page. What a person needs only then
 * comes after it: menus, filters, the search.
 */
export const contentShown = new Promise<void>((done) => {
  resolve = done;
});

/** The content of a page is shown, or it is known that it cannot be. */
export function noteContentShown(): void {
  resolve();
}
