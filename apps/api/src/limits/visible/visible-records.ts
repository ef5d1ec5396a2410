import type { AccessScope } from '@cloudpam/audit';
import { RECORDS, type RecordFilter, type RecordReader, type RecordReaders } from '@cloudpam/pools';
import type { RecordsName } from '@cloudpam/pools';
import type { Stores } from '../../storage/storage';

/** Of each kind of record those that the access scope names. */
export const VISIBLE_RECORDS = Object.fromEntries(
  Object.keys(RECORDS).map((name) => [
    name,
    (stores: Stores, accessScope: AccessScope) =>
      recordsInScope(stores[name as RecordsName] as AnyReader, accessScope), // a key of RECORDS
  ]),
) as unknown as VisibleRecords; // the names of all kinds, each with all that readers have

type VisibleRecords = {
  readonly [Name in RecordsName]: (stores: Stores, accessScope: AccessScope) => RecordReaders[Name];
};
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
