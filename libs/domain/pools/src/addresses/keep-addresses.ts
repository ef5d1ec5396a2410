import { write, type Change, type NewAuditEntry, type UnitOfWork } from '@cloudpam/audit';
import type { Cidr } from '@cloudpam/cidr';
import type { Pool } from '../pool';
import { PoolError } from '../pool-error';
import { checkReferences, checkVersion } from '../pool-rules';
import type { PoolStores } from '../pool-stores';
import { addressChanged, addressDeleted } from './address-events';
import type { AddressFields, AddressRecord } from './address-record';
import { addressNotFound, checkAddressFields, checkHost } from './address-rules';
import { lockHolders } from './lock-holders';
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
    return this.updateMany(change, [id], fields, expected).then(only);
  }

  /**
   * Changes the same of many addresses, all or none.
   * @param ids no one twice
   * @param expected version that each has
   * @returns them in the order of the ids
   * @throws PoolError as `update` does, and `invalid_field` for a MAC address of several
   */
  updateMany(
    change: Change,
    ids: readonly number[],
    fields: Partial<AddressFields>,
    expected?: number,
  ): Promise<AddressRecord[]> {
    checkAddressFields(fields);
    if (ids.length > 1 && fields.mac)
      throw new PoolError(
        'invalid_field',
        'One interface has a MAC address: change it by itself.',
        {
          field: 'mac',
        },
      );
    return write(this.unitOfWork, change, async (stores) => {
      await checkReferences(stores, [fields]);
      const before = await lockRecords(stores, ids);
      const results: AddressRecord[] = [];
      const saved: AddressRecord[] = [];
      const entries: NewAuditEntry[] = [];
      for (const record of before) {
        checkVersion(record, expected);
        const wanted = { ...record, ...fields };
        const events = addressChanged(change, 'address.update', record, wanted);
        const after = { ...wanted, version: record.version + 1, updatedAt: change.at };
        results.push(events.length === 0 ? record : after);
        if (events.length > 0) saved.push(after);
        entries.push(...events);
      }
      if (saved.length > 0) await stores.addresses.save(saved);
      if (entries.length > 0) await stores.audit.append(entries);
      return results;
    });
  }

  /** Gives an address back. @throws PoolError `address_not_found` | `version_mismatch` */
  delete(change: Change, id: number, expected?: number): Promise<AddressRecord> {
    return this.deleteMany(change, [id], expected).then(only);
  }

  /**
   * Gives many addresses back, all or none.
   * @param ids no one twice
   * @param expected version that each has
   * @returns what they were, in the order of the ids
   * @throws PoolError `address_not_found` | `version_mismatch`
   */
  deleteMany(change: Change, ids: readonly number[], expected?: number): Promise<AddressRecord[]> {
    return write(this.unitOfWork, change, async (stores) => {
      const { holders, records } = await lockHeld(stores, ids);
      for (const record of records) checkVersion(record, expected);
      await stores.audit.append(records.map((record) => addressDeleted(change, record)));
      for (const [pool, held] of holders)
        await giveBackAddresses(
          stores,
          change,
          pool,
          records.filter(({ id }) => held.has(id)),
        );
      return records;
    });
  }
}

/** Locks addresses. @returns them in the order of the ids. @throws PoolError `address_not_found` */
async function lockRecords(
  { addresses }: PoolStores,
  ids: readonly number[],
): Promise<AddressRecord[]> {
  const byId = new Map((await addresses.lock(ids)).map((record) => [record.id, record]));
  return ids.map((id) => {
    const record = byId.get(id);
    if (!record) throw addressNotFound(id);
    return record;
  });
}

/** Locks addresses, and what `lockHoldersOf` does before them. */
async function lockHeld(
  stores: PoolStores,
  ids: readonly number[],
): Promise<{ holders: Map<Pool | undefined, Set<number>>; records: AddressRecord[] }> {
  for (;;) {
    const { seen, holders } = await lockHoldersOf(stores, ids);
    const records = await lockRecords(stores, ids);
    // Until the pool around them was locked, they could be moved elsewhere with another one.
    const byId = new Map(records.map((record) => [record.id, record]));
    const isThere = seen.every(({ id, vrfId, cidr }) => {
      const now = byId.get(id);
      return now?.vrfId === vrfId && now.cidr.first === cidr.first;
    });
    if (isThere) return { holders, records };
  }
}

/**
 * Locks the pools in which addresses lie, and the VRFs of those that lie in none.
 * @returns by pool, or undefined for none, the ids of its addresses, and what they were before the locks
 * @throws PoolError `address_not_found`
 */
async function lockHoldersOf(
  stores: PoolStores,
  ids: readonly number[],
): Promise<{ holders: Map<Pool | undefined, Set<number>>; seen: readonly AddressRecord[] }> {
  const seen = await stores.addresses.getMany(ids);
  const there = new Set(seen.map(({ id }) => id));
  const missing = ids.find((id) => !there.has(id));
  if (missing !== undefined) throw addressNotFound(missing);
  const held = new Map<Pool | undefined, Set<number>>();
  for (const vrfId of [...new Set(seen.map((record) => record.vrfId))].sort((a, b) => a - b)) {
    const ofVrf = seen.filter((record) => record.vrfId === vrfId);
    const holders = await lockHolders(
      stores,
      vrfId,
      ofVrf.map(({ cidr }) => cidr),
    );
    for (const [at, { id }] of ofVrf.entries())
      held.set(holders[at], (held.get(holders[at]) ?? new Set()).add(id));
  }
  return { holders: held, seen };
}

function only(records: readonly AddressRecord[]): AddressRecord {
  const [record] = records;
  if (!record) throw new Error('there is no record of an id that was asked for');
  return record;
}
