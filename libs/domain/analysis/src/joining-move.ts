import { blockAround, formatCidr, sibling, supernet, type Cidr } from '@cloudpam/cidr';
import { followsCloud, type Pool } from '@cloudpam/pools';
import type { RecommendedAction } from './recommendation';

interface Move {
  readonly child: Pool;
  readonly to: Cidr;
  /** The free block that there will be. */
  readonly joined: Cidr;
}

/**
 * The move of one child that makes the largest free block; of equal ones that of the smallest child. undefined
 * where no move makes one that is larger than the block it takes.
 * @param children that may be moved; what follows a cloud is left where it is
 * @param free the free blocks around them, each as large as it goes
 */
export function joiningMove(
  children: readonly Pool[],
  free: readonly Cidr[],
): RecommendedAction | undefined {
  const freeKeys = new Set(free.map(formatCidr));
  const bySize = [...free].sort((a, b) => b.prefixLength - a.prefixLength);
  const best = children
    .filter((child) => !followsCloud(child))
    .map((child) => moveOf(child, freeKeys, bySize))
    .filter((move) => move !== undefined)
    .reduce<Move | undefined>((a, b) => (a && !isBetter(b, a) ? a : b), undefined);
  return best && { type: 'move', poolIds: [best.child.id], cidr: formatCidr(best.to), tags: [] };
}

function moveOf(
  child: Pool,
  freeKeys: ReadonlySet<string>,
  bySize: readonly Cidr[],
): Move | undefined {
  let joined = child.cidr;
  for (let beside = sibling(joined); beside && freeKeys.has(formatCidr(beside));) {
    joined = supernet(joined, joined.prefixLength - 1);
    beside = sibling(joined);
  }
  if (joined === child.cidr) return undefined;
  const { family, prefixLength } = child.cidr;
  // The smallest that fits, and none of those that are joined.
  const place = bySize.find(
    (block) =>
      block.prefixLength <= prefixLength &&
      (block.last < joined.first || block.first > joined.last),
  );
  if (!place || place.prefixLength <= joined.prefixLength) return undefined;
  return { child, joined, to: blockAround(family, place.first, prefixLength) };
}

function isBetter(a: Move, b: Move): boolean {
  return (
    (a.joined.prefixLength - b.joined.prefixLength ||
      b.child.cidr.prefixLength - a.child.cidr.prefixLength) < 0
  );
}
