import type { User } from './user';

/** A login that lasts. The secret in the cookie is never stored. */
export interface UserSession {
  readonly id: number;
  /** SHA-256 of the secret, 32 bytes, unique. */
  readonly secretHash: Uint8Array;
  readonly userId: number;
  /** Name of the provider that it was begun with. */
  readonly provider: string;
  readonly createdAt: Date;
  /** The absolute end, whatever happens. */
  readonly expiresAt: Date;
  /** At most a minute behind; the idle limit counts from here. */
  readonly lastUsedAt: Date;
  readonly userAgent: string;
  readonly ip: string;
  /** What the provider wants to see again when it is asked to end its own session; null when it was too long to keep. */
  readonly idToken: string | null;
}

/** Sessions of people. One that has ended is gone. */
export interface UserSessionStore {
  /** The session and its user, by one indexed read. */
  bySecretHash(secretHash: Uint8Array): Promise<{ session: UserSession; user: User } | undefined>;
  /** Newest first. */
  ofUser(userId: number): Promise<UserSession[]>;
  insert(session: Omit<UserSession, 'id'>): Promise<UserSession>;
  touch(id: number, lastUsedAt: Date): Promise<void>;
  /** False when it had ended before. */
  end(id: number): Promise<boolean>;
  /** Ends all of a user; gives their number. */
  endOfUser(userId: number): Promise<number>;
  /** Removes those that expired before `expired` or were last used before `idle`; gives their number. */
  purge(expired: Date, idle: Date): Promise<number>;
}

/** A login under way: what the browser's secret, of which this is the hash, may be used for, once. */
export interface LoginAttempt {
  /** SHA-256 of the secret, 32 bytes, unique. */
  readonly secretHash: Uint8Array;
  readonly provider: string;
  /** A path of this server. */
  readonly returnTo: string;
  readonly expiresAt: Date;
}

/** Logins under way. */
export interface LoginAttemptStore {
  insert(attempt: LoginAttempt): Promise<void>;
  /** Takes it away. Of several that ask for one at the same time, on whatever server, one gets it. */
  take(secretHash: Uint8Array): Promise<LoginAttempt | undefined>;
  /** Removes those that expired before `before`; gives their number. */
  purge(before: Date): Promise<number>;
}
