import { AccessError } from '@cloudpam/identity';

/**
 * @param keys of accounts that a collector speaks of
 * @param allowed account keys that its token is limited to; null: all
 * @throws AccessError `forbidden` that names the first account outside of them
 */
export function checkAccounts(keys: readonly string[], allowed: readonly string[] | null): void {
  const outside = keys.find((key) => allowed && !allowed.includes(key));
  if (outside !== undefined) throw new AccessError('forbidden', `This token may not deliver ${outside}.`);
}
