import type { FormatErrorCode } from '@cloudpam/formats';

/** Files that cannot be read: the error of the formats, whose library is loaded by who reads files alone. */
export class FileError extends Error {
  constructor(
    readonly code: FormatErrorCode,
    readonly detail: string,
    private readonly file: string | null,
    private readonly line: number | undefined,
  ) {
    super(file === null ? detail : `${file}: ${detail}`);
    this.name = 'FileError';
  }

  /** File and line, as far as they are known. */
  get where(): string | undefined {
    const parts = [this.file, this.line].filter((each) => each !== null && each !== undefined);
    return parts.length === 0 ? undefined : parts.join(':').slice(0, 200);
  }
}
