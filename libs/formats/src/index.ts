export type { GivenFile, ImportMap, ImportWords, ReadingOptions } from './reading-options';
