import { addressCount, compareCidrs, contains, sameCidr, type Cidr } from '@cloudpam/cidr';
import type { Pool, PoolKind } from './pool';

/** A pool that is to be put into the tree. */
export interface Seedling {
  readonly id: number;
  readonly cidr: Cidr;
  readonly kind: PoolKind;
}

export interface Placement {
  /** Where each accepted seedling goes, by its id, with the addresses that its children will cover. */
  readonly placed: ReadonlyMap<number, { readonly parentId: number | null; readonly childUsed: bigint }>;
  /** Stored pools that get a seedling as their parent. */
  readonly adopted: readonly { readonly pool: Pool; readonly parentId: number }[];
  /** By how much `childUsed` of stored pools changes. */
  readonly usage: ReadonlyMap<number, bigint>;
  /** Seedlings whose CIDR is taken: by a stored pool, or by an earlier seedling. */
  readonly conflicts: ReadonlyMap<number, Pool | Seedling>;
}

/** Two pools of one VRF may have one CIDR only as a VPC and the subnet that fills it; then the subnet is the child. */
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
 * Finds the parent of every seedling in one sweep over the addresses, and the stored pools that come to lie under a
 * seedling.
 * @param around of the stored tree at least: the smallest pool around each seedling, and the children of those pools
 *   (or the roots) that lie inside a seedling
 */
export function placePools(seedlings: readonly Seedling[], around: readonly Pool[]): Placement {
  const conflicts = new Map<number, Pool | Seedling>();
  const placed = new Map<number, { parentId: number | null; childUsed: bigint }>();
  const adopted: { pool: Pool; parentId: number }[] = [];
  const usage = new Map<number, bigint>();
  const use = (id: number, addresses: bigint): void => void usage.set(id, (usage.get(id) ?? 0n) + addresses);

  const nodes: Node[] = [
    ...around.map((pool) => ({ cidr: pool.cidr, kind: pool.kind, id: pool.id, stored: pool, childUsed: 0n })),
    ...seedlings.map((each) => ({ cidr: each.cidr, kind: each.kind, id: each.id, childUsed: 0n })),
  ];
  // The wider comes first; of two equal ones the VPC, then what is stored, then what was asked first.
  nodes.sort((a, b) => compareCidrs(a.cidr, b.cidr) || depthInEqual(a.kind) - depthInEqual(b.kind)
    || Number(!a.stored) - Number(!b.stored));

  const path: Node[] = [];
  for (const node of nodes) {
    let top = path.at(-1);
    while (top && !contains(top.cidr, node.cidr)) {
      path.pop();
      top = path.at(-1);
    }
    if (!node.stored) {
      const equal = path.filter((each) => sameCidr(each.cidr, node.cidr));
      const inTheWay = equal.find((each) => !mayShareCidr(each.kind, node.kind)) ?? equal[1];
      if (inTheWay) {
        conflicts.set(node.id, inTheWay.stored ?? { id: inTheWay.id, cidr: inTheWay.cidr, kind: inTheWay.kind });
        continue;
      }
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
    if (!node.stored && !conflicts.has(node.id)) placed.set(node.id, { parentId: node.parentId ?? null, childUsed: node.childUsed });
  }
  return { placed, adopted, usage, conflicts };
}

function depthInEqual(kind: PoolKind): number {
  return kind === 'vpc' ? 0 : 1;
}
