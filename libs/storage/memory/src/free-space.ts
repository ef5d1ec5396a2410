import { contains, freeBlocks, subtract, type AddressRange, type Cidr } from '@cloudpam/cidr';
import type { AddressRecord, FreeBlockQuery, Pool, RangeRecord } from '@cloudpam/pools';
import type { DiscoveredResource, ObservedAddress } from '@cloudpam/reconciliation';
import { samePlace, type PoolTree } from './pool-tree';
import type { Index } from './table';

/** What clouds use of a VRF. */
interface SpaceInUse {
  touching(vrfId: number, range: Cidr): Iterable<{ readonly cidr: Cidr }>;
}

/** The free blocks of pools, computed when asked for and kept until something touches the pool. */
export class FreeSpace implements Index<Pool> {
  private readonly known = new Map<number, Cidr[]>();

  constructor(
    private readonly tree: PoolTree,
    private readonly inUse: readonly SpaceInUse[],
    private readonly leavesOf: (poolId: number) => readonly AddressRange[],
  ) {}

  /** The maximal free blocks of the pool that the query asks for. */
  blocks(pool: Pool, query: FreeBlockQuery): Cidr[] {
    const { order, limit, maxPrefixLength, after } = query;
    const blocks = this.all(pool).filter(
      (block) =>
        (maxPrefixLength === undefined || block.prefixLength <= maxPrefixLength) &&
        (after === undefined || block.first > after),
    );
    if (order === 'size')
      return blocks.sort((a, b) => b.prefixLength - a.prefixLength).slice(0, limit);
    if (order === 'address_desc') blocks.reverse();
    return maxPrefixLength === undefined
      ? blocks.slice(0, limit)
      : firstOfEachLength(blocks, limit);
  }

  changed(before: Pool | undefined, after: Pool | undefined): void {
    if (before && after && samePlace(before, after)) return;
    if (before) this.known.delete(before.id);
    if (before?.parentId) this.known.delete(before.parentId);
    if (after?.parentId) this.take(after.parentId, after.cidr);
  }

  /** Told of a change of an address record. */
  addressChanged(before: AddressRecord | undefined, after: AddressRecord | undefined): void {
    if (before?.poolId === after?.poolId && before?.cidr.first === after?.cidr.first) return;
    if (before?.poolId) this.known.delete(before.poolId);
    if (after?.poolId) this.take(after.poolId, after.cidr);
  }

  /** Told of a change of a range. */
  rangeChanged(before: RangeRecord | undefined, after: RangeRecord | undefined): void {
    for (const poolId of [before?.poolId, after?.poolId]) if (poolId) this.known.delete(poolId);
  }

  /** Told of a change of a resource: one without a pool may touch any pool. */
  resourceChanged(
    before: DiscoveredResource | undefined,
    after: DiscoveredResource | undefined,
  ): void {
    if (before?.poolId === null || after?.poolId === null) this.known.clear();
  }

  /** Told of a change of an observed address. */
  observedChanged(before: ObservedAddress | undefined, after: ObservedAddress | undefined): void {
    if (before && after && before.vrfId === after.vrfId) return;
    this.known.clear();
  }

  private all(pool: Pool): readonly Cidr[] {
    const known = this.known.get(pool.id);
    if (known) return known;
    const taken = [
      ...this.tree.childrenOf(pool.id).rows.map((child) => child.cidr),
      ...this.leavesOf(pool.id),
      ...this.inUse.flatMap((each) =>
        [...each.touching(pool.vrfId, pool.cidr)].map(({ cidr }) => cidr),
      ),
    ];
    const free = freeBlocks(pool.cidr, taken);
    this.known.set(pool.id, free);
    return free;
  }

  /** Carves a new child out of what is known to be free. */
  private take(parentId: number, cidr: Cidr): void {
    const free = this.known.get(parentId);
    if (!free) return;
    let low = 0;
    let high = free.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((free[middle]?.first ?? 0n) > cidr.first) high = middle;
      else low = middle + 1;
    }
    const around = free[low - 1];
    if (around && contains(around, cidr)) free.splice(low - 1, 1, ...subtract(around, cidr));
    else this.known.delete(parentId);
  }
}

function firstOfEachLength(blocks: readonly Cidr[], limit: number): Cidr[] {
  const counts = new Array<number>(129).fill(0);
  return blocks.filter(({ prefixLength }) => {
    const count = (counts[prefixLength] ?? 0) + 1;
    counts[prefixLength] = count;
    return count <= limit;
  });
}
