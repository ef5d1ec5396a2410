/** NUL, which PostgreSQL cannot keep, and halves of surrogate pairs, which no UTF-8 can write. */
const UNSTORABLE = /\0|\p{Surrogate}/gu;
const REPLACEMENT = '\uFFFD';

/** Whether every storage can keep the text and give it back as it was. */
export function isStorableText(text: string): boolean {
  return text.search(UNSTORABLE) === -1;
}

/** The text with U+FFFD in place of every character that no storage can keep. */
export function storableText(text: string): string {
  return text.replace(UNSTORABLE, REPLACEMENT);
}

/** A value of JSON in which every text, names of members too, is one that storages can keep. */
export function storableJson(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storableJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [storableText(name), storableJson(each)]),
  );
}

/**
 * Where in a value of JSON a text stands that storages cannot keep, as a path of names; undefined
 * for nowhere.
 */
export function unstorableAt(
  value: unknown,
  path: readonly string[] = [],
): readonly string[] | undefined {
  if (typeof value === 'string') return isStorableText(value) ? undefined : path;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, each] of Object.entries(value)) {
    const found = isStorableText(name)
      ? unstorableAt(each, [...path, name])
      : [...path, storableText(name)];
    if (found) return found;
  }
  return undefined;
}
