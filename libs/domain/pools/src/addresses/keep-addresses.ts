import { write, type Change, type UnitOfWork } from '@cloudpam/audit';
import { sameCidr, type AddressRange, type Cidr } from '@cloudpam/cidr';
import { addressInUse } from '../observed-space';
import type { Pool } from '../pool';
import { checkReferences, checkVersion, recordNotFound } from '../pool-rules';
import type { PoolStores } from '../pool-stores';
import { VRFS } from '../vrf';
import { addressChanged, addressDeleted } from './address-events';
import { formatHost, type AddressFields, type AddressRecord } from './address-record';
import {
  addressNotFound,
  addressTaken,
  checkAddressFields,
  checkHost,
  forbiddenError,
  forbiddenIn,
} from './address-rules';
import { PoolError } from '../pool-error';
import { givesOut, rangeNotFound, rangeTaken } from './range-rules';
import { giveBackAddresses, takeBack } from './quarantine';
import { formatSpan, type RangeRecord } from './range-record';
import { takeHosts } from './take-hosts';

/** Records addresses that people name, changes them and gives them back. */
export class KeepAddresses {
  constructor(private readonly unitOfWork: UnitOfWork<PoolStores>) {}

  /**
   * Records an address that was chosen elsewhere, in whichever pool it lies, or in none. One of a range names it.
   * @param acceptObserved also where a cloud has given the address to something: the record is of what is there
   * @throws PoolError `address_taken` | `address_in_use` | `address_reserved` | `range_taken` | `quarantined` |
   *   `refused_range` | `vrf_not_found` | `invalid_field` | ...
   */
  create(
    change: Change,
    vrfId: number,
    cidr: Cidr,
    { rangeId, ...fields }: Partial<AddressFields> & { readonly rangeId?: number },
    acceptObserved = false,
  ): Promise<AddressRecord> {
    checkHost(cidr);
    checkAddressFields(fields);
    return write(this.unitOfWork, change, async (stores) => {
      await checkReferences(stores, [fields]);
      const pool = await lockHolder(stores, vrfId, cidr);
      const [taken] = await stores.addresses.equalTo(vrfId, [cidr]);
      if (taken) throw addressTaken(taken);
      const forbidden = pool && forbiddenIn(pool).find((each) => sameCidr(each.cidr, cidr));
      if (pool && forbidden) throw forbiddenError(pool, forbidden);
      const [use] = acceptObserved ? [] : await stores.observed.touching(vrfId, cidr, 1);
      if (use) throw addressInUse(cidr, use);
      await takeBack(stores, change, vrfId, [cidr]);
      const range = await rangeOf(stores, vrfId, cidr, rangeId);
      const [made] = await takeHosts(stores, change, 'address.create', pool ?? { vrfId }, [
        { cidr, fields, range },
      ]);
      if (!made) throw new Error('the storage gave nothing back of what was inserted');
      return made;
    });
  }

  /**
   * Changes what is set of an address.
   * @param expected version of the caller's `If-Match`
   * @throws PoolError `address_not_found` | `version_mismatch` | ...
   */
  update(
    change: Change,
    id: number,
    fields: Partial<AddressFields>,
    expected?: number,
  ): Promise<AddressRecord> {
    checkAddressFields(fields);
    return write(this.unitOfWork, change, async (stores) => {
      await checkReferences(stores, [fields]);
      const [before] = await stores.addresses.lock([id]);
      if (!before) throw addressNotFound(id);
      checkVersion(before, expected);
      const wanted = { ...before, ...fields };
      const events = addressChanged(change, 'address.update', before, wanted);
      if (events.length === 0) return before;
      const after = { ...wanted, version: before.version + 1, updatedAt: change.at };
      await stores.addresses.save([after]);
      await stores.audit.append(events);
      return after;
    });
  }

  /** Gives an address back. @throws PoolError `address_not_found` | `version_mismatch` */
  delete(change: Change, id: number, expected?: number): Promise<AddressRecord> {
    return write(this.unitOfWork, change, async (stores) => {
      const seen = await stores.addresses.get(id);
      if (!seen) throw addressNotFound(id);
      const pool = await lockHolder(stores, seen.vrfId, seen.cidr);
      const [record] = await stores.addresses.lock([id]);
      if (!record) throw addressNotFound(id);
      checkVersion(record, expected);
      await stores.audit.append([addressDeleted(change, record)]);
      await giveBackAddresses(stores, change, pool, [record]);
      return record;
    });
  }
}

/**
 * The smallest pool of the VRF that contains the address, locked; where none does, the VRF is.
 * @throws PoolError `vrf_not_found`
 */
export async function lockHolder(
  stores: PoolStores,
  vrfId: number,
  cidr: AddressRange,
): Promise<Pool | undefined> {
  for (let isVrfLocked = false; ;) {
    const [seen] = await stores.pools.smallestContaining(vrfId, [cidr]);
    if (seen) {
      const [pool] = await stores.pools.lock([seen.id]);
      // Until it was locked, a smaller pool could come into it.
      const [now] = await stores.pools.smallestContaining(vrfId, [cidr]);
      if (pool && now?.id === pool.id) return pool;
    } else {
      if (isVrfLocked) return undefined;
      if (!(await stores.vrfs.lock(vrfId))) throw recordNotFound(VRFS, vrfId, 'vrf_id');
      isVrfLocked = true;
    }
  }
}

/** The range that an address is recorded in. @throws PoolError `range_taken` where it lies in one that is not named */
async function rangeOf(
  { ranges }: PoolStores,
  vrfId: number,
  cidr: Cidr,
  rangeId: number | undefined,
): Promise<RangeRecord | undefined> {
  const [range] = await ranges.at(vrfId, [cidr]);
  const isNamed = range && range.id === rangeId;
  if (range && (!isNamed || !givesOut(range)))
    throw rangeTaken(formatHost(cidr), range, isNamed ? 'range_id' : 'address');
  if (!range && rangeId !== undefined) {
    const known = await ranges.get(rangeId);
    if (!known) throw rangeNotFound(rangeId, 'range_id');
    throw new PoolError(
      'invalid_field',
      `${formatHost(cidr)} does not lie in range ${rangeId} (${formatSpan(known.span)}).`,
      { field: 'range_id' },
    );
  }
  return range;
}
