import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import { providerFetch } from './provider-fetch';

/**
 * An unknown key id makes the keys be fetched again, but no more often than this: ids are the
 * choice of who sends a token.
 */
const KEYS_AGAIN_MS = 5_000;
const KEYS_KEPT_MS = 300_000;

/**
 * The published keys of a provider, fetched when they are first needed, again when they are five
 * minutes old, and for an unknown key id. Their age is measured by a clock that nobody sets; jose
 * measures it by the time of day.
 */
export function providerKeys(url: URL, timeoutDuration: number): JWTVerifyGetKey {
  const published = createRemoteJWKSet(url, {
    timeoutDuration,
    // It fetches nothing by itself once it has something.
    cooldownDuration: Infinity,
    cacheMaxAge: Infinity,
    [customFetch]: (to, options) =>
      providerFetch(to, {
        ...options,
        body: null,
        headers: Object.fromEntries(options.headers.entries()),
      }),
  });
  let fetchedAt = -Infinity;
  const isOlderThan = (ms: number): boolean => performance.now() - fetchedAt >= ms;
  const fetchAgain = async (): Promise<void> => {
    await published.reload();
    fetchedAt = performance.now();
  };
  return async (header, token) => {
    if (isOlderThan(KEYS_KEPT_MS)) await fetchAgain();
    try {
      return await published(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !isOlderThan(KEYS_AGAIN_MS)) throw error;
      await fetchAgain();
      return published(header, token);
    }
  };
}
