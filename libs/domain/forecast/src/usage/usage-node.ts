import { contains, prefixLength128, type Cidr } from '@cloudpam/cidr';

/**
 * What takes space in the tree: a pool or an address, as the log tells of it. Nodes of a VRF are in
 * the order of the tree: by first address, the larger block first, then by `rank` and id; so what
 * lies in a node comes right behind it.
 */
export interface UsageNode {
  readonly vrfId: number;
  readonly cidr: Cidr;
  /** Of equal blocks the VPC is around the subnet, and both are around an address. */
  readonly rank: UsageRank;
  /** Of the pool, or of the address. */
  readonly id: number;
}

/** 0 for a VPC, 1 for any other pool, 2 for an address. */
export type UsageRank = 0 | 1 | 2;

/** The rank of a kind of pool, or of `address`. */
export function rankOf(kind: string): UsageRank {
  return kind === 'address' ? 2 : kind === 'vpc' ? 0 : 1;
}

/** Below 0 where `a` comes before `b` in the order of the tree of their VRF. */
export function compareNodes(a: UsageNode, b: UsageNode): number {
  if (a.cidr.first !== b.cidr.first) return a.cidr.first < b.cidr.first ? -1 : 1;
  return prefixLength128(a.cidr) - prefixLength128(b.cidr) || a.rank - b.rank || a.id - b.id;
}

/** Whether one node of a VRF lies in another one. */
export function liesIn(inner: UsageNode, outer: UsageNode): boolean {
  return contains(outer.cidr, inner.cidr) && compareNodes(outer, inner) < 0;
}
