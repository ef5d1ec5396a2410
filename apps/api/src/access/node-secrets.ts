import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Secrets } from '@cloudpam/identity';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** Randomness and hashing by Node. */
export const NODE_SECRETS: Secrets = {
  randomText: (length) => [...randomBytes(length)].map((byte) => ALPHABET[byte % 32]).join(''),
  hash: (text) => hash('sha256', text, 'buffer'),
  equal: (a, b) => a.length === b.length && timingSafeEqual(a, b),
};
