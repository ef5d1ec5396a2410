import { isInScope, type AccessScope } from '@cloudpam/audit';
import {
  addressNotFound,
  PoolError,
  type AddressRecord,
  type PoolStore,
  type RangeStore,
} from '@cloudpam/pools';
import { staysInScope, type EntityAccess, type Redaction } from './entity-access';
import { visiblePoolIds } from './pool-access';
import { isRangeInScope } from './range-access';

const answers: Redaction<AddressRecord> = {
  is: (value): value is AddressRecord => 'dnsName' in value && 'poolId' in value,
  redacted: addressesAsVisible,
};

/** Addresses: callers with limits see and change those that lie in their access scope. */
export const ADDRESS_ACCESS: EntityAccess = {
  named: {
    visibleIds: async ({ addresses }, ids) =>
      new Set((await addresses.getMany(ids)).map(({ id }) => id)),
    notFound: (id, field) =>
      field === undefined
        ? addressNotFound(id)
        : new PoolError('address_not_found', `There is no address record ${id}.`, { field }),
  },
  mayCause: staysInScope,
  answers,
};

/** Whether an address lies in the access scope. */
export function isAddressInScope(accessScope: AccessScope, record: AddressRecord): boolean {
  return isInScope(accessScope, { ...record, kind: 'address' });
}

/** Addresses of the access scope as they are visible: a pool or range that is hidden is not named. */
export async function addressesAsVisible(
  accessScope: AccessScope,
  { pools, ranges }: { pools: Pick<PoolStore, 'getMany'>; ranges: Pick<RangeStore, 'getMany'> },
  records: readonly AddressRecord[],
): Promise<AddressRecord[]> {
  const visible = await visiblePoolIds(
    accessScope,
    pools,
    records.flatMap(({ poolId }) => poolId ?? []),
  );
  const named = [...new Set(records.flatMap(({ rangeId }) => rangeId ?? []))];
  const found = named.length === 0 ? [] : await ranges.getMany(named);
  const seen = new Set(
    found.filter((range) => isRangeInScope(accessScope, range)).map(({ id }) => id),
  );
  return records.map((record) => ({
    ...record,
    poolId: record.poolId !== null && visible.has(record.poolId) ? record.poolId : null,
    rangeId: record.rangeId !== null && seen.has(record.rangeId) ? record.rangeId : null,
  }));
}
