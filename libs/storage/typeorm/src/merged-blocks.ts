import { prefixLength128, sibling, supernet, type Cidr } from '@cloudpam/cidr';

/**
 * Gives blocks back to a buddy system: each joins its buddy while that is free, up to `within`.
 * @param freed disjoint blocks inside `within`, none of them free before
 * @param free which of these blocks are free
 * @returns the free blocks that come and those that go
 */
export async function mergedBlocks(
  within: Cidr,
  freed: readonly Cidr[],
  free: (blocks: readonly Cidr[]) => Promise<readonly Cidr[]>,
): Promise<{ added: Cidr[]; removed: Cidr[] }> {
  const buddies = new Map<string, Cidr>();
  for (const block of freed) {
    for (let length = block.prefixLength; length > within.prefixLength; length--) {
      const buddy = sibling(supernet(block, length));
      if (buddy) buddies.set(keyOf(buddy), buddy);
    }
  }
  const before = new Map((await free([...buddies.values()])).map((block) => [keyOf(block), block]));
  const removed: Cidr[] = [];
  const added = new Map<string, Cidr>();
  for (const each of freed) {
    let block = each;
    while (block.prefixLength > within.prefixLength) {
      const buddy = sibling(block);
      const key = buddy && keyOf(buddy);
      if (!buddy || !key) break;
      if (before.delete(key)) removed.push(buddy);
      else if (!added.delete(key)) break;
      block = supernet(block, block.prefixLength - 1);
    }
    added.set(keyOf(block), block);
  }
  return { added: [...added.values()], removed };
}

function keyOf(block: Cidr): string {
  return `${block.first}/${prefixLength128(block)}`;
}
