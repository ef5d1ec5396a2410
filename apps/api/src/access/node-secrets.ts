import { createCipheriv, createDecipheriv, hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Secrets } from '@cloudpam/identity';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** Randomness and hashing by Node. */
export const NODE_SECRETS: Secrets = {
  randomText: (length) => [...randomBytes(length)].map((byte) => ALPHABET[byte % 32]).join(''),
  // By way of text: a digest that comes as bytes has memory of its own, which costs the collector
  // more than all the rest of a request's check.
  hash: (text) => Buffer.from(hash('sha256', text, 'hex'), 'hex'),
  seal: (key, text) => {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key, nonce);
    return Buffer.concat([
      nonce,
      cipher.update(text, 'utf8'),
      cipher.final(),
      cipher.getAuthTag(),
    ]).toString('base64url');
  },
  unseal: (key, sealed) => {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES)).setAuthTag(
      bytes.subarray(-TAG_BYTES),
    );
    try {
      return (
        decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') +
        decipher.final('utf8')
      );
    } catch {
      return undefined;
    }
  },
  equal: (a, b) => a.length === b.length && timingSafeEqual(a, b),
};
