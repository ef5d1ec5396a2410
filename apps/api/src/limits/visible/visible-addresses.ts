import type { AccessScope } from '@cloudpam/audit';
import type { AddressList, AddressRecord, AddressStore, PoolReadStores } from '@cloudpam/pools';
import type { Stores } from '../../storage/storage';
import { addressesAsVisible, isAddressInScope } from '../entities/address-access';
import { visiblePoolIds } from '../entities/pool-access';

/** What can be read of addresses. */
export type VisibleAddresses = PoolReadStores['addresses'];

/** Stands in queries for a pool beyond the access scope: an id that no pool has. */
const NO_POOL = 0;

/** Addresses of the access scope. */
export function visibleAddresses(
  { addresses, pools, ranges }: Stores,
  accessScope: AccessScope,
): VisibleAddresses {
  const shown = (records: readonly AddressRecord[]): Promise<AddressRecord[]> =>
    addressesAsVisible(
      accessScope,
      { pools, ranges },
      records.filter((record) => isAddressInScope(accessScope, record)),
    );
  const getMany = async (ids: readonly number[]): Promise<AddressRecord[]> =>
    shown(await addresses.getMany(ids));
  return {
    get: async (id) => (await getMany([id]))[0],
    getMany,
    list: async (...[filter, page]: Parameters<AddressStore['list']>): Promise<AddressList> => {
      const { poolId } = filter;
      const known =
        poolId === undefined || (await visiblePoolIds(accessScope, pools, [poolId])).has(poolId);
      const { items, ...rest } = await addresses.list(
        { ...filter, accessScope, ...(known ? {} : { poolId: NO_POOL }) },
        page,
      );
      return { items: await shown(items), ...rest };
    },
  };
}
