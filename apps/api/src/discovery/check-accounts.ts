import { AccessError, type Token } from '@cloudpam/identity';
import type { ScopeSnapshot } from '@cloudpam/reconciliation';

/** What decides which accounts a collector may speak of. */
export type Deliverer = Pick<Token, 'accounts' | 'sharedResources'>;

/**
 * @param keys of accounts that a collector speaks of
 * @param allowed account keys that its token is limited to; null: all
 * @throws AccessError `forbidden` that names the first account outside of them
 */
export function checkAccounts(keys: readonly string[], allowed: readonly string[] | null): void {
  const outside = keys.find((key) => allowed && !allowed.includes(key));
  if (outside !== undefined)
    throw new AccessError('forbidden', `This token may not deliver ${outside}.`);
}

/**
 * What is owned by an account beyond the limits makes that account, its networks and pools: only
 * with the permission to report what is shared.
 * @throws AccessError `forbidden` that names the owner and the permission
 */
export function checkOwners(
  scopes: readonly ScopeSnapshot[],
  { accounts, sharedResources }: Deliverer,
): void {
  if (!accounts || sharedResources) return;
  for (const { provider, networks, resources } of scopes) {
    for (const { ownerAccount, externalId } of [...networks, ...resources]) {
      const owner = `${provider}:${ownerAccount}`;
      if (accounts.includes(owner)) continue;
      throw new AccessError(
        'forbidden',
        `This token may not deliver ${externalId}, which ${owner} owns. Have an admin make a token with ` +
          'shared_resources: true if it is to report what other accounts share with its own.',
      );
    }
  }
}

/**
 * The scope without addresses in networks of accounts beyond the limits, unless the token may report what is shared;
 * its listing of interfaces is then not complete. Networks and subnets are not touched by that.
 */
export function withoutForeignAddresses(
  scope: ScopeSnapshot,
  { accounts, sharedResources }: Deliverer,
): ScopeSnapshot {
  if (!accounts || sharedResources) return scope;
  const own = scope.addresses?.filter(
    ({ networkOwner }) =>
      networkOwner === undefined || accounts.includes(`${scope.provider}:${networkOwner}`),
  );
  if (!own || own.length === scope.addresses?.length) return scope;
  const message =
    'Some addresses lie in networks of accounts that this token may not speak of. Have an admin make a token with ' +
    'shared_resources: true.';
  const { coverage = 'partial', error = { code: 'forbidden', message } } = scope.interfaces ?? {};
  return {
    ...scope,
    addresses: own,
    interfaces: { coverage: coverage === 'complete' ? 'partial' : coverage, error },
  };
}
