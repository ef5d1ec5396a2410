import { diffOf, type Change } from '@cloudpam/audit';
import { LoginRefused } from './access-error';
import { identityEvent } from './identity-events';
import type { IdentityStores, IdentityUnitOfWork, Secrets } from './identity-stores';
import { userActor } from './principal';
import { refreshKey } from './refresh-key';
import type { RoleMap } from './role-map';
import { SECRET_LENGTH } from './token-text';
import type { User } from './user';
import { userFacts } from './user-facts';
import type { UserSession } from './user-session';
import { keptGroups, roleNow, withoutRole, type VerifiedIdentity } from './verified-identity';

const LONGEST_ID_TOKEN = 6_000;

/** Where a login comes from, for its owner to recognize. */
export interface LoginPlace {
  readonly userAgent: string;
  readonly ip: string;
}

/**
 * Begins a session for whom a provider vouches: the user is made at the first login, and has the
 * role that the groups give.
 */
export class LogIn {
  /** @param lifetimeMs the absolute life of a session */
  constructor(
    private readonly unitOfWork: IdentityUnitOfWork,
    private readonly secrets: Secrets,
    private readonly lifetimeMs: number,
  ) {}

  /**
   * @throws LoginRefused `no_role`, which ends all sessions of the person | `user_inactive`; both
   * are audited
   */
  async execute(
    { at, requestId }: Omit<Change, 'actor'>,
    identity: VerifiedIdentity,
    map: RoleMap,
    place: LoginPlace,
  ): Promise<{ secret: string; session: UserSession; user: User }> {
    const secret = this.secrets.randomText(SECRET_LENGTH);
    const outcome = await this.unitOfWork.run(async (stores) => {
      const known = await stores.users.bySubject(identity.issuer, identity.subject);
      const change: Change = {
        at,
        requestId,
        actor: known
          ? userActor(known)
          : {
              type: 'user',
              id: `${identity.provider}:${identity.subject}`.slice(0, 200).toWellFormed(),
              name: identity.name,
            },
      };
      const user = userAt(known, identity, map, at);
      if (user instanceof LoginRefused) {
        await refuse(stores, change, known, user, { provider: identity.provider, ip: place.ip });
        return user;
      }
      const stored = await keep(stores, change, known, user);
      const session = await stores.sessions.insert({
        secretHash: this.secrets.hash(secret),
        userId: stored.id,
        provider: identity.provider,
        createdAt: at,
        expiresAt: new Date(at.getTime() + this.lifetimeMs),
        lastUsedAt: at,
        userAgent: place.userAgent.slice(0, 200),
        ip: place.ip,
        idToken:
          identity.idToken !== null && identity.idToken.length > LONGEST_ID_TOKEN
            ? null
            : identity.idToken,
        sid: identity.sid,
        logoutHint: identity.logoutHint,
        refreshToken:
          identity.refreshToken === null
            ? null
            : this.secrets.seal(refreshKey(this.secrets, secret), identity.refreshToken),
        checkedAt: at,
        checkAfter: null,
      });
      await stores.audit.append([
        identityEvent({ ...change, actor: userActor(stored) }, 'user.log_in', stored.id, {
          before: null,
          after: { provider: identity.provider, ip: place.ip },
        }),
      ]);
      return { session, user: stored };
    });
    if (outcome instanceof LoginRefused) throw outcome;
    return { secret, ...outcome };
  }
}

/**
 * Someone whom the provider knows is not let in: tells why, and ends all sessions that they have.
 * Their role is not taken away, but they count as nobody's admin until they are let in again.
 */
export async function refuse(
  stores: IdentityStores,
  change: Change,
  known: User | undefined,
  refusal: LoginRefused,
  circumstances: LoginRefused['facts'],
): Promise<void> {
  const ended = known ? await stores.sessions.endOfUser(known.id) : 0;
  if (known?.active) await stores.users.save({ ...known, refusedAt: change.at });
  const after = {
    ...circumstances,
    why: refusal.code,
    ...refusal.facts,
    ...(ended > 0 ? { ended_sessions: ended } : {}),
  };
  await stores.audit.append([
    identityEvent(change, 'user.log_in_refused', known?.id ?? change.actor.id, {
      before: null,
      after,
    }),
  ]);
}

/** The user as this login leaves them, or why there is none. */
function userAt(
  known: User | undefined,
  identity: VerifiedIdentity,
  map: RoleMap,
  at: Date,
): Omit<User, 'id'> | LoginRefused {
  if (known && !known.active) {
    return new LoginRefused(
      'user_inactive',
      'This user is deactivated. Ask an admin to reactivate it.',
      { issuer: identity.issuer, subject: identity.subject },
      identity.name,
      true,
    );
  }
  const role = roleNow(known, identity, map);
  if (!role) return withoutRole(identity, map);
  const { provider, issuer, subject, email, name, groups } = identity;
  return {
    provider,
    issuer,
    subject,
    email,
    name,
    groups: keptGroups(groups, map),
    role,
    rolePinned: known?.rolePinned ?? false,
    active: true,
    accounts: known?.accounts ?? null,
    pools: known?.pools ?? null,
    createdAt: known?.createdAt ?? at,
    lastLoginAt: at,
    refusedAt: null,
    version: known?.version ?? 1,
  };
}

/**
 * Stores the user and tells what changed; another role ends the sessions that had the former one.
 */
async function keep(
  stores: IdentityStores,
  change: Change,
  known: User | undefined,
  user: Omit<User, 'id'>,
): Promise<User> {
  if (!known) {
    const made = await stores.users.insert(user);
    await stores.audit.append([
      identityEvent({ ...change, actor: userActor(made) }, 'user.create', made.id, {
        before: null,
        after: userFacts(made),
      }),
    ]);
    return made;
  }
  const stored = await saveUser(stores, change, known, user);
  if (stored.role !== known.role) await stores.sessions.endOfUser(known.id);
  return stored;
}

/** Stores what is known of a user now, and tells the audit trail what changed. */
export async function saveUser(
  stores: IdentityStores,
  change: Change,
  known: User,
  user: Omit<User, 'id'>,
): Promise<User> {
  const diff = diffOf(userFacts(known), userFacts(user));
  const stored = { ...user, id: known.id, version: known.version + (diff ? 1 : 0) };
  await stores.users.save(stored);
  if (diff) await stores.audit.append([identityEvent(change, 'user.update', known.id, diff)]);
  return stored;
}
