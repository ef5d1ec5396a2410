import type { AccessScope } from '@cloudpam/audit';
import { RECORDS, type RecordFilter, type RecordReader, type RecordReaders } from '@cloudpam/pools';
import type { RecordsName } from '@cloudpam/pools';
import type { Stores } from '../../storage/storage';

/** What can be read of accounts. */
export type VisibleAccounts = RecordReaders['accounts'];

/** Of each kind of record those that the access scope names. */
export const VISIBLE_RECORDS = {
  ...(Object.fromEntries(
    Object.keys(RECORDS).map((name) => [
      name,
      (stores: Stores, accessScope: AccessScope) =>
        recordsInScope(stores[name as RecordsName] as AnyReader, accessScope), // a key of RECORDS
    ]),
  ) as unknown as VisibleRecords), // the names of all kinds
  accounts: visibleAccounts,
};

type VisibleRecords = {
  readonly [Name in RecordsName]: (stores: Stores, accessScope: AccessScope) => RecordReaders[Name];
};
type AnyReader = RecordReader<unknown, RecordFilter>;

/** Accounts that the access scope names. */
export function visibleAccounts({ accounts }: Stores, accessScope: AccessScope): VisibleAccounts {
  const visible = recordsInScope(accounts, accessScope);
  const getMany: VisibleAccounts['getMany'] = async (ids) =>
    (await accounts.list({ ids, accessScope }, 1, Math.max(ids.length, 1))).items;
  return { ...visible, getMany };
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
