import { SYSTEM_ACTOR, type Change, unlessUnavailable } from '@cloudpam/audit';
import { AccessError, type LoginFacts } from './access-error';
import { identityEvent } from './identity-events';
import type { IdentityStores, IdentityUnitOfWork, Secrets } from './identity-stores';
import { liesAhead } from './lies-ahead';
import { refuse, saveUser } from './log-in';
import { refreshKey } from './refresh-key';
import type { RoleMap } from './role-map';
import type { User } from './user';
import type { UserSession } from './user-session';
import { keptGroups, roleNow, withoutRole, type VerifiedIdentity } from './verified-identity';

/** The check begins so long before it is due, so that a role that is gone is gone in time. */
const AHEAD_MS = 30_000;
/**
 * So long one server process may take to ask, which is four requests of ten seconds at most; then
 * another may.
 */
const LEASE_MS = 45_000;
/** A provider that did not answer is asked again after this. */
const RETRY_MS = 30_000;
/** So long beyond the interval a session goes on while its provider does not answer. */
const GRACE_MS = 3_600_000;

/** What a provider says about a login that it let in before. */
export type ProviderWord =
  | {
      readonly state: 'alive';
      readonly refreshToken: string;
      readonly roleMap: RoleMap;
      /** Undefined when the provider does not say again who it is. */
      readonly identity: VerifiedIdentity | undefined;
    }
  | { readonly state: 'ended'; readonly facts: LoginFacts }
  | {
      readonly state: 'unknown';
      /** One that was given before it went wrong; the former one may be good no more. */
      readonly refreshToken: string | undefined;
    };

/**
 * Asks the provider about a login by its refresh token. Never throws: what went wrong is a word
 * too.
 */
export interface ProviderSessions {
  ask(
    provider: string,
    refreshToken: string,
    issuer: string,
    subject: string,
  ): Promise<ProviderWord>;
}

/**
 * Asks the provider of a session, once in an interval, whether the person may still come in and in
 * which groups they are: one server process at a time, while other requests of the process wait for
 * it, and those of others go on.
 */
export class RecheckSession {
  private readonly asking = new Map<number, Promise<void>>();

  /** @param intervalMs 0: providers are never asked */
  constructor(
    private readonly unitOfWork: IdentityUnitOfWork,
    private readonly secrets: Secrets,
    private readonly provider: ProviderSessions,
    private readonly intervalMs: number,
  ) {}

  /** Whether the provider is to be asked before the session is used. */
  isDue({ refreshToken, checkedAt, checkAfter }: UserSession, at: Date): boolean {
    if (refreshToken === null || this.intervalMs === 0) return false;
    return (
      (at.getTime() >= checkedAt.getTime() + this.intervalMs - AHEAD_MS ||
        liesAhead(checkedAt, at)) &&
      (checkAfter === null || at >= checkAfter || this.isOverdue({ checkedAt }, at))
    );
  }

  /**
   * Asks and applies what the provider says; afterwards the session is to be read again.
   * @throws AccessError `provider_unavailable` when it has not answered for too long
   */
  async execute(session: UserSession, user: User, secret: string, at: Date): Promise<void> {
    const asked =
      this.asking.get(session.id) ??
      this.ask(session, user, secret, at).finally(() => this.asking.delete(session.id));
    this.asking.set(session.id, asked);
    await asked;
  }

  private async ask(session: UserSession, user: User, secret: string, at: Date): Promise<void> {
    // Where nothing can be written, reading goes on as while a provider does not answer: nobody is
    // asked whose word cannot be kept.
    const claimed = await this.unitOfWork
      .run((stores) =>
        stores.sessions.claimCheck(
          session.id,
          session.checkedAt,
          at,
          new Date(at.getTime() + LEASE_MS),
        ),
      )
      .catch(unlessUnavailable);
    if (claimed) {
      const key = refreshKey(this.secrets, secret);
      const token = this.secrets.unseal(key, session.refreshToken ?? '');
      const word: ProviderWord =
        token === undefined
          ? { state: 'ended', facts: { why: 'the refresh token cannot be read' } }
          : await this.provider.ask(session.provider, token, user.issuer, user.subject);
      await this.unitOfWork.run((stores) =>
        apply(stores, session, word, at, (text) => this.secrets.seal(key, text)),
      );
      if (word.state !== 'unknown') return;
    }
    if (this.isOverdue(session, at)) {
      throw new AccessError(
        'provider_unavailable',
        'Your login must be confirmed by its provider, which has not answered for too long. Try again later.',
      );
    }
  }

  private isOverdue({ checkedAt }: Pick<UserSession, 'checkedAt'>, at: Date): boolean {
    return at.getTime() >= checkedAt.getTime() + this.intervalMs + GRACE_MS;
  }
}

async function apply(
  stores: IdentityStores,
  session: UserSession,
  word: ProviderWord,
  at: Date,
  seal: (text: string) => string,
): Promise<void> {
  const change: Change = { actor: SYSTEM_ACTOR, at, requestId: 'recheck' };
  const circumstances = { provider: session.provider, checked: true };
  const user = await stores.users.get(session.userId);
  if (!user?.active) return;
  if (word.state === 'unknown') {
    if (word.refreshToken !== undefined)
      await stores.sessions.checked(session.id, session.checkedAt, seal(word.refreshToken));
    await stores.sessions.postponeCheck(session.id, new Date(at.getTime() + RETRY_MS));
    return;
  }
  if (word.state === 'ended') {
    if (!(await stores.sessions.end(session.id))) return;
    await stores.audit.append([
      identityEvent(change, 'user.session_ended', user.id, {
        before: null,
        after: { ...circumstances, ...word.facts },
      }),
    ]);
    return;
  }
  await stores.sessions.checked(session.id, at, seal(word.refreshToken));
  const { identity, roleMap } = word;
  if (!identity) return;
  const role = roleNow(user, identity, roleMap);
  if (!role) return refuse(stores, change, user, withoutRole(identity, roleMap), circumstances);
  const { email, name } = identity;
  await saveUser(stores, change, user, {
    ...user,
    email,
    name,
    groups: keptGroups(identity.groups, roleMap),
    role,
    refusedAt: null,
  });
}
