import { createHash, createHmac } from 'node:crypto';
import { SNAPSHOT_KEY_PURPOSE } from '@cloudpam/reconciliation';

/**
 * The parts of a token's text, `cpam_<public id>_<secret><checksum>`; what people choose by hand
 * has no checksum.
 */
export interface CollectorToken {
  readonly publicId: string;
  readonly secret: string;
}

const TOKEN = /^cpam_([a-z2-7]{12})_([a-z2-7]{52})(?:[a-z2-7]{6})?$/;

/** Undefined for a text that cannot be a token. */
export function readCollectorToken(text: string): CollectorToken | undefined {
  const match = TOKEN.exec(text);
  return match ? { publicId: match[1] ?? '', secret: match[2] ?? '' } : undefined;
}

/**
 * Signs snapshot files: HMAC-SHA256 in hex. The key is made of the secret's SHA-256, which is what
 * the server keeps, so that it can check the signature without any other key.
 */
export function fileSigner({ secret }: CollectorToken): (bytes: Uint8Array) => string {
  const key = createHmac('sha256', createHash('sha256').update(secret).digest())
    .update(SNAPSHOT_KEY_PURPOSE)
    .digest();
  return (bytes) => createHmac('sha256', key).update(bytes).digest('hex');
}
