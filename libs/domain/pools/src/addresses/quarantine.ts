import type { Change } from '@cloudpam/audit';
import { freeBlocks, overlaps, type AddressRange, type Cidr } from '@cloudpam/cidr';
import type { Deletion } from '../delete-pool';
import { addUsage } from '../insert-into-tree';
import type { Pool } from '../pool';
import type { PoolStores } from '../pool-stores';
import { formatHost, hostOf, type AddressRecord } from './address-record';
import { leavesInside, weightOf } from './follow-tree';
import { rangeEnded, rangeMade } from './range-events';
import type { RangeRecord } from './range-record';
import { spansWithout } from './range-rules';

const DAY_MS = 24 * 3_600_000;

/** What of a deleted thing is kept, and as whose. */
interface Kept {
  readonly vrfId: number;
  readonly spans: readonly AddressRange[];
  readonly name: string;
  readonly accountId: number | null;
}

/** Removes address records of a pool that is locked, or of none, and keeps them where a rule says so. */
export async function giveBackAddresses(
  stores: PoolStores,
  change: Change,
  pool: Pool | undefined,
  records: readonly AddressRecord[],
): Promise<void> {
  const weight = await weightOf(stores, records);
  await stores.addresses.remove(records.map(({ id }) => id));
  if (!pool) return;
  const used = records.reduce((sum, record) => sum + weight(record), 0n);
  if (used > 0n) await addUsage(stores, new Map([[pool.id, -used]]), [pool]);
  const days = await quarantineDays(stores, pool.id);
  if (days === 0) return;
  for (const { cidr, vrfId, name, accountId, rangeId } of records)
    // What a range keeps is not free anyway.
    if (rangeId === null)
      await keep(stores, change, days, pool.id, {
        vrfId,
        spans: [cidr],
        name: name === '' ? formatHost(cidr) : name,
        accountId,
      });
}

/**
 * Keeps what a deleted pool leaves, where a rule says so: all of it but what somebody else still has there. A pool
 * whose children went to its parent was a plan of space, nobody used what was free of it.
 */
export async function quarantinePools(
  stores: PoolStores,
  change: Change,
  { deleted: [top], reparented }: Deletion,
): Promise<void> {
  if (!top || top.parentId === null || reparented.length > 0) return;
  const days = await quarantineDays(stores, top.parentId);
  if (days === 0) return;
  const { addresses, ranges } = await leavesInside(stores, top.vrfId, [top]);
  const taken = [...addresses.map(({ cidr }) => cidr), ...ranges.map(({ span }) => span)];
  await keep(stores, change, days, top.parentId, {
    vrfId: top.vrfId,
    spans: joined(freeBlocks(top.cidr, taken)),
    name: top.name,
    accountId: top.accountId,
  });
}

/**
 * Gives blocks that are in quarantine back to whoever has deleted what was there; the VRF, or the pool around them, is
 * locked. What is in the quarantine of others stays there.
 */
export async function takeBack(
  stores: PoolStores,
  change: Change,
  vrfId: number,
  cidrs: readonly Cidr[],
): Promise<void> {
  const found = new Map<number, RangeRecord>();
  for (const range of await stores.ranges.at(vrfId, cidrs.flatMap(ends)))
    if (range && isHeldBy(range, change)) found.set(range.id, range);
  for (const { id } of found.values()) {
    const [range] = await stores.ranges.lock([id]);
    if (!range || !isHeldBy(range, change)) continue;
    const blocks = cidrs.filter((cidr) => overlaps(cidr, range.span));
    const left = blocks.reduce<AddressRange[]>(
      (spans, block) =>
        spans.flatMap((span) => (overlaps(span, block) ? spansWithout(span, block) : [span])),
      [range.span],
    );
    await stores.ranges.remove([id]);
    await stores.audit.append([rangeEnded(change, range)]);
    const kept = await stores.ranges.insert(
      left.map((span) => ({ ...range, span, version: range.version + 1, updatedAt: change.at })),
    );
    await stores.audit.append(kept.map((record) => rangeMade(change, record)));
  }
}

/** Whether a range is in quarantine and may be taken back by whoever makes the change. */
export function isHeldBy({ purpose, holder }: RangeRecord, { actor }: Change): boolean {
  return purpose === 'quarantine' && holder?.type === actor.type && holder.id === actor.id;
}

function ends({ family, first, last }: Cidr): Cidr[] {
  return [hostOf(family, first), hostOf(family, last)];
}

/** How many days the nearest pool around keeps what is deleted; 0: not at all, as where none says so. */
async function quarantineDays({ pools }: PoolStores, poolId: number): Promise<number> {
  const around = [...(await pools.getMany([poolId])), ...(await pools.ancestors(poolId)).reverse()];
  const days = around.map(({ rules }) => rules?.quarantineDays ?? null);
  return days.find((each) => each !== null) ?? 0;
}

async function keep(
  { ranges, audit }: PoolStores,
  change: Change,
  days: number,
  poolId: number,
  { vrfId, spans, name, accountId }: Kept,
): Promise<void> {
  const { type, id, name: by } = change.actor;
  const made = await ranges.insert(
    spans.map((span) => ({
      vrfId,
      poolId,
      span,
      name,
      purpose: 'quarantine' as const,
      countsAsUsed: false,
      accountId,
      description: '',
      tags: {},
      until: new Date(change.at.getTime() + days * DAY_MS),
      holder: { type, id, name: by },
      createdAt: change.at,
      updatedAt: change.at,
      version: 1,
    })),
  );
  await audit.append(made.map((record) => rangeMade(change, record)));
}

/** Blocks in address order as few spans. */
function joined(blocks: readonly AddressRange[]): AddressRange[] {
  const spans: AddressRange[] = [];
  for (const { family, first, last } of blocks) {
    const open = spans.at(-1);
    if (open && open.last + 1n === first) spans[spans.length - 1] = { ...open, last };
    else spans.push({ family, first, last });
  }
  return spans;
}
