import type { AccessScope } from '@cloudpam/audit';
import type { PoolReadStores } from '@cloudpam/pools';
import type { Stores } from '../../storage/storage';
import { addressesAsVisible, isAddressInScope } from '../entities/address-access';
import { visibleLeaves } from './visible-leaves';

/** What can be read of addresses. */
export type VisibleAddresses = PoolReadStores['addresses'];

/** Addresses of the access scope. */
export function visibleAddresses(
  { addresses, pools, ranges }: Stores,
  accessScope: AccessScope,
): VisibleAddresses {
  return visibleLeaves(addresses, pools, accessScope, (records) =>
    addressesAsVisible(
      accessScope,
      { pools, ranges },
      records.filter((record) => isAddressInScope(accessScope, record)),
    ),
  );
}
