import { unlessUnavailable } from '@cloudpam/audit';
import { AccessError } from './access-error';
import type { IdentityUnitOfWork, Secrets } from './identity-stores';
import { liesAhead } from './lies-ahead';
import { hex } from './login-secrets';
import { principalOfUser, type Principal } from './principal';
import type { RecheckSession } from './recheck-session';
import { ShortMemory, type MonotonicClock } from './short-memory';
import type { User } from './user';
import type { UserSession } from './user-session';

const SECRET = /^[a-z2-7]{52}$/;

/** A session that a request came with. */
export interface LiveSession {
  readonly session: UserSession;
  readonly user: User;
  readonly principal: Principal;
  /**
   * Proves that a write comes from the page: only who may read answers of this session knows it.
   */
  readonly csrf: string;
}

/** Finds the session that a cookie stands for: one indexed read, remembered for three seconds. */
export class AuthenticateSession {
  private readonly known: ShortMemory<LiveSession>;
  private readonly touchMs: number;

  /**
   * @param idleMs a session that is not used for so long has ended
   * @param clock by which what was read is remembered
   * @param recheck asks the provider from time to time whether the login still stands
   */
  constructor(
    private readonly unitOfWork: IdentityUnitOfWork,
    private readonly secrets: Secrets,
    private readonly idleMs: number,
    clock: MonotonicClock,
    private readonly recheck?: RecheckSession,
  ) {
    this.known = new ShortMemory(clock);
    this.touchMs = Math.min(60_000, idleMs / 4);
  }

  /**
   * @param isUse false for what a page asks by itself, which keeps no session alive
   * @throws AccessError `unauthenticated` for an unknown, ended or expired session, without telling
   *   which |
   * `provider_unavailable`
   */
  async execute(secret: string, at: Date, isUse = true): Promise<LiveSession> {
    const live = await this.confirmed(secret, at);
    const { lastUsedAt } = live.session;
    if (
      !isUse ||
      (at.getTime() - lastUsedAt.getTime() <= this.touchMs && !liesAhead(lastUsedAt, at))
    )
      return live;
    const touched = { ...live, session: { ...live.session, lastUsedAt: at } };
    this.known.replace(hex(live.session.secretHash), live, touched);
    // Where nothing can be written, reading goes on.
    await this.unitOfWork
      .run((stores) => stores.sessions.touch(live.session.id, at))
      .catch(unlessUnavailable);
    return touched;
  }

  /** The sessions of a user that have not ended, newest first. */
  async ofUser(userId: number, at: Date): Promise<UserSession[]> {
    const sessions = await this.unitOfWork.read((stores) => stores.sessions.ofUser(userId));
    return sessions.filter((session) => !this.hasEnded(session, at));
  }

  /**
   * Call after users or sessions were changed: this process knows at once, others within three
   * seconds.
   */
  forget(): void {
    this.known.forget();
  }

  private async confirmed(secret: string, at: Date): Promise<LiveSession> {
    const live = await this.alive(secret, at);
    if (!this.recheck?.isDue(live.session, at)) return live;
    await this.recheck.execute(live.session, live.user, secret, at);
    this.forget();
    return this.alive(secret, at);
  }

  private async alive(secret: string, at: Date): Promise<LiveSession> {
    const live = SECRET.test(secret) ? await this.find(secret) : undefined;
    if (!live || this.hasEnded(live.session, at))
      throw new AccessError('unauthenticated', 'Your session has ended. Log in again.');
    return live;
  }

  private hasEnded({ expiresAt, lastUsedAt }: UserSession, at: Date): boolean {
    return expiresAt <= at || at.getTime() - lastUsedAt.getTime() >= this.idleMs;
  }

  private find(secret: string): Promise<LiveSession | undefined> {
    const secretHash = this.secrets.hash(secret);
    return this.known.through(hex(secretHash), async () => {
      const found = await this.unitOfWork.read((stores) =>
        stores.sessions.bySecretHash(secretHash),
      );
      return found?.user.active
        ? {
            ...found,
            principal: principalOfUser(found.user),
            csrf: hex(this.secrets.hash(`csrf:${secret}`)),
          }
        : undefined;
    });
  }
}
