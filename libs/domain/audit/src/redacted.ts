import type { DiffValue } from './audit-store';

const TOKEN = /cpam_[a-z2-7]{12}_[a-z2-7]{52}(?:[a-z2-7]{6})?/g;

/** The same, with any of its characters percent-encoded, once or several times (RFC 3986). */
const ENCODED_TOKEN = (() => {
  const encoded = (character: string, code: string): string => `(?:${character}|%(?:25)*${code})`;
  const letter = encoded('[a-z2-7]', '(?:3[2-7]|6[1-9a-f]|7[0-9a])');
  const begin = ['63', '70', '61', '6d', '5f']
    .map((code, at) => encoded('cpam_'[at] ?? '', code))
    .join('');
  return new RegExp(
    `${begin}${letter}{12}${encoded('_', '5f')}${letter}{52}(?:${letter}{6})?`,
    'gi',
  );
})();

/** The text without the API tokens in it, which people paste where they should not. */
export function redacted(text: string): string {
  const plain = text.includes('cpam_') ? text.replace(TOKEN, 'cpam_***') : text;
  return plain.includes('%') ? plain.replace(ENCODED_TOKEN, 'cpam_***') : plain;
}

/** A value without the tokens in any of its texts; the value itself when there is none. */
export function redactedValue<T extends DiffValue>(value: T): T {
  return hasToken(value) ? (replaced(value) as T) : value; // only the content of texts differs
}

function hasToken(value: DiffValue): boolean {
  if (typeof value === 'string') return value.includes('cpam_');
  if (value === null || typeof value !== 'object') return false;
  for (const key in value)
    if (
      key.includes('cpam_') ||
      hasToken((value as { readonly [key: string]: DiffValue })[key] ?? null)
    )
      return true; // arrays too have their items under keys
  return false;
}

function replaced(value: DiffValue): DiffValue {
  if (typeof value === 'string') return redacted(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(replaced);
  return Object.fromEntries(
    Object.entries(value as { readonly [key: string]: DiffValue }).map(([key, each]) => [
      redacted(key),
      replaced(each),
    ]),
  ); // not an array
}
