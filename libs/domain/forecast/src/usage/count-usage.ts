import {
  isLocated,
  type AuditEntry,
  type LogFold,
  type Place,
  type SealedEvent,
} from '@cloudpam/audit';
import { blockAround, freeBlocks, parseCidr, type AddressRange, type Cidr } from '@cloudpam/cidr';
import { added, type BlockCounts } from '../block-counts';
import { dayOf, type UsageDay } from '../usage-day';
import { rankOf, liesIn, type UsageNode } from './usage-node';
import type { UsageStore, UsageStores } from './usage-store';

/** Nodes of one reading. */
const PAGE = 1_000;
const LEASE_MS = 60_000;
/** So the writer of an SQLite file is held for a moment at a time, also while all of the past is counted. */
const BATCH = 50;
const IPV4 = parseCidr('0.0.0.0/0');

/**
 * Counts the log of pools and addresses into days: follows it from the first event, so that the
 * past and the present are counted by the same code, and on one server at a time. What it writes
 * and how far it is are one unit of work.
 */
export const COUNT_USAGE: LogFold<UsageStores> = {
  name: 'usage',
  leaseMs: LEASE_MS,
  batch: BATCH,
  fold: ({ usage }, events) => countUsage(usage, events),
};

/** Counts events, in the order of the chain. Each must come once. */
export async function countUsage(usage: UsageStore, events: readonly SealedEvent[]): Promise<void> {
  const count = new UsageCount(usage);
  for (const { entry } of events)
    if (entry.entityType === 'pool' || entry.entityType === 'address') await count.add(entry);
  await count.save();
}

class UsageCount {
  /** The latest day of pools, as it is after the events so far. */
  private readonly latest = new Map<number, UsageDay>();
  private readonly changed = new Map<number, Map<number, UsageDay>>();
  private readonly gone = new Set<number>();

  constructor(private readonly usage: UsageStore) {}

  async add(entry: AuditEntry): Promise<void> {
    const { before, after } = entry.diff;
    const day = dayOf(entry.at);
    const is = after && nodeOf(entry, entry.place);
    if (before === null) {
      if (is) await this.enter(is, day);
      return;
    }
    if (is && !entry.formerPlace) return;
    const was = nodeOf(entry, is ? entry.formerPlace : entry.place);
    if (was) await this.leave(was, day);
    if (is) await this.enter(is, day);
    else if (entry.entityType === 'pool') this.forget(Number(entry.entityId));
  }

  async save(): Promise<void> {
    if (this.gone.size > 0) await this.usage.forget([...this.gone]);
    const days = [...this.changed].flatMap(([poolId, byDay]) =>
      [...byDay.values()].map((day) => ({ poolId, day })),
    );
    if (days.length > 0) await this.usage.save(days);
  }

  /** A node comes: it takes its block from the pool around it, with all that lies in it. */
  private async enter(node: UsageNode, day: number): Promise<void> {
    if (await this.usage.has(node)) return;
    const inside = node.rank === 2 ? undefined : await this.insideOf(node);
    const outer = await this.around(node);
    if (outer) {
      const { taken, free } = await this.usageOf(outer);
      const length = node.cidr.prefixLength;
      const [gone, left] = inside
        ? [inside.free, inside.taken]
        : [carved(await this.emptyAround(node, outer), node.cidr), {}];
      this.put(outer, day, {
        taken: added(added(taken, left, -1), { [length]: 1 }),
        free: added(free, gone, -1),
      });
    }
    // A pool without anything in it needs no row.
    if (inside) this.put(node, day, inside);
    else if (node.rank !== 2 && (await this.latestOf(node.id))) this.put(node, day, emptied(node));
    await this.usage.put(node);
  }

  /** A node goes: its block and all that lies in it are the outer pool's. */
  private async leave(node: UsageNode, day: number): Promise<void> {
    if (!(await this.usage.has(node))) return;
    await this.usage.drop(node);
    const outer = await this.around(node);
    if (!outer) return;
    const { taken, free } = await this.usageOf(outer);
    const inside = node.rank === 2 ? emptied(node) : await this.usageOf(node);
    const isEmpty = Object.keys(inside.taken).length === 0;
    const back = isEmpty ? carved(await this.emptyAround(node, outer), node.cidr) : inside.free;
    this.put(outer, day, {
      taken: added(added(taken, inside.taken), { [node.cidr.prefixLength]: 1 }, -1),
      free: added(free, back),
    });
  }

  /** The smallest pool around a node, which need not be in the tree. */
  private async around(node: UsageNode): Promise<UsageNode | undefined> {
    let at = node;
    for (;;) {
      const before = await this.usage.poolBefore(at);
      if (!before || liesIn(node, before)) return before;
      const isAlike = before.cidr.family === node.cidr.family;
      // No IPv4 comes before IPv6 that comes before IPv4.
      if (!isAlike && node.cidr.family === 4) return undefined;
      // What is around both comes no later than the smallest block around them.
      const common = isAlike ? commonBlock(before.cidr, node.cidr) : IPV4;
      at = { vrfId: node.vrfId, cidr: common, rank: 2, id: Number.MAX_SAFE_INTEGER };
    }
  }

  /** The largest block around a node in a pool that has nothing else in it. */
  private async emptyAround(node: UsageNode, outer: UsageNode): Promise<Cidr> {
    const { family, first, last, prefixLength } = node.cidr;
    const before = (await this.usage.lastIn(outer, first))?.cidr.first;
    const [next] = await this.usage.nextIn(outer, last + 1n, 1);
    const after = next?.cidr.first;
    for (let length = outer.cidr.prefixLength; length < prefixLength; length++) {
      const block = blockAround(family, first, length);
      const isFree =
        (before === undefined || before < block.first) &&
        (after === undefined || after > block.last);
      if (isFree) return block;
    }
    return node.cidr;
  }

  /** What lies directly in the block of a node that is not in the tree; undefined where nothing does. */
  private async insideOf(node: UsageNode): Promise<Omit<UsageDay, 'day'> | undefined> {
    const children: AddressRange[] = [];
    let taken: BlockCounts = {};
    for (let from = node.cidr.first; ;) {
      const page = await this.usage.nextIn(node, from, PAGE);
      const last = page.at(-1);
      if (!last) break;
      for (const { cidr } of page) {
        if (cidr.first < from) continue;
        children.push(cidr);
        taken = added(taken, { [cidr.prefixLength]: 1 });
        from = cidr.last + 1n;
      }
      if (from > node.cidr.last) break;
    }
    if (children.length === 0) return undefined;
    return { taken, free: countsOf(freeBlocks(node.cidr, children)) };
  }

  private async usageOf(pool: UsageNode): Promise<Omit<UsageDay, 'day'>> {
    return (await this.latestOf(pool.id)) ?? emptied(pool);
  }

  private async latestOf(poolId: number): Promise<UsageDay | undefined> {
    const counted = this.latest.get(poolId);
    if (counted || this.gone.has(poolId)) return counted;
    const known = await this.usage.latest(poolId);
    if (known) this.latest.set(poolId, known);
    return known;
  }

  /** The clocks of servers differ: a day does not come before the last one. */
  private put(pool: UsageNode, day: number, used: Omit<UsageDay, 'day'>): void {
    const at = Math.max(day, this.latest.get(pool.id)?.day ?? day);
    const { taken, free } = used;
    const byDay = this.changed.get(pool.id) ?? new Map<number, UsageDay>();
    this.changed.set(pool.id, byDay.set(at, { day: at, taken, free }));
    this.latest.set(pool.id, { day: at, taken, free });
  }

  private forget(poolId: number): void {
    this.gone.add(poolId);
    this.latest.delete(poolId);
    this.changed.delete(poolId);
  }
}

function nodeOf({ entityType, entityId }: AuditEntry, place: Place | null): UsageNode | undefined {
  if (!place || !isLocated(place)) return undefined;
  const rank = rankOf(entityType === 'address' ? 'address' : place.kind);
  return { vrfId: place.vrfId, cidr: place.cidr, rank, id: Number(entityId) };
}

function emptied({ cidr }: UsageNode): Omit<UsageDay, 'day'> {
  return { taken: {}, free: { [cidr.prefixLength]: 1 } };
}

/** The free blocks that change when a block is carved out of an empty one: that goes, its rest stays. */
function carved(empty: Cidr, block: Cidr): BlockCounts {
  const counts: Record<number, number> = { [empty.prefixLength]: 1 };
  for (let length = empty.prefixLength + 1; length <= block.prefixLength; length++)
    counts[length] = -1;
  return counts;
}

function countsOf(blocks: readonly Cidr[]): BlockCounts {
  const counts: Record<number, number> = {};
  for (const { prefixLength } of blocks) counts[prefixLength] = (counts[prefixLength] ?? 0) + 1;
  return counts;
}

function commonBlock(a: Cidr, b: Cidr): Cidr {
  let length = Math.min(a.prefixLength, b.prefixLength);
  while (
    blockAround(a.family, a.first, length).first !== blockAround(b.family, b.first, length).first
  )
    length -= 1;
  return blockAround(a.family, a.first, length);
}
