import type { ImportEntity, ImportFormat } from '@cloudpam/import';
import type { Reading } from '../rows/reading';
import type { ReadItem } from './table-kind';

/** An object of a JSON document, as it came. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What a list of objects is. */
export interface JsonKind {
  readonly format: ImportFormat;
  readonly because: string;
  readonly entity: ImportEntity | null;
  /** By the field where an object says it. */
  readonly mapping: Readonly<Record<string, string>>;
  /** Objects may have more: keys that mean nothing here. */
  readonly unknown: readonly string[];
  /** @returns what reads an object; it may throw a `RowEnd` */
  reader(reading: Reading): (object: JsonObject) => ReadItem;
}

/**
 * Tells what a list is.
 * @param key of the list in the object that the document is; null where the list is the document
 * @param first its first object
 * @param file as its sender names it
 */
export type JsonDialect = (
  key: string | null,
  first: JsonObject,
  reading: Reading,
  file: string,
) => JsonKind | undefined;

/** Whether a value is an object with keys. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a key, by own keys alone. */
export function valueOf(object: unknown, key: string): unknown {
  return isObject(object) && Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The trimmed text, or number, of a key; null where it is neither, or empty. */
export function textOf(object: unknown, key: string): string | null {
  const value = valueOf(object, key);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return (typeof value === 'string' && value.trim()) || null;
}
