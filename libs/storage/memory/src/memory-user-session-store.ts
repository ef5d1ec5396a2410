import type {
  LoginAttempt,
  LoginAttemptStore,
  User,
  UserSession,
  UserSessionStore,
} from '@cloudpam/identity';
import { StoredConflict } from '@cloudpam/pools';
import type { Tables } from './stores';

const keyOf = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');

/** Sessions of people over a Map. */
export class MemoryUserSessionStore implements UserSessionStore {
  constructor(private readonly tables: Tables) {}

  async bySecretHash(
    secretHash: Uint8Array,
  ): Promise<{ session: UserSession; user: User } | undefined> {
    const session = this.tables.sessions
      .all()
      .find((each) => keyOf(each.secretHash) === keyOf(secretHash));
    const user = session && this.tables.users.get(session.userId);
    return user && { session, user };
  }

  async ofUser(userId: number): Promise<UserSession[]> {
    return this.tables.sessions
      .all()
      .filter((each) => each.userId === userId)
      .sort((a, b) => b.id - a.id);
  }

  async insert(session: Omit<UserSession, 'id'>): Promise<UserSession> {
    if (await this.bySecretHash(session.secretHash))
      throw new StoredConflict('user_session_secret_hash');
    const stored = { ...session, id: this.tables.sessions.takeId() };
    this.tables.sessions.set(stored.id, stored);
    return stored;
  }

  async touch(id: number, lastUsedAt: Date): Promise<void> {
    this.tables.sessions.update(id, (session) => ({ ...session, lastUsedAt }));
  }

  async end(id: number): Promise<boolean> {
    return this.tables.sessions.delete(id);
  }

  async endOfUser(userId: number): Promise<number> {
    return this.remove((each) => each.userId === userId);
  }

  async atProvider(
    issuer: string,
    sid: string | null,
    subject: string | null,
  ): Promise<UserSession[]> {
    const fits = (session: UserSession): boolean => {
      const user = this.tables.users.get(session.userId);
      if (user?.issuer !== issuer || (subject !== null && user.subject !== subject)) return false;
      return sid === null || session.sid === sid || (subject !== null && session.sid === null);
    };
    return this.tables.sessions
      .all()
      .filter(fits)
      .sort((a, b) => a.id - b.id);
  }

  async claimCheck(id: number, checkedAt: Date, now: Date, checkAfter: Date): Promise<boolean> {
    const session = this.tables.sessions.get(id);
    if (
      session?.checkedAt.getTime() !== checkedAt.getTime() ||
      (session.checkAfter !== null && session.checkAfter > now)
    )
      return false;
    this.tables.sessions.set(id, { ...session, checkAfter });
    return true;
  }

  async checked(id: number, checkedAt: Date, refreshToken: string | null): Promise<void> {
    this.tables.sessions.update(id, (session) => ({
      ...session,
      checkedAt,
      checkAfter: null,
      refreshToken,
    }));
  }

  async postponeCheck(id: number, checkAfter: Date): Promise<void> {
    this.tables.sessions.update(id, (session) => ({ ...session, checkAfter }));
  }

  async useLogoutToken(hash: Uint8Array, expiresAt: Date): Promise<boolean> {
    if (this.tables.logoutTokens.get(keyOf(hash))) return false;
    this.tables.logoutTokens.set(keyOf(hash), expiresAt);
    return true;
  }

  async purge(expired: Date, idle: Date): Promise<number> {
    for (const [hash, expiresAt] of this.tables.logoutTokens.entries())
      if (expiresAt < expired) this.tables.logoutTokens.delete(hash);
    return this.remove((each) => each.expiresAt < expired || each.lastUsedAt < idle);
  }

  private remove(which: (session: UserSession) => boolean): number {
    const gone = this.tables.sessions.all().filter(which);
    for (const { id } of gone) this.tables.sessions.delete(id);
    return gone.length;
  }
}

/** Logins under way over a Map. */
export class MemoryLoginAttemptStore implements LoginAttemptStore {
  constructor(private readonly tables: Tables) {}

  async insert(attempt: LoginAttempt): Promise<void> {
    this.tables.attempts.set(keyOf(attempt.secretHash), attempt);
  }

  async take(secretHash: Uint8Array): Promise<LoginAttempt | undefined> {
    const attempt = this.tables.attempts.get(keyOf(secretHash));
    this.tables.attempts.delete(keyOf(secretHash));
    return attempt;
  }

  async purge(before: Date): Promise<number> {
    const gone = this.tables.attempts.all().filter(({ expiresAt }) => expiresAt < before);
    for (const { secretHash } of gone) this.tables.attempts.delete(keyOf(secretHash));
    return gone.length;
  }
}
