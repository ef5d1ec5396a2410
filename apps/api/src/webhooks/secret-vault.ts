import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { WebhookError } from '@cloudpam/events';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const NAME_BYTES = 4;

interface Key {
  /** Tells which key has sealed something. */
  readonly name: Buffer;
  readonly bytes: Buffer;
}

/**
 * Seals secrets that servers must read again: AES-256-GCM with the first of the keys of
 * `CLOUDPAM_SECRET_KEY`; any of them opens what it has sealed.
 */
export class SecretVault {
  private readonly keys: readonly Key[];

  /** @param keys random texts of 32 characters and more; without one nothing is sealed or opened */
  constructor(keys: readonly string[]) {
    this.keys = keys.map((key) => {
      const bytes = Buffer.from(hkdfSync('sha256', key, '', 'cloudpam secrets 1', 32));
      const name = createHash('sha256').update(bytes).digest().subarray(0, NAME_BYTES);
      return { name, bytes };
    });
  }

  /** @throws WebhookError `secret_key_missing` */
  seal(text: string): string {
    const [key] = this.keys;
    if (!key)
      throw new WebhookError(
        'secret_key_missing',
        'The servers have no CLOUDPAM_SECRET_KEY to keep secrets with; whoever runs them can give them one.',
      );
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, key.bytes, iv, { authTagLength: TAG_BYTES });
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([key.name, iv, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** What the first key has sealed, of the same text. @throws WebhookError, Error as `seal` and `open` */
  renew(sealed: string): string {
    const [key] = this.keys;
    return key?.name.equals(nameIn(sealed)) ? sealed : this.seal(this.open(sealed));
  }

  /** @throws Error where none of the keys has sealed it, or it was changed */
  open(sealed: string): string {
    const bytes = Buffer.from(sealed, 'base64url');
    const at = (from: number, length: number): Buffer => bytes.subarray(from, from + length);
    const key = this.keys.find(({ name }) => name.equals(nameIn(sealed)));
    if (!key)
      throw new Error('CLOUDPAM_SECRET_KEY does not have the key that this secret is kept with');
    const decipher = createDecipheriv(CIPHER, key.bytes, at(NAME_BYTES, IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAuthTag(at(NAME_BYTES + IV_BYTES, TAG_BYTES));
    const rest = bytes.subarray(NAME_BYTES + IV_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(rest), decipher.final()]).toString('utf8');
  }
}

/** Which key has sealed something. */
function nameIn(sealed: string): Buffer {
  return Buffer.from(sealed, 'base64url').subarray(0, NAME_BYTES);
}
