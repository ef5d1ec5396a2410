import type { AccessScope } from '@cloudpam/audit';
import {
  accountsOf,
  RECORDS,
  type RecordFilter,
  type RecordReader,
  type RecordReaders,
} from '@cloudpam/pools';
import type { RecordsName, VlanGroup } from '@cloudpam/pools';
import type { Stores } from '../../storage/storage';

/** Of each kind of record those that the access scope names. */
export const VISIBLE_RECORDS = {
  ...Object.fromEntries(
    Object.keys(RECORDS).map((name) => [
      name,
      (stores: Stores, accessScope: AccessScope) =>
        recordsInScope(stores[name as RecordsName] as AnyReader, accessScope), // a key of RECORDS
    ]),
  ),
  vlanGroups: groupsInScope,
} as unknown as VisibleRecords; // the names of all kinds, each with all that readers have

type VisibleRecords = {
  readonly [Name in RecordsName]: (stores: Stores, accessScope: AccessScope) => RecordReaders[Name];
};
/** VLAN groups, each with its account where that is in the scope too. */
function groupsInScope(stores: Stores, accessScope: AccessScope): RecordReaders['vlanGroups'] {
  const withAccounts = async (groups: VlanGroup[]): Promise<VlanGroup[]> => {
    const accounts = await accountsOf(seen, groups);
    return groups.map((group) => ({
      ...group,
      accountId: accounts.get(group.accountId ?? 0)?.id ?? null,
    }));
  };
  const seen = {
    accounts: recordsInScope(
      stores.accounts as AnyReader,
      accessScope,
    ) as RecordReaders['accounts'],
    groups: recordsInScope(stores.vlanGroups, accessScope) as RecordReaders['vlanGroups'],
  };
  return {
    get: async (id) => (await withAccounts(await seen.groups.getMany([id])))[0],
    getMany: async (ids) => withAccounts(await seen.groups.getMany(ids)),
    list: async (filter, page, size) => {
      const { items, total } = await seen.groups.list(filter, page, size);
      return { items: await withAccounts(items), total };
    },
  };
}

type AnyReader = RecordReader<unknown, RecordFilter>;

function recordsInScope(store: AnyReader, accessScope: AccessScope) {
  const getMany = async (ids: readonly number[]): Promise<unknown[]> =>
    (await store.list({ ids, accessScope }, 1, Math.max(ids.length, 1))).items;
  return {
    get: async (id: number) => (await getMany([id]))[0],
    getMany,
    list: (filter: RecordFilter, page: number, size: number) =>
      store.list({ ...filter, accessScope }, page, size),
  };
}
