import type { Change, NewAuditEntry } from '@cloudpam/audit';
import {
  addressChanged,
  changeRange,
  lockRange,
  recordHosts,
  recordRange,
  type AddressRecord,
  type PoolStores,
} from '@cloudpam/pools';
import { changedLeaf, madeFields, type AddressWish } from './leaf-wish';
import type { AddressSteps } from './plan-addresses';
import type { RangeSteps } from './plan-ranges';
import type { PlannedRows } from './planned-rows';

/** Addresses that are written at once. */
const CHUNK = 400;

/** What the writes of one import have in common. */
export interface ImportWriting {
  readonly stores: PoolStores;
  readonly change: Change;
  readonly rows: PlannedRows;
  /** Says that rows are done, and lets others have their turn. */
  readonly advance: (rows: number) => Promise<void>;
  /** The error for what is not as it was planned. */
  readonly planChanged: () => Error;
}

/** Writes the ranges of an import; its pools are there. */
export async function writeRanges(
  { stores, change, rows, advance, planChanged }: ImportWriting,
  { made, changed }: RangeSteps,
): Promise<void> {
  for (const { wish, stored } of changed) {
    const before = await lockRange(stores, stored.id, undefined);
    if (before.version !== stored.version) throw planChanged();
    await changeRange(stores, change, before, changedLeaf(before, wish));
    await advance(1);
  }
  for (const wish of made) {
    const { item, vrf } = wish;
    const { id } = await recordRange(stores, change, idOf(vrf), {
      span: item.span,
      fields: madeFields(wish),
      withAddresses: true,
      history: item.history,
    });
    rows.setId(wish.at, id);
    await advance(1);
  }
}

/** Writes the addresses of an import; its pools and ranges are there. */
export async function writeAddresses(
  writing: ImportWriting,
  { made, changed }: AddressSteps,
): Promise<void> {
  for (let start = 0; start < changed.length; start += CHUNK)
    await changeAddresses(writing, changed.slice(start, start + CHUNK));
  for (const wishes of made)
    for (let start = 0; start < wishes.length; start += CHUNK)
      await makeAddresses(writing, wishes.slice(start, start + CHUNK));
}

async function changeAddresses(
  { stores, change, advance, planChanged }: ImportWriting,
  chunk: AddressSteps['changed'],
): Promise<void> {
  const locked = await stores.addresses.lock(chunk.map(({ stored }) => stored.id));
  const before = new Map(locked.map((record) => [record.id, record]));
  const saved: AddressRecord[] = [];
  const entries: NewAuditEntry[] = [];
  for (const { wish, stored } of chunk) {
    const record = before.get(stored.id);
    if (record?.version !== stored.version) throw planChanged();
    const wanted = changedLeaf(record, wish);
    saved.push({ ...wanted, version: record.version + 1, updatedAt: change.at });
    entries.push(...addressChanged(change, 'address.update', record, wanted));
  }
  await stores.addresses.save(saved);
  await stores.audit.append(entries);
  await advance(chunk.length);
}

async function makeAddresses(
  { stores, change, rows, advance }: ImportWriting,
  chunk: readonly AddressWish[],
): Promise<void> {
  const [first] = chunk;
  if (!first) return;
  const made = await recordHosts(
    stores,
    change,
    idOf(first.vrf),
    chunk.map((wish) => ({
      cidr: wish.item.cidr,
      fields: madeFields(wish),
      inRange: wish.item.isOfRange ? 'any' : 'open',
      acceptObserved: false,
      history: wish.item.history,
    })),
  );
  for (const [at, wish] of chunk.entries()) rows.setId(wish.at, made[at]?.id ?? 0);
  await advance(chunk.length);
}

function idOf({ id }: AddressWish['vrf']): number {
  if (id === null) throw new Error('the VRF is not made');
  return id;
}
