import type { AccessScope } from '@cloudpam/audit';
import type { PoolReadStores, RecordFilter, RecordReader } from '@cloudpam/pools';
import type { Stores } from '../../storage/storage';

/** What can be read of accounts. */
export type VisibleAccounts = PoolReadStores['accounts'];
/** What can be read of VRFs. */
export type VisibleVrfs = PoolReadStores['vrfs'];
/** What can be read of VLANs. */
export type VisibleVlans = PoolReadStores['vlans'];

/** Accounts that the access scope names. */
export function visibleAccounts({ accounts }: Stores, accessScope: AccessScope): VisibleAccounts {
  const visible = recordsInScope(accounts, accessScope);
  const getMany: VisibleAccounts['getMany'] = async (ids) =>
    (await accounts.list({ ids, accessScope }, 1, Math.max(ids.length, 1))).items;
  return { ...visible, getMany };
}

/** VRFs that the access scope names. */
export function visibleVrfs({ vrfs }: Stores, accessScope: AccessScope): VisibleVrfs {
  return recordsInScope(vrfs, accessScope);
}

/** VLANs that the access scope names. */
export function visibleVlans({ vlans }: Stores, accessScope: AccessScope): VisibleVlans {
  return recordsInScope(vlans, accessScope);
}

function recordsInScope<R, Filter extends RecordFilter>(
  store: RecordReader<R, Filter>,
  accessScope: AccessScope,
): RecordReader<R, Filter> {
  return {
    get: async (id) =>
      (await store.list({ ids: [id], accessScope } as unknown as Filter, 1, 1)).items[0], // a filter of records
    list: (filter, page, size) => store.list({ ...filter, accessScope }, page, size),
  };
}
