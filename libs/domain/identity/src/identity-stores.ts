import type { UnitOfWork, WriteStores } from '@cloudpam/audit';
import type { LoginCountStore } from './limit-logins';
import type { TokenStore } from './token';
import type { UserStore } from './user';
import type { LoginAttemptStore, UserSessionStore } from './user-session';

/** What the access use cases ask of a storage. */
export interface IdentityStores extends WriteStores {
  readonly tokens: TokenStore;
  readonly users: UserStore;
  readonly sessions: UserSessionStore;
  readonly attempts: LoginAttemptStore;
  readonly loginCounts: LoginCountStore;
}

/** One transaction over the stores of identity. */
export type IdentityUnitOfWork = UnitOfWork<IdentityStores>;

/** Randomness and hashing, which the domain does not reach for itself. */
export interface Secrets {
  /** Random bytes as lower-case base32-like text of `length` characters out of a-z and 2-7. */
  randomText(length: number): string;
  /** SHA-256 of the text, 32 bytes. */
  hash(text: string): Uint8Array;
  /** Encrypts the text so that changes show (AES-256-GCM); the same text never gives the same. */
  seal(key: Uint8Array, text: string): string;
  /** The text again; undefined for another key, or when it was changed. */
  unseal(key: Uint8Array, sealed: string): string | undefined;
  /** Compares in a time that does not depend on where two values differ. */
  equal(a: Uint8Array, b: Uint8Array): boolean;
}
