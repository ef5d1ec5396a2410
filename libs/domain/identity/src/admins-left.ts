import { AccessError } from './access-error';
import type { IdentityStores } from './identity-stores';

/**
 * How many can administer the server: active admin users, and admin tokens that live and may write.
 * In a run they stay as they are until it ends.
 */
export async function adminsLeft(
  { tokens, users }: Pick<IdentityStores, 'tokens' | 'users'>,
  at: Date,
): Promise<number> {
  return (await tokens.activeCount('admin', at)) + (await users.activeCount('admin'));
}

/** @throws AccessError `last_admin` when nobody would be left without this one */
export async function keepLastAdmin(
  stores: Pick<IdentityStores, 'tokens' | 'users'>,
  at: Date,
): Promise<void> {
  if ((await adminsLeft(stores, at)) > 1) return;
  throw new AccessError(
    'last_admin',
    'This is the last admin; make another admin user or admin token first, or nobody can administer the server.',
  );
}
