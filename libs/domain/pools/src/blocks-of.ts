import { addressCount, contains, nthSubnet, subnetCount, type Cidr } from '@cloudpam/cidr';
import type { Pool } from './pool';
import { checkInnerPrefixLength, poolNotFound } from './pool-rules';
import type { PoolStore } from './pool-store';
import { PoolError } from './pool-error';

/** Which candidate blocks are asked for. */
export type BlockStatus = 'free' | 'used' | 'all';

/** A candidate CIDR inside a pool. `pool` is the one that covers it, or the first one inside it. */
export interface Block {
  readonly cidr: Cidr;
  readonly free: boolean;
  readonly pool: Pool | null;
}

/** How much of a block is taken: nothing, some of it, or all. */
export function takenOf({ cidr, free, pool }: Block): 'free' | 'partial' | 'used' {
  if (free) return 'free';
  return pool && pool.cidr.prefixLength > cidr.prefixLength ? 'partial' : 'used';
}

/** A page of candidate blocks, in address order. */
export interface BlockPage {
  readonly items: Block[];
  /** All candidate blocks, free or not. */
  readonly total: bigint;
  readonly nextCursor: string | null;
}

type BlockPools = Pick<PoolStore, 'get' | 'freeBlocks' | 'childrenWithin' | 'smallestContaining'>;

/** Free blocks that are read at once while earlier pages are counted off. */
const SKIPPED = 2_000;

interface Position {
  readonly index: bigint;
  /** First address of a free block that may reach beyond the page. */ readonly freeFrom:
    bigint | undefined;
}

/**
 * The blocks of one prefix length inside a pool, in address order, without building those that are
 * not on the page: the cost is that of the page and of the free blocks beside it.
 * @throws PoolError `pool_not_found` | `invalid_prefix_length` | `invalid_field` (cursor)
 */
export async function blocksOf(
  stores: { readonly pools: BlockPools },
  id: number,
  prefixLength: number,
  status: BlockStatus,
  size: number,
  from: { readonly cursor?: string; readonly page?: number } = {},
): Promise<BlockPage> {
  const pool = await stores.pools.get(id);
  if (!pool) throw poolNotFound(id);
  checkInnerPrefixLength(pool.cidr, prefixLength, 'new_prefix_len');
  const total = subnetCount(pool.cidr, prefixLength);
  const { cursor, page = 1 } = from;
  let at = cursor === undefined ? { index: 0n, freeFrom: undefined } : readCursor(cursor);
  // Blocks of earlier pages are counted off, not built.
  const skip = { left: cursor === undefined ? BigInt(page - 1) * BigInt(size) : 0n };
  const items: { cidr: Cidr; free: boolean }[] = [];
  while (items.length < size && at.index < total) {
    const limit = skip.left > 0n ? SKIPPED : size;
    const free = await stores.pools.freeBlocks(id, {
      order: 'address',
      limit: limit + 1,
      maxPrefixLength: prefixLength,
      ...(at.freeFrom === undefined ? {} : { after: at.freeFrom - 1n }),
    });
    // Beyond the last of these others may follow; all before it is told by them.
    at = walk(
      pool.cidr,
      prefixLength,
      status,
      size,
      free,
      free.length > limit,
      total,
      at,
      items,
      skip,
    );
  }
  return {
    items: await withPools(stores, pool, items),
    total,
    nextCursor: at.index < total ? `${at.index}.${at.freeFrom ?? ''}` : null,
  };
}

function walk(
  within: Cidr,
  prefixLength: number,
  status: BlockStatus,
  size: number,
  free: readonly Cidr[],
  more: boolean,
  total: bigint,
  from: Position,
  items: { cidr: Cidr; free: boolean }[],
  skip: { left: bigint },
): Position {
  const step = 1n << BigInt((within.family === 4 ? 32 : 128) - prefixLength);
  let index = from.index;
  let freeFrom = from.freeFrom;
  const list = (end: bigint, isFree: boolean): void => {
    const over = end - index < skip.left ? end - index : skip.left;
    if (over > 0n) {
      skip.left -= over;
      index += over;
    }
    for (; index < end && items.length < size; index++)
      items.push({ cidr: nthSubnet(within, prefixLength, index), free: isFree });
  };
  for (const block of free) {
    const start = (block.first - within.first) / step;
    const end = start + addressCount(block) / step;
    if (end <= index) {
      freeFrom = block.first;
      continue;
    }
    if (status !== 'free') {
      list(start, false);
      if (index < start) return { index, freeFrom };
    }
    index = index > start ? index : start;
    freeFrom = block.first;
    if (status === 'used') {
      index = end;
      continue;
    }
    list(end, true);
    if (index < end) return { index, freeFrom };
  }
  if (more) return { index, freeFrom };
  if (status === 'free') return { index: total, freeFrom };
  list(total, false);
  return { index, freeFrom };
}

async function withPools(
  stores: { readonly pools: BlockPools },
  pool: Pool,
  items: readonly { cidr: Cidr; free: boolean }[],
): Promise<Block[]> {
  const used = items.filter((each) => !each.free).map((each) => each.cidr);
  const inside =
    used.length > 0 ? await stores.pools.childrenWithin(pool.vrfId, pool.id, used) : [];
  const around = used.length > 0 ? await stores.pools.smallestContaining(pool.vrfId, used) : [];
  const covering = new Map(used.map((cidr, index) => [cidr, around[index]]));
  let next = 0;
  return items.map(({ cidr, free }) => {
    if (free) return { cidr, free, pool: null };
    while (next < inside.length && (inside[next]?.cidr.last ?? 0n) < cidr.first) next += 1;
    const first = inside[next];
    const cover = covering.get(cidr);
    const found =
      first && contains(cidr, first.cidr) ? first : cover && cover.id !== pool.id ? cover : null;
    return { cidr, free, pool: found };
  });
}

function readCursor(cursor: string): Position {
  const match = /^(\d{1,40})\.(\d{0,40})$/.exec(cursor);
  if (!match)
    throw new PoolError('invalid_field', 'This cursor is not one that an earlier page gave.', {
      field: 'cursor',
    });
  return { index: BigInt(match[1] ?? 0), freeFrom: match[2] ? BigInt(match[2]) : undefined };
}
