import { AccessError } from './access-error';
import type { IdentityUnitOfWork, Secrets } from './identity-stores';
import { hex } from './login-secrets';
import { principalOfUser, type Principal } from './principal';
import type { User } from './user';
import type { UserSession } from './user-session';

/** How long another process may go on with a session that was ended here, or with a user that was deactivated. */
const KNOWN_FOR_MS = 3_000;
const MOST_KNOWN = 1_000;
const SECRET = /^[a-z2-7]{52}$/;

/** A session that a request came with. */
export interface LiveSession {
  readonly session: UserSession;
  readonly user: User;
  readonly principal: Principal;
  /** Proves that a write comes from the page: only who may read answers of this session knows it. */
  readonly csrf: string;
}

/** Finds the session that a cookie stands for: one indexed read, remembered for three seconds. */
export class AuthenticateSession {
  private readonly known = new Map<string, { readonly live: LiveSession; readonly until: number }>();
  private changes = 0;
  private readonly touchMs: number;

  /** @param idleMs a session that is not used for so long has ended */
  constructor(private readonly unitOfWork: IdentityUnitOfWork, private readonly secrets: Secrets, private readonly idleMs: number) {
    this.touchMs = Math.min(60_000, idleMs / 4);
  }

  /** @throws AccessError `unauthenticated` for an unknown, ended or expired session, without telling which */
  async execute(secret: string, at: Date): Promise<LiveSession> {
    const live = SECRET.test(secret) ? await this.find(secret, at) : undefined;
    if (!live || live.session.expiresAt <= at || at.getTime() - live.session.lastUsedAt.getTime() >= this.idleMs) {
      throw new AccessError('unauthenticated', 'Your session has ended. Log in again.');
    }
    if (at.getTime() - live.session.lastUsedAt.getTime() <= this.touchMs) return live;
    const touched = { ...live, session: { ...live.session, lastUsedAt: at } };
    if (this.known.get(hex(live.session.secretHash))?.live === live) this.remember(touched, at);
    await this.unitOfWork.run((stores) => stores.sessions.touch(live.session.id, at));
    return touched;
  }

  /** Call after users or sessions were changed: this process knows at once, others within three seconds. */
  forget(): void {
    this.changes += 1;
    this.known.clear();
  }

  private async find(secret: string, at: Date): Promise<LiveSession | undefined> {
    const secretHash = this.secrets.hash(secret);
    const key = hex(secretHash);
    const known = this.known.get(key);
    if (known && known.until > at.getTime()) return known.live;
    const before = this.changes;
    const found = await this.unitOfWork.read((stores) => stores.sessions.bySecretHash(secretHash));
    this.known.delete(key);
    if (!found?.user.active) return undefined;
    const live = { ...found, principal: principalOfUser(found.user), csrf: hex(this.secrets.hash(`csrf:${secret}`)) };
    // Read before a change that was made meanwhile, it may be outdated.
    if (before === this.changes) this.remember(live, at);
    return live;
  }

  private remember(live: LiveSession, at: Date): void {
    const key = hex(live.session.secretHash);
    this.known.delete(key);
    this.known.set(key, { live, until: at.getTime() + KNOWN_FOR_MS });
    const [oldest] = this.known.keys();
    if (this.known.size > MOST_KNOWN && oldest !== undefined) this.known.delete(oldest);
  }
}
