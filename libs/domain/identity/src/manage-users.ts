import { diffOf, write, type Change } from '@cloudpam/audit';
import { AccessError } from './access-error';
import { keepLastAdmin } from './admins-left';
import { limitsRefusal } from './limits-refusal';
import { identityEvent } from './identity-events';
import type { IdentityUnitOfWork } from './identity-stores';
import type { Limits } from './token';
import type { User, UserRole } from './user';
import { userFacts } from './user-facts';

/** What an admin can change of a user; what is absent stays. */
export interface UserChange {
  readonly role?: UserRole;
  /** A role given without this is pinned: from then on groups do not change it. */
  readonly rolePinned?: boolean;
  readonly active?: boolean;
  readonly accounts?: Limits['accounts'];
  readonly pools?: Limits['pools'];
}

/**
 * Gives a user another role, or takes their access or gives it back. Another role and deactivation
 * end all their sessions.
 */
export class ChangeUser {
  constructor(private readonly unitOfWork: IdentityUnitOfWork) {}

  /** @throws AccessError `user_not_found` | `user_changed` | `last_admin` | `invalid_limits` */
  execute(change: Change, id: number, asked: UserChange, expectedVersion?: number): Promise<User> {
    return write(this.unitOfWork, change, async (stores) => {
      // Before anything is read: what is counted here stays locked, so two admins cannot demote
      // each other.
      const mayTakeAdmin =
        (asked.role !== undefined && asked.role !== 'admin') || asked.active === false;
      const last = mayTakeAdmin
        ? await keepLastAdmin(stores, change.at).then(
            () => undefined,
            (error: unknown) => error,
          )
        : undefined;
      const user = await stores.users.get(id);
      if (!user) throw new AccessError('user_not_found', `There is no user ${id}.`);
      if (expectedVersion !== undefined && expectedVersion !== user.version)
        throw new AccessError(
          'user_changed',
          'The user was changed in the meantime. Read it again and repeat.',
        );
      const changed = {
        ...user,
        role: asked.role ?? user.role,
        rolePinned: asked.rolePinned ?? (asked.role !== undefined || user.rolePinned),
        active: asked.active ?? user.active,
        accounts: asked.accounts === undefined ? user.accounts : asked.accounts,
        pools: asked.pools === undefined ? user.pools : asked.pools,
      };
      const limits = limitsRefusal(changed.role, changed);
      if (limits !== undefined) throw new AccessError('invalid_limits', limits);
      const diff = diffOf(userFacts(user), userFacts(changed));
      if (!diff) return user;
      if (last !== undefined && user.active && user.role === 'admin') throw last;
      const stored = { ...changed, version: user.version + 1 };
      await stores.users.save(stored);
      if (stored.role !== user.role || !stored.active) await stores.sessions.endOfUser(id);
      await stores.audit.append([identityEvent(change, 'user.update', id, diff)]);
      return stored;
    });
  }
}

/** Ends all sessions of a user; they may log in again. */
export class EndSessions {
  constructor(private readonly unitOfWork: IdentityUnitOfWork) {}

  /** @returns how many there were. @throws AccessError `user_not_found` */
  execute(change: Change, userId: number): Promise<number> {
    return write(this.unitOfWork, change, async (stores) => {
      if (!(await stores.users.get(userId)))
        throw new AccessError('user_not_found', `There is no user ${userId}.`);
      const ended = await stores.sessions.endOfUser(userId);
      if (ended > 0)
        await stores.audit.append([
          identityEvent(change, 'user.end_sessions', userId, {
            before: { sessions: ended },
            after: { sessions: 0 },
          }),
        ]);
      return ended;
    });
  }
}

/** Ends the session that a request came with. */
export class LogOut {
  constructor(private readonly unitOfWork: IdentityUnitOfWork) {}

  execute(
    change: Change,
    session: { readonly id: number; readonly userId: number },
  ): Promise<void> {
    return write(this.unitOfWork, change, async (stores) => {
      if (!(await stores.sessions.end(session.id))) return;
      await stores.audit.append([
        identityEvent(change, 'user.log_out', session.userId, { before: null, after: null }),
      ]);
    });
  }
}
