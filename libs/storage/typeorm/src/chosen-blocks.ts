import { compareCidrs, type Cidr } from '@cloudpam/cidr';
import type { FreeBlockQuery } from '@cloudpam/pools';

/**
 * What the query asks for out of the free blocks of a pool, in the asked order; see
 * `PoolStore.freeBlocks`.
 */
export function chosenBlocks(blocks: readonly Cidr[], query: FreeBlockQuery): Cidr[] {
  const { order, limit, maxPrefixLength, after } = query;
  const sorted = blocks
    .filter(
      (block) =>
        (maxPrefixLength === undefined || block.prefixLength <= maxPrefixLength) &&
        (after === undefined || order !== 'address' || block.first > after),
    )
    .sort(
      order === 'size'
        ? (a, b) => b.prefixLength - a.prefixLength || compareCidrs(a, b)
        : compareCidrs,
    );
  if (order === 'address_desc') sorted.reverse();
  if (order === 'size' || maxPrefixLength === undefined) return sorted.slice(0, limit);
  const counts = new Map<number, number>();
  return sorted.filter((block) => {
    const count = (counts.get(block.prefixLength) ?? 0) + 1;
    counts.set(block.prefixLength, count);
    return count <= limit;
  });
}
