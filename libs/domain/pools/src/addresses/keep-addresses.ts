import { write, type Change, type UnitOfWork } from '@cloudpam/audit';
import type { Cidr } from '@cloudpam/cidr';
import { checkReferences, checkVersion } from '../pool-rules';
import type { PoolStores } from '../pool-stores';
import { addressChanged, addressDeleted } from './address-events';
import type { AddressFields, AddressRecord } from './address-record';
import { addressNotFound, checkAddressFields, checkHost } from './address-rules';
import { lockHolder } from './lock-holders';
import { giveBackAddresses } from './quarantine';
import { recordHosts } from './record-hosts';

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
      const [made] = await recordHosts(stores, change, vrfId, [
        { cidr, fields, inRange: rangeId, acceptObserved },
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
