import { addressCount, compareCidrs, contains, formatCidr, type Cidr } from '@cloudpam/cidr';
import type { Pool, PoolKind } from './pool';

/** A pool that is to be put into the tree. */
export interface PoolToPlace {
  readonly id: number;
  readonly cidr: Cidr;
  readonly kind: PoolKind;
}

/** Where a new pool goes in the tree, and what it takes from its parent. */
export interface Placement {
  /**
   * Where each accepted pool goes, by its id, with the addresses that its children will cover.
   */
  readonly placed: ReadonlyMap<
    number,
    { readonly parentId: number | null; readonly childUsed: bigint }
  >;
  /** Stored pools that get a new pool as their parent. */
  readonly adopted: readonly { readonly pool: Pool; readonly parentId: number }[];
  /** By how much `childUsed` of stored pools changes. */
  readonly usage: ReadonlyMap<number, bigint>;
  /** New pools whose CIDR is taken: by a stored pool, or by an earlier one. */
  readonly conflicts: ReadonlyMap<number, Pool | PoolToPlace>;
}

/**
 * Two pools of one VRF may have one CIDR only as a VPC and the subnet that fills it; then the
 * subnet is the child.
 */
export function mayShareCidr(a: PoolKind, b: PoolKind): boolean {
  return (a === 'vpc' && b === 'subnet') || (a === 'subnet' && b === 'vpc');
}

interface Node {
  readonly cidr: Cidr;
  readonly kind: PoolKind;
  readonly id: number;
  readonly stored?: Pool;
  parentId?: number | null;
  childUsed: bigint;
}

/**
 * Finds the parent of every new pool in one sweep over the addresses, and the stored pools that
 * come to lie under a new pool.
 * @param around of the stored tree at least: the smallest pool around each new pool, and the
 *   children of those pools
 *   (or the roots) that lie inside a new pool
 */
export function placePools(
  poolsToPlace: readonly PoolToPlace[],
  around: readonly Pool[],
): Placement {
  const conflicts = new Map<number, Pool | PoolToPlace>();
  const placed = new Map<number, { parentId: number | null; childUsed: bigint }>();
  const adopted: { pool: Pool; parentId: number }[] = [];
  const usage = new Map<number, bigint>();
  const use = (id: number, addresses: bigint): void =>
    void usage.set(id, (usage.get(id) ?? 0n) + addresses);

  const nodes: Node[] = around.map((pool) => ({
    cidr: pool.cidr,
    kind: pool.kind,
    id: pool.id,
    stored: pool,
    childUsed: 0n,
  }));
  const byCidr = new Map<string, Node[]>();
  for (const node of nodes) listAt(byCidr, formatCidr(node.cidr)).push(node);
  // A CIDR belongs to what is stored, then to what was asked first.
  for (const { id, cidr, kind } of poolsToPlace) {
    const equal = listAt(byCidr, formatCidr(cidr));
    const inTheWay = equal.find((each) => !mayShareCidr(each.kind, kind));
    if (inTheWay) {
      conflicts.set(
        id,
        inTheWay.stored ?? { id: inTheWay.id, cidr: inTheWay.cidr, kind: inTheWay.kind },
      );
      continue;
    }
    const node: Node = { cidr, kind, id, childUsed: 0n };
    equal.push(node);
    nodes.push(node);
  }
  // The wider comes first; of two equal ones the VPC.
  nodes.sort((a, b) => compareCidrs(a.cidr, b.cidr) || depthInEqual(a.kind) - depthInEqual(b.kind));

  const path: Node[] = [];
  for (const node of nodes) {
    let top = path.at(-1);
    while (top && !contains(top.cidr, node.cidr)) {
      path.pop();
      top = path.at(-1);
    }
    if (!node.stored) {
      node.parentId = top?.id ?? null;
      if (top?.stored) use(top.id, addressCount(node.cidr));
      else if (top) top.childUsed += addressCount(node.cidr);
    } else if (top && !top.stored) {
      adopted.push({ pool: node.stored, parentId: top.id });
      top.childUsed += addressCount(node.cidr);
      if (node.stored.parentId !== null) use(node.stored.parentId, -addressCount(node.cidr));
    }
    path.push(node);
  }
  for (const node of nodes) {
    if (!node.stored)
      placed.set(node.id, { parentId: node.parentId ?? null, childUsed: node.childUsed });
  }
  return { placed, adopted, usage, conflicts };
}

function listAt(lists: Map<string, Node[]>, key: string): Node[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

function depthInEqual(kind: PoolKind): number {
  return kind === 'vpc' ? 0 : 1;
}
