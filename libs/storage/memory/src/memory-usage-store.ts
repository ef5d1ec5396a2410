import {
  compareNodes,
  liesIn,
  type PoolDay,
  type UsageDay,
  type UsageNode,
  type UsageStore,
  type UsageWindow,
} from '@cloudpam/forecast';
import type { Tables } from './stores';
import type { Index } from './table';

/** Nodes in the order of the tree of their VRF. */
export class UsageOrder implements Index<UsageNode> {
  private readonly byVrf = new Map<number, UsageNode[]>();

  of(vrfId: number): readonly UsageNode[] {
    return this.byVrf.get(vrfId) ?? [];
  }

  /** Where the first node stands that is not before. */
  firstFrom(vrfId: number, isBefore: (node: UsageNode) => boolean): number {
    const nodes = this.of(vrfId);
    let [low, high] = [0, nodes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(nodes[middle] as UsageNode)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  changed(before: UsageNode | undefined, after: UsageNode | undefined): void {
    if (before) this.byVrf.get(before.vrfId)?.splice(this.placeOf(before), 1);
    if (!after) return;
    const nodes = this.byVrf.get(after.vrfId) ?? [];
    this.byVrf.set(after.vrfId, nodes);
    nodes.splice(this.placeOf(after), 0, after);
  }

  private placeOf(node: UsageNode): number {
    return this.firstFrom(node.vrfId, (each) => compareNodes(each, node) < 0);
  }
}

/** The days of pools, each pool's in their order. */
export class UsageDays implements Index<PoolDay> {
  private readonly byPool = new Map<number, UsageDay[]>();

  of(poolId: number): readonly UsageDay[] {
    return this.byPool.get(poolId) ?? [];
  }

  pools(): number[] {
    return [...this.byPool.keys()].sort((a, b) => a - b);
  }

  changed(before: PoolDay | undefined, after: PoolDay | undefined): void {
    const poolId = (after ?? before)?.poolId ?? 0;
    const others = this.of(poolId).filter(({ day }) => day !== before?.day.day);
    const days = after ? [...others, after.day].sort((a, b) => a.day - b.day) : others;
    if (days.length > 0) this.byPool.set(poolId, days);
    else this.byPool.delete(poolId);
  }
}

const keyOf = ({ vrfId, cidr, rank, id }: UsageNode): string =>
  [vrfId, cidr.family, cidr.first, cidr.prefixLength, rank, id].join(' ');
const dayKey = (poolId: number, day: number): string => `${poolId} ${day}`;

/** Usage over Maps. */
export class MemoryUsageStore implements UsageStore {
  constructor(private readonly tables: Tables) {}

  async has(node: UsageNode): Promise<boolean> {
    return this.tables.usageTree.has(keyOf(node));
  }

  async put(node: UsageNode): Promise<void> {
    if (!(await this.has(node))) this.tables.usageTree.set(keyOf(node), node);
  }

  async drop(node: UsageNode): Promise<void> {
    this.tables.usageTree.delete(keyOf(node));
  }

  async poolBefore(node: UsageNode): Promise<UsageNode | undefined> {
    const { usageOrder } = this.tables;
    const end = usageOrder.firstFrom(node.vrfId, (each) => compareNodes(each, node) < 0);
    return usageOrder
      .of(node.vrfId)
      .slice(0, end)
      .findLast(({ rank }) => rank < 2);
  }

  async lastIn(outer: UsageNode, before: bigint): Promise<UsageNode | undefined> {
    return this.inside(outer).findLast(({ cidr }) => cidr.first < before);
  }

  async nextIn(outer: UsageNode, from: bigint, limit: number): Promise<readonly UsageNode[]> {
    return this.inside(outer)
      .filter(({ cidr }) => cidr.first >= from)
      .slice(0, limit);
  }

  async latest(poolId: number): Promise<UsageDay | undefined> {
    return this.tables.daysOfPools.of(poolId).at(-1);
  }

  async save(days: readonly PoolDay[]): Promise<void> {
    for (const each of days) this.tables.usageDays.set(dayKey(each.poolId, each.day.day), each);
  }

  async forget(poolIds: readonly number[]): Promise<void> {
    for (const id of poolIds)
      for (const { day } of this.tables.daysOfPools.of(id))
        this.tables.usageDays.delete(dayKey(id, day));
  }

  async purge(before: number, limit: number): Promise<number> {
    let count = 0;
    for (const { poolId, day } of this.tables.usageDays.all()) {
      if (count === limit) break;
      const next = this.tables.daysOfPools.of(poolId).find((each) => each.day > day.day);
      if (next && next.day <= before && this.tables.usageDays.delete(dayKey(poolId, day.day)))
        count += 1;
    }
    return count;
  }

  async days(
    poolIds: readonly number[],
    { from, to }: UsageWindow,
  ): Promise<ReadonlyMap<number, readonly UsageDay[]>> {
    const found = new Map<number, readonly UsageDay[]>();
    for (const id of poolIds) {
      const until = this.tables.daysOfPools.of(id).filter(({ day }) => day <= to);
      const first = until.findLastIndex(({ day }) => day <= from);
      const days = until.slice(Math.max(0, first));
      if (days.length > 0) found.set(id, days);
    }
    return found;
  }

  async poolsWithDays(after: number, limit: number): Promise<readonly number[]> {
    return this.tables.daysOfPools
      .pools()
      .filter((id) => id > after)
      .slice(0, limit);
  }

  /** A node that lies in another one comes after it, and before what is behind that. */
  private inside(outer: UsageNode): readonly UsageNode[] {
    const { usageOrder } = this.tables;
    const start = usageOrder.firstFrom(outer.vrfId, (each) => compareNodes(each, outer) <= 0);
    const end = usageOrder.firstFrom(outer.vrfId, ({ cidr }) => cidr.first <= outer.cidr.last);
    return usageOrder
      .of(outer.vrfId)
      .slice(start, end)
      .filter((each) => liesIn(each, outer));
  }
}
