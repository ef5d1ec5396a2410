import { isInScope, type AccessScope } from '@cloudpam/audit';
import { PoolError } from '@cloudpam/pools';
import { DiscoveryError } from '@cloudpam/reconciliation';
import { isAddressInScope } from './entities/address-access';
import { isRangeInScope } from './entities/range-access';

/**
 * The error as someone with limits may read it: what lies beyond them is in the way without a name.
 */
export function withoutHidden(error: unknown, accessScope: AccessScope | undefined): unknown {
  if (!accessScope) return error;
  if (error instanceof DiscoveryError && error.code === 'resource_overlaps') {
    return new DiscoveryError(
      error.code,
      'The resource overlaps addresses that something else uses. Ignore it, or ask an admin ' +
        'to give its network its own VRF.',
      error.field,
    );
  }
  if (error instanceof DiscoveryError && error.code === 'resource_managed')
    return new DiscoveryError(error.code, 'The resource has a pool already.', error.field);
  if (!(error instanceof PoolError)) return error;
  const { conflicts = [], addresses = [], ranges = [] } = error.details;
  const seen = conflicts.filter((pool) => isInScope(accessScope, pool));
  const isSeen =
    addresses.every((record) => isAddressInScope(accessScope, record)) &&
    ranges.every((record) => isRangeInScope(accessScope, record));
  if (seen.length === conflicts.length && isSeen) return error;
  return new PoolError(
    error.code,
    'Something outside of what you are limited to is in the way. Choose another place, or ask an admin.',
    { ...error.details, conflicts: seen },
  );
}
