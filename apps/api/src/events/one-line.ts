/**
 * What clouds and people name things may hold anything: this is one line of it, read from left to right, so that nobody
 * makes it say something else to people.
 * @param most characters; what is longer ends with an ellipsis
 */
export function oneLine(text: string, most: number): string {
  const plain = text
    .replace(/[\p{Cc}\u061c\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  const characters = [...plain];
  return characters.length <= most ? plain : `${characters.slice(0, most - 1).join('')}…`;
}
