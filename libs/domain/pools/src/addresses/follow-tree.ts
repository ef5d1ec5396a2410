import type { Change } from '@cloudpam/audit';
import { contains, type AddressRange } from '@cloudpam/cidr';
import { addUsage } from '../insert-into-tree';
import type { Pool } from '../pool';
import type { PoolStores } from '../pool-stores';
import { addressChanged } from './address-events';
import type { AddressRecord } from './address-record';
import { addressTaken } from './address-rules';

type FollowStores = Pick<PoolStores, 'pools' | 'vrfs' | 'addresses'>;

/** Addresses that are looked up at once. */
const CHUNK = 1_000;

/**
 * Gives addresses the smallest pool that contains each of them now, and those pools and their former ones the usage
 * that follows. The VRF is locked by the caller, and so are the pools whose shape has changed.
 * @param gone ids of former pools that are not there any more
 */
export async function settleAddresses(
  stores: FollowStores,
  vrfId: number,
  records: readonly AddressRecord[],
  gone: ReadonlySet<number> = new Set(),
): Promise<void> {
  const usage = new Map<number, bigint>();
  const add = (id: number | null, addresses: bigint): void => {
    if (id !== null && !gone.has(id)) usage.set(id, (usage.get(id) ?? 0n) + addresses);
  };
  for (let start = 0; start < records.length; start += CHUNK) {
    const chunk = records.slice(start, start + CHUNK);
    const around = await stores.pools.smallestContaining(
      vrfId,
      chunk.map(({ cidr }) => cidr),
    );
    const moved = chunk.flatMap((record, at) => {
      const poolId = around[at]?.id ?? null;
      if (poolId === record.poolId) return [];
      add(record.poolId, -1n);
      add(poolId, 1n);
      return [{ id: record.id, poolId }];
    });
    await stores.addresses.setPool(moved);
  }
  if (usage.size === 0) return;
  await stores.pools.lock([...usage.keys()]);
  await addUsage(stores, usage);
}

/** Addresses that come to lie in pools with these places: those of the pools around them, or of no pool of the VRF. */
export async function addressesInside(
  stores: FollowStores,
  vrfId: number,
  placed: readonly Pick<Pool, 'id' | 'cidr' | 'parentId'>[],
): Promise<AddressRecord[]> {
  const ids = new Set(placed.map(({ id }) => id));
  const ranges = new Map<number | null, AddressRange[]>();
  for (const { parentId, cidr } of placed) {
    // What lies in another one of them is inside that one.
    if (parentId !== null && ids.has(parentId)) continue;
    const list = ranges.get(parentId);
    if (list) list.push(cidr);
    else ranges.set(parentId, [cidr]);
  }
  const found: AddressRecord[] = [];
  for (const [parentId, inside] of ranges)
    found.push(...(await stores.addresses.inPool(vrfId, parentId, inside)));
  return found;
}

/**
 * What becomes of the addresses around a pool that has got another CIDR or VRF: those that it has left go to the
 * pool that contains them now, those that it has come to contain go to it, and to another VRF it takes its own
 * along. The pool is saved, both VRFs and what is around it are locked.
 * @throws PoolError `address_taken` when the other VRF has one of them
 */
export async function followResize(
  stores: PoolStores,
  change: Change,
  before: Pool,
  after: Pool,
): Promise<void> {
  const own = await stores.addresses.inPool(before.vrfId, before.id, [before.cidr]);
  const left = own.filter(({ cidr }) => !contains(after.cidr, cidr));
  const inside = await addressesInside(stores, after.vrfId, [after]);
  if (after.vrfId !== before.vrfId)
    await moveAddresses(
      stores,
      change,
      own.filter(({ cidr }) => contains(after.cidr, cidr)),
      (record) => ({ ...record, vrfId: after.vrfId }),
    );
  await settleAddresses(stores, before.vrfId, left);
  await settleAddresses(stores, after.vrfId, inside);
}

/** Gives addresses another place. @throws PoolError `address_taken` when somebody has it */
export async function moveAddresses(
  stores: Pick<PoolStores, 'addresses' | 'audit'>,
  change: Change,
  records: readonly AddressRecord[],
  to: (record: AddressRecord) => AddressRecord,
): Promise<void> {
  if (records.length === 0) return;
  const locked = await stores.addresses.lock(records.map(({ id }) => id));
  const moved = locked.map((before) => ({
    before,
    after: { ...to(before), version: before.version + 1, updatedAt: change.at },
  }));
  const wanted = moved.map(({ after }) => after);
  for (const vrfId of new Set(wanted.map((record) => record.vrfId))) {
    const hosts = wanted.filter((record) => record.vrfId === vrfId).map(({ cidr }) => cidr);
    const [taken] = await stores.addresses.equalTo(vrfId, hosts);
    if (taken) throw addressTaken(taken);
  }
  await stores.addresses.save(wanted);
  await stores.audit.append(
    moved.flatMap(({ before, after }) => addressChanged(change, 'address.move', before, after)),
  );
}
