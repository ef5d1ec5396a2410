/** Why nothing of a request can be read. */
export type FormatErrorCode =
  | 'unreadable_file'
  | 'unknown_format'
  | 'too_many_rows'
  | 'file_too_large'
  | 'no_rows'
  | 'invalid_map';

/** What was given cannot be read at all. What is wrong with one row is a row of its own. */
export class FormatError extends Error {
  override readonly name = 'FormatError';

  /**
   * @param detail a sentence for people
   * @param file the file as its sender names it; null where it is all of them, or none
   * @param line from 1, where there is one
   */
  constructor(
    readonly code: FormatErrorCode,
    readonly detail: string,
    readonly file: string | null,
    readonly line?: number,
  ) {
    super(file === null ? detail : `${file}: ${detail}`);
  }
}
