import type { LoginAttempt, LoginAttemptStore, User, UserSession, UserSessionStore } from '@cloudpam/identity';
import { StoredConflict } from '@cloudpam/pools';
import type { Tables } from './tables';

const keyOf = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');

/** Sessions of people over a Map. */
export class MemoryUserSessionStore implements UserSessionStore {
  constructor(private readonly tables: Tables) {}

  async bySecretHash(secretHash: Uint8Array): Promise<{ session: UserSession; user: User } | undefined> {
    const session = this.tables.sessions.all().find((each) => keyOf(each.secretHash) === keyOf(secretHash));
    const user = session && this.tables.users.get(session.userId);
    return user && { session, user };
  }

  async ofUser(userId: number): Promise<UserSession[]> {
    return this.tables.sessions.all().filter((each) => each.userId === userId).sort((a, b) => b.id - a.id);
  }

  async insert(session: Omit<UserSession, 'id'>): Promise<UserSession> {
    if (await this.bySecretHash(session.secretHash)) throw new StoredConflict('user_session_secret_hash');
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

  async purge(expired: Date, idle: Date): Promise<number> {
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
