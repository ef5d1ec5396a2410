import { sameCidr, type AddressRange } from '@cloudpam/cidr';
import type { Pool } from '@cloudpam/pools';
import { AddressIndex, byAddress } from './address-index';
import type { Index } from './table';

const NO_CHILDREN = new AddressIndex<Pool>();

/** The children of every pool, and the roots of every VRF, by address: siblings are disjoint. */
export class PoolTree implements Index<Pool> {
  // Roots are kept under the negative id of their VRF.
  private readonly siblings = new Map<number, AddressIndex<Pool>>();

  children(vrfId: number, parentId: number | null): AddressIndex<Pool> {
    return this.siblings.get(parentId ?? -vrfId) ?? NO_CHILDREN;
  }

  childrenOf(poolId: number): AddressIndex<Pool> {
    return this.siblings.get(poolId) ?? NO_CHILDREN;
  }

  /**
   * The pools of the VRF that contain the range, widest first; of two equal ones the child is last.
   */
  around(vrfId: number, range: AddressRange): Pool[] {
    const chain: Pool[] = [];
    let pool = this.children(vrfId, null).around(range);
    while (pool) {
      chain.push(pool);
      pool = this.childrenOf(pool.id).around(range);
    }
    return chain;
  }

  /** Every pool below one, in address order, a parent before its children. */
  below(poolId: number): Pool[] {
    return this.childrenOf(poolId).rows.flatMap((child) => [child, ...this.below(child.id)]);
  }

  changed(before: Pool | undefined, after: Pool | undefined): void {
    if (before && after && samePlace(before, after)) {
      this.siblings.get(placeOf(after))?.replace(after);
      return;
    }
    if (before) this.take(before);
    if (after) this.place(after);
  }

  private place(pool: Pool): void {
    const place = placeOf(pool);
    const siblings = this.siblings.get(place) ?? new AddressIndex<Pool>();
    siblings.add(pool);
    this.siblings.set(place, siblings);
  }

  private take(pool: Pool): void {
    const place = placeOf(pool);
    const siblings = this.siblings.get(place);
    siblings?.remove(pool);
    if (siblings?.rows.length === 0) this.siblings.delete(place);
  }
}

/** True when a change of the pool leaves it where it is in the tree. */
export function samePlace(before: Pool, after: Pool): boolean {
  return (
    before.vrfId === after.vrfId &&
    placeOf(before) === placeOf(after) &&
    sameCidr(before.cidr, after.cidr)
  );
}

/** Pools in address order, a parent before an equal child. */
export function inTreeOrder(pools: readonly Pool[]): Pool[] {
  return pools.toSorted((a, b) =>
    a.id === b.parentId ? -1 : b.id === a.parentId ? 1 : byAddress(a, b),
  );
}

function placeOf(pool: Pool): number {
  return pool.parentId ?? -pool.vrfId;
}
