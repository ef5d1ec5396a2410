import type { FormatErrorCode } from '@cloudpam/formats';

/** Characters of a file's name, and of all of a place, in problems. */
const NAME = 100;
const PLACE = 200;

/** Where something is wrong, as far as it is known: `file:line:column`. */
export function placeIn(
  file: string | null,
  ...parts: readonly (string | number | null | undefined)[]
): string {
  const name = file !== null && file.length > NAME ? `${file.slice(0, NAME - 1)}…` : file;
  return [name, ...parts]
    .filter((each) => each !== null && each !== undefined)
    .join(':')
    .slice(0, PLACE);
}

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
    return placeIn(this.file, this.line) || undefined;
  }
}
