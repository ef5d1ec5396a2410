import { isInScope, type AccessScope } from '@cloudpam/audit';
import { addressNotFound, PoolError, type AddressRecord, type PoolStore } from '@cloudpam/pools';
import { staysInScope, type EntityAccess, type Redaction } from './entity-access';
import { visiblePoolIds } from './pool-access';

const answers: Redaction<AddressRecord> = {
  is: (value): value is AddressRecord => 'dnsName' in value && 'poolId' in value,
  redacted: (accessScope, { pools }, some) => addressesAsVisible(accessScope, pools, some),
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

/** Addresses of the access scope as they are visible: a pool that is hidden is not named. */
export async function addressesAsVisible(
  accessScope: AccessScope,
  store: Pick<PoolStore, 'getMany'>,
  records: readonly AddressRecord[],
): Promise<AddressRecord[]> {
  const visible = await visiblePoolIds(
    accessScope,
    store,
    records.flatMap(({ poolId }) => poolId ?? []),
  );
  return records.map((record) =>
    record.poolId === null || visible.has(record.poolId) ? record : { ...record, poolId: null },
  );
}
