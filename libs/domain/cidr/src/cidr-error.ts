/** What was wrong with a text or a number that should have become an address or a block. */
export type CidrErrorCode =
  'invalid_cidr' | 'invalid_address' | 'not_canonical' | 'invalid_prefix_length';

/**
 * Refusal of an address, a block or a prefix length. The message is a sentence that may be shown to
 * a person.
 */
export class CidrError extends Error {
  override readonly name = 'CidrError';

  /** @param suggestion the canonical form; present only when `code` is `not_canonical` */
  constructor(
    readonly code: CidrErrorCode,
    message: string,
    readonly suggestion?: string,
  ) {
    super(message);
  }
}

const SHOWN_LENGTH = 64;

/**
 * A text from outside as it may stand in a message: quoted, control characters escaped, cut when
 * long.
 */
export function quoted(text: string): string {
  return JSON.stringify(text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}...` : text);
}
