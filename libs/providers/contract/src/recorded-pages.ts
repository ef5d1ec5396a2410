import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A JSON object as a cloud answered it. */
export type RecordedBody = { readonly [field: string]: unknown };

/** An answer that is an error, in the cloud's own words. */
export interface RecordedError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** One page of a list as it was recorded. */
export interface RecordedPage {
  readonly body: RecordedBody;
  readonly error?: RecordedError;
  /** What the page lists, without what is around it. */
  readonly entries: readonly object[];
}

/** How the pages of a cloud are taken apart. */
export interface PageFormat {
  entriesOf(body: RecordedBody): readonly object[];
  errorOf(body: RecordedBody): RecordedError | undefined;
}

const FIXTURES = join(__dirname, '../fixtures');

/**
 * The pages of one list, in their order: `fixtures/FOLDER/LIST.1.json`, `LIST.2.json` and so on.
 */
export function recordedPages(
  folder: string,
  list: string,
  format: PageFormat,
): readonly RecordedPage[] {
  const pages: RecordedPage[] = [];
  for (let number = 1; ; number++) {
    const file = join(FIXTURES, folder, `${list}.${number}.json`);
    if (!existsSync(file)) break;
    const body = JSON.parse(readFileSync(file, 'utf8')) as RecordedBody; // the fixtures hold objects
    const error = format.errorOf(body);
    pages.push({ body, entries: error ? [] : format.entriesOf(body), ...(error && { error }) });
  }
  if (pages.length === 0) throw new Error(`there is no fixture ${folder}/${list}.1.json`);
  return pages;
}

/** All entries up to the first error, which ends a listing, and that error. */
export function entriesUntilError(pages: readonly RecordedPage[]): {
  readonly entries: readonly object[];
  readonly error?: RecordedError;
} {
  const failing = pages.findIndex(({ error }) => error !== undefined);
  const listed = failing < 0 ? pages : pages.slice(0, failing);
  return { entries: listed.flatMap(({ entries }) => entries), error: pages[failing]?.error };
}
