/** Characters of a cell in which parts are looked for: a name with a number is far shorter. */
const LONGEST = 500;

/**
 * What a pattern finds in a text, and nothing in a very long one: patterns that try each place take the square of it,
 * or more.
 */
export function partsOf(
  pattern: RegExp,
  text: string,
  longest: number = LONGEST,
): RegExpExecArray | null {
  return text.length > longest ? null : pattern.exec(text);
}
