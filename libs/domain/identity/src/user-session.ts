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
  /**
   * What the provider wants to see again when it is asked to end its own session; null when it was
   * too long to keep.
   */
  readonly idToken: string | null;
  /** Name of the provider's own session (claim `sid`), where it gives one. */
  readonly sid: string | null;
  /** Whom the provider is told to log out when there is no id token to show. */
  readonly logoutHint: string | null;
  /**
   * The provider's refresh token, sealed with a key that only the secret in the cookie gives; null
   * where it gives none.
   */
  readonly refreshToken: string | null;
  /** When the provider last confirmed the role. */
  readonly checkedAt: Date;
  /** Until then nobody asks the provider: it is being asked, or did not answer just now. */
  readonly checkAfter: Date | null;
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
  /**
   * Sessions of people of this issuer that belong to its session `sid`, or whose session it did not
   * name; of the subject, when one is given.
   */
  atProvider(issuer: string, sid: string | null, subject: string | null): Promise<UserSession[]>;
  /**
   * Sets `checkAfter`, if the session was last checked at `checkedAt` and nobody else is to be
   * waited for at `now`. Of several that ask at the same time, on whatever server, one gets true.
   */
  claimCheck(id: number, checkedAt: Date, now: Date, checkAfter: Date): Promise<boolean>;
  /**
   * The provider has confirmed the session, and gave this sealed refresh token; the next check is
   * due by the clock alone.
   */
  checked(id: number, checkedAt: Date, refreshToken: string | null): Promise<void>;
  /** The provider could not be asked; it is tried again from then on. */
  postponeCheck(id: number, checkAfter: Date): Promise<void>;
  /**
   * Notes a provider's logout token by its hash. False when it was used before, on whatever server.
   */
  useLogoutToken(hash: Uint8Array, expiresAt: Date): Promise<boolean>;
  /**
   * Removes those that expired before `expired` or were last used before `idle`, and used logout
   * tokens that have expired; gives the number of sessions.
   */
  purge(expired: Date, idle: Date): Promise<number>;
}

/**
 * A login under way: what the browser's secret, of which this is the hash, may be used for, once.
 */
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
  /**
   * Takes it away. Of several that ask for one at the same time, on whatever server, one gets it.
   */
  take(secretHash: Uint8Array): Promise<LoginAttempt | undefined>;
  /** Removes those that expired before `before`; gives their number. */
  purge(before: Date): Promise<number>;
}
