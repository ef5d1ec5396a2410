export { FormatError, type FormatErrorCode } from './format-error';
export { readImport } from './read-import';
export type { GivenFile, ImportMap, ReadingOptions } from './reading-options';
