/** A tag as it is set on a pool. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** Longest key that a tag can have here. */
export const TAG_KEY_LENGTH = 128;

/**
 * All tags that a text can mean, with the shortest key first: keys and values may hold the
 * separators themselves, as
 * `aws:cloudformation:stack-name` does. Which one is meant is decided by the tags that exist.
 * @param separators each of these characters may stand between key and value
 */
export function tagReadings(text: string, separators = ':'): Tag[] {
  const readings: Tag[] = [];
  for (let at = 1; at < text.length && at <= TAG_KEY_LENGTH; at++) {
    if (separators.includes(text[at] ?? ''))
      readings.push({ key: text.slice(0, at), value: text.slice(at + 1) });
  }
  return readings;
}
