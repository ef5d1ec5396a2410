/** A workbook that is not read or written; the message says why, for people. */
export class WorkbookError extends Error {
  constructor(
    readonly code: 'too_large' | 'encrypted' | 'no_workbook' | 'broken',
    message: string,
  ) {
    super(message);
    this.name = 'WorkbookError';
  }
}
