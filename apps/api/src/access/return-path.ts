import { AccessError } from '@cloudpam/identity';

/**
 * Visible ASCII; not `//`, which a browser takes for another host, nor a backslash before the
 * query, which it takes for a slash.
 */
const PATH = /^\/(?!\/)[\x21\x22\x24-\x3e\x40-\x5b\x5d-\x7e]*([?#][\x21-\x7e]*)?$/;
const LONGEST = 4_000;

/**
 * Where to go after the login: a path of this server, `/` when none is given. @throws AccessError
 * `invalid_return_to`
 */
export function returnPath(text: string | undefined): string {
  if (text === undefined || text === '') return '/';
  if (
    text.length > LONGEST ||
    !PATH.test(text) ||
    new URL(text, 'http://own.invalid').origin !== 'http://own.invalid'
  ) {
    throw new AccessError(
      'invalid_return_to',
      'return_to must be a path of this server, such as /pools/7.',
      'return_to',
    );
  }
  return text;
}
