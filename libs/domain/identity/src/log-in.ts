import { auditEntry, diffOf, type Change } from '@cloudpam/audit';
import { AccessError } from './access-error';
import type { IdentityStores, IdentityUnitOfWork, Secrets } from './identity-stores';
import { userActor } from './principal';
import { roleOf, type RoleMap } from './role-map';
import { SECRET_LENGTH } from './token-text';
import type { User } from './user';
import { userFacts } from './user-facts';
import type { UserSession } from './user-session';

const LONGEST_ID_TOKEN = 6_000;

/** Who a provider says someone is; verified before it comes here. */
export interface VerifiedIdentity {
  readonly provider: string;
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | null;
  readonly name: string;
  readonly groups: readonly string[];
  readonly idToken: string;
}

/** Where a login comes from, for its owner to recognize. */
export interface LoginPlace {
  readonly userAgent: string;
  readonly ip: string;
}

/** Begins a session for whom a provider vouches: the user is made at the first login, and has the role that the groups give. */
export class LogIn {
  /** @param lifetimeMs the absolute life of a session */
  constructor(private readonly unitOfWork: IdentityUnitOfWork, private readonly secrets: Secrets, private readonly lifetimeMs: number) {}

  /** @throws AccessError `no_role` | `user_inactive`, both audited */
  async execute({ at, requestId }: Omit<Change, 'actor'>, identity: VerifiedIdentity, map: RoleMap, place: LoginPlace): Promise<{ secret: string; session: UserSession; user: User }> {
    const secret = this.secrets.randomText(SECRET_LENGTH);
    const outcome = await this.unitOfWork.run(async (stores) => {
      const known = await stores.users.bySubject(identity.issuer, identity.subject);
      const change: Change = { at, requestId, actor: known ? userActor(known) : { type: 'user', id: `${identity.provider}:${identity.subject}`.slice(0, 200), name: identity.name } };
      const user = userAt(known, identity, map, at);
      if (user instanceof AccessError) {
        await stores.audit.append([auditEntry(change, 'user.log_in_refused', 'user', known?.id ?? change.actor.id, { before: null, after: { provider: identity.provider, why: user.code } })]);
        return user;
      }
      const stored = await keep(stores, change, known, user);
      const session = await stores.sessions.insert({
        secretHash: this.secrets.hash(secret), userId: stored.id, provider: identity.provider, createdAt: at, expiresAt: new Date(at.getTime() + this.lifetimeMs),
        lastUsedAt: at, userAgent: place.userAgent.slice(0, 200), ip: place.ip, idToken: identity.idToken.length > LONGEST_ID_TOKEN ? null : identity.idToken,
      });
      await stores.audit.append([auditEntry({ ...change, actor: userActor(stored) }, 'user.log_in', 'user', stored.id, { before: null, after: { provider: identity.provider, ip: place.ip } })]);
      return { session, user: stored };
    });
    if (outcome instanceof AccessError) throw outcome;
    return { secret, ...outcome };
  }
}

/** The user as this login leaves them, or why there is none. */
function userAt(known: User | undefined, identity: VerifiedIdentity, map: RoleMap, at: Date): Omit<User, 'id'> | AccessError {
  if (known && !known.active) return new AccessError('user_inactive', 'This user is deactivated. Ask an admin to reactivate it.');
  const role = known?.rolePinned ? known.role : roleOf(identity.groups, map);
  if (!role) {
    return new AccessError('no_role', `${identity.provider} knows you, but none of your groups has a role here. Ask an admin to map one of them, or to add you to one that is mapped.`);
  }
  const { provider, issuer, subject, email, name, groups } = identity;
  return {
    provider, issuer, subject, email, name, groups, role, rolePinned: known?.rolePinned ?? false, active: true,
    accounts: known?.accounts ?? null, pools: known?.pools ?? null,
    createdAt: known?.createdAt ?? at, lastLoginAt: at, version: known?.version ?? 1,
  };
}

/** Stores the user and tells what changed; another role ends the sessions that had the former one. */
async function keep(stores: IdentityStores, change: Change, known: User | undefined, user: Omit<User, 'id'>): Promise<User> {
  if (!known) {
    const made = await stores.users.insert(user);
    await stores.audit.append([auditEntry({ ...change, actor: userActor(made) }, 'user.create', 'user', made.id, { before: null, after: userFacts(made) })]);
    return made;
  }
  const diff = diffOf(userFacts(known), userFacts(user));
  const stored = { ...user, id: known.id, version: known.version + (diff ? 1 : 0) };
  await stores.users.save(stored);
  if (stored.role !== known.role) await stores.sessions.endOfUser(known.id);
  if (diff) await stores.audit.append([auditEntry(change, 'user.update', 'user', known.id, diff)]);
  return stored;
}
