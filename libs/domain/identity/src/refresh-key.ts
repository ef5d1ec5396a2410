import type { Secrets } from './identity-stores';

/**
 * The key that the provider's refresh token of a session is sealed with. It follows from the secret
 * that only the browser's cookie holds, so that the database alone opens none, and no key has to be
 * made, shared or rotated.
 */
export function refreshKey(secrets: Secrets, secret: string): Uint8Array {
  return secrets.hash(`refresh:${secret}`);
}
