import type { UserFacts } from './identity-events';
import type { User } from './user';

/** What the audit trail tells of a user. */
export function userFacts(user: Omit<User, 'id'>): UserFacts {
  return {
    provider: user.provider,
    subject: user.subject,
    email: user.email,
    name: user.name,
    role: user.role,
    role_pinned: user.rolePinned,
    active: user.active,
    accounts: user.accounts,
    pools: user.pools,
  };
}
