import type { DiffValue } from '@cloudpam/audit';
import type { User } from './user';

/** What the audit trail tells of a user. */
export function userFacts(user: Omit<User, 'id'>): { readonly [field: string]: DiffValue } {
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
