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
import { isHeldBy, spansWithout } from './range-rules';

const DAY_MS = 24 * 3_600_000;

/** What of a deleted thing is kept, for how long, and as whose. */
interface Kept {
  readonly vrfId: number;
  readonly days: number;
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
  // What a range keeps is not free anyway.
  const apart = records.filter(({ rangeId }) => rangeId === null);
  await keep(
    stores,
    change,
    pool.id,
    apart.map((record) => ({ ...record, days, spans: [record.cidr], name: nameOf(record) })),
  );
}

/**
 * Keeps what deleted pools leave, where a rule of the pools around says so: all of it but what somebody else still
 * has there. A pool whose children went to its parent was a plan of space, nobody used what was free of it. What
 * several deleted pools have is kept for the longest time that one of them is.
 */
export async function quarantinePools(
  stores: PoolStores,
  change: Change,
  { deleted, reparented, addresses }: Deletion,
): Promise<void> {
  const [top] = deleted;
  if (!top || reparented.length > 0) return;
  const around = top.parentId === null ? 0 : await quarantineDays(stores, top.parentId);
  const held = heldOf(deleted, addresses, around);
  if (held.length === 0) return;
  const left = await leavesInside(stores, top.vrfId, [top]);
  const taken = [...left.addresses.map(({ cidr }) => cidr), ...left.ranges.map(({ span }) => span)];
  await keep(
    stores,
    change,
    top.parentId,
    held.map(({ longer, ...each }) => {
      const others = taken.filter((span) => overlaps(span, each.cidr));
      const spans = joined(freeBlocks(each.cidr, [...others, ...longer]));
      return { ...each, vrfId: top.vrfId, spans };
    }),
  );
}

/** A deleted thing that is kept. */
interface Held {
  readonly cidr: Cidr;
  readonly name: string;
  readonly accountId: number | null;
  readonly days: number;
  /** What of it is kept longer, as something of its own. */
  readonly longer: Cidr[];
}

/** What is kept of deleted pools, and of the addresses that were deleted with them, without what another one keeps. */
function heldOf(
  pools: readonly Pool[],
  addresses: readonly AddressRecord[],
  around: number,
): Held[] {
  const held: Held[] = [];
  // For each pool what the rules say of what lies in it, and what keeps the pool itself.
  const rules = new Map<number | null, { readonly days: number; readonly by: Held | undefined }>();
  const hold = (
    { cidr, name, accountId }: Pick<Held, 'cidr' | 'name' | 'accountId'>,
    holder: { readonly days: number; readonly by: Held | undefined },
  ): Held | undefined => {
    if (holder.days <= (holder.by?.days ?? 0)) return holder.by;
    const made = { cidr, name, accountId, days: holder.days, longer: [] };
    holder.by?.longer.push(cidr);
    held.push(made);
    return made;
  };
  const outside = { days: around, by: undefined };
  for (const pool of [...pools].sort(
    (a, b) => a.cidr.prefixLength - b.cidr.prefixLength || depth(a) - depth(b),
  )) {
    const holder = rules.get(pool.parentId) ?? outside;
    rules.set(pool.id, { days: pool.rules?.quarantineDays ?? holder.days, by: hold(pool, holder) });
  }
  for (const record of addresses)
    if (record.rangeId === null)
      hold({ ...record, name: nameOf(record) }, rules.get(record.poolId) ?? outside);
  return held;
}

/** Of two pools with one CIDR the VPC is the outer one. */
function depth({ kind }: Pool): number {
  return kind === 'vpc' ? 0 : 1;
}

/**
 * Gives blocks that are in quarantine back to whoever has deleted what was there; the VRF, or the pool around them, is
 * locked. What is in the quarantine of others stays there.
 */
export async function takeBack(
  stores: Pick<PoolStores, 'ranges' | 'audit'>,
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

function ends({ family, first, last }: Cidr): Cidr[] {
  return [hostOf(family, first), hostOf(family, last)];
}

/** How many days the nearest pool around keeps what is deleted; 0: not at all, as where none says so. */
async function quarantineDays({ pools }: PoolStores, poolId: number): Promise<number> {
  const around = [...(await pools.getMany([poolId])), ...(await pools.ancestors(poolId)).reverse()];
  const days = around.map(({ rules }) => rules?.quarantineDays ?? null);
  return days.find((each) => each !== null) ?? 0;
}

function nameOf({ name, cidr }: Pick<AddressRecord, 'name' | 'cidr'>): string {
  return name === '' ? formatHost(cidr) : name;
}

/** @param poolId the pool that everything lies in now */
async function keep(
  { ranges, audit }: PoolStores,
  change: Change,
  poolId: number | null,
  kept: readonly Kept[],
): Promise<void> {
  const { type, id, name: by } = change.actor;
  const made = await ranges.insert(
    kept.flatMap(({ vrfId, days, spans, name, accountId }) =>
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
    ),
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
