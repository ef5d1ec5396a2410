import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { LogIn, type RoleMap, type Secrets, type VerifiedIdentity } from './index';
import type { MemoryStorage } from '@cloudpam/storage-memory';

/**
 * Randomness of Node; what is sealed can be read by who looks for it, but opened by its key alone.
 */
export const SECRETS: Secrets = {
  randomText: (length) =>
    [...randomBytes(length)].map((byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join(''),
  hash: (text) => createHash('sha256').update(text).digest(),
  equal: (a, b) => timingSafeEqual(a, b),
  seal: (key, text) => `${Buffer.from(key).toString('hex')} ${text}`,
  unseal: (key, sealed) =>
    sealed.startsWith(`${Buffer.from(key).toString('hex')} `) ? sealed.split(' ')[1] : undefined,
};
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const START = new Date('2026-01-01T00:00:00Z');
export const after = (ms: number): Date => new Date(START.getTime() + ms);
export const MAP: RoleMap = [
  { group: 'admins', role: 'admin' },
  { group: 'netops', role: 'editor' },
];

export function identity(
  subject: string,
  groups: readonly string[],
  more: Partial<VerifiedIdentity> = {},
): VerifiedIdentity {
  return {
    provider: 'okta',
    issuer: 'https://id.example',
    subject,
    email: null,
    name: subject,
    groups,
    claim: 'groups',
    claimFault: null,
    idToken: 'a.b.c',
    sid: null,
    logoutHint: null,
    refreshToken: null,
    ...more,
  };
}

/** Logs someone in, at an hour of the test. */
export function logInAt(
  storage: MemoryStorage,
  who: VerifiedIdentity,
  at = START,
): ReturnType<LogIn['execute']> {
  return new LogIn(storage.unitOfWork, SECRETS, 12 * HOUR).execute(
    { at, requestId: 'test' },
    who,
    MAP,
    {
      userAgent: 'test',
      ip: '192.0.2.1',
    },
  );
}
