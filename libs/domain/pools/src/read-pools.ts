import { ANY_MOMENT, type Reader } from '@cloudpam/audit';
import { largestFree, type Cidr } from '@cloudpam/cidr';
import { blocksOf, type BlockPage, type BlockStatus } from './blocks-of';
import { hostUsagesOf } from './host-usage';
import type { Pool } from './pool';
import { poolNotFound } from './pool-rules';
import type { CountedPool, PoolFilter, PoolPage } from './pool-store';
import type { PoolReadStores } from './pool-stores';

/** A page of pools. */
export interface CountedPools {
  readonly items: readonly CountedPool[];
  /** Exact up to 10,000; 10,001 means more. */
  readonly total: number;
  /** For the next page; null after the last row. */
  readonly nextCursor: string | null;
}

/** A page of the free space of a pool. */
export interface FreeSpace {
  /** Maximal free blocks, in address order. */
  readonly blocks: readonly Cidr[];
  /** Of the whole pool; exact up to 10,000, 10,001 means more. */
  readonly total: number;
  /** The largest free block of the whole pool; null when it is full. */
  readonly largest: Cidr | null;
  /** The next page has the blocks above this address; null on the last page. */
  readonly next: bigint | null;
}

type Stores = Pick<PoolReadStores, 'pools' | 'discovery'>;

/** So many free blocks are counted; one more means more. */
const COUNTED = 10_000;
/** Free blocks that are read at once to pass over them. */
const SKIPPED = 2_000;

/** Reads pools, one by one and in lists, and the space inside them. */
export class ReadPools {
  constructor(private readonly reader: Reader<Stores>) {}

  /** @throws PoolError `pool_not_found` */
  get(id: number): Promise<CountedPool> {
    return this.reader.read(async (stores) => {
      const found = await stores.pools.counted(id);
      if (!found) throw poolNotFound(id);
      const hosts = await hostUsagesOf(stores, [found.pool]);
      return { ...found, hosts: hosts.get(id) ?? null };
    }, ANY_MOMENT);
  }

  /** Whether all of these are there. */
  async has(ids: readonly number[]): Promise<boolean> {
    const found = await this.reader.read(({ pools }) => pools.getMany(ids), ANY_MOMENT);
    return found.length >= ids.length;
  }

  /** @throws InvalidCursor */
  list(filter: PoolFilter, page: PoolPage): Promise<CountedPools> {
    return this.reader.read((stores) => listed(stores, filter, page), ANY_MOMENT);
  }

  /** The direct children. @throws PoolError `pool_not_found`; InvalidCursor */
  children(id: number, page: PoolPage): Promise<CountedPools> {
    return this.reader.read(async (stores) => {
      await existing(stores, id);
      return listed(stores, { parentId: id }, page);
    }, ANY_MOMENT);
  }

  /** The pools around a pool, the root first. @throws PoolError `pool_not_found` */
  ancestors(id: number): Promise<Pool[]> {
    return this.reader.read(async (stores) => {
      await existing(stores, id);
      return stores.pools.ancestors(id);
    }, ANY_MOMENT);
  }

  /**
   * The blocks of one prefix length inside a pool.
   * @throws PoolError `pool_not_found` | `invalid_prefix_length` | `invalid_field` (cursor)
   */
  blocks(
    id: number,
    asked: { readonly prefixLength: number; readonly status: BlockStatus; readonly size: number },
    from: { readonly cursor?: string; readonly page?: number },
  ): Promise<BlockPage> {
    return this.reader.read((stores) =>
      blocksOf(stores, id, asked.prefixLength, asked.status, asked.size, from),
    );
  }

  /**
   * The free space of a pool, page by page.
   * @param from only blocks above the address `after`, or after so many
   * @throws PoolError `pool_not_found`
   */
  free(
    id: number,
    size: number,
    { after, skip = 0 }: { readonly after?: bigint; readonly skip?: number } = {},
  ): Promise<FreeSpace> {
    return this.reader.read(async (stores) => {
      const { cidr } = await existing(stores, id);
      const counted = await freeAfter(stores, id, undefined, COUNTED + 1);
      const isFirst = after === undefined && skip === 0;
      const found = isFirst
        ? counted.slice(0, size + 1)
        : await pageAfter(stores, id, size, after, skip);
      const largest = largestFree(
        await stores.pools.freeBlocks(id, {
          order: 'address',
          limit: 1,
          maxPrefixLength: cidr.family === 4 ? 32 : 128,
        }),
      );
      const blocks = found.slice(0, size);
      const next = found.length > size ? (blocks.at(-1)?.first ?? null) : null;
      return { blocks, total: counted.length, largest: largest ?? null, next };
    });
  }
}

/** The free blocks of a page that comes after an address, or after so many blocks, and one more. */
async function pageAfter(
  stores: Stores,
  id: number,
  size: number,
  after: bigint | undefined,
  skip: number,
): Promise<Cidr[]> {
  let at = after;
  for (let left = skip; left > 0;) {
    const passed = await freeAfter(stores, id, at, Math.min(left, SKIPPED));
    const last = passed.at(-1);
    if (!last) return [];
    at = last.first;
    left -= passed.length;
  }
  return freeAfter(stores, id, at, size + 1);
}

function freeAfter(
  { pools }: Stores,
  id: number,
  after: bigint | undefined,
  limit: number,
): Promise<Cidr[]> {
  return pools.freeBlocks(id, {
    order: 'address',
    limit,
    ...(after === undefined ? {} : { after }),
  });
}

async function listed(stores: Stores, filter: PoolFilter, page: PoolPage): Promise<CountedPools> {
  const { items, total, nextCursor, childCounts } = await stores.pools.list(filter, {
    ...page,
    childCounts: true,
  });
  const hosts = await hostUsagesOf(stores, items);
  return {
    items: items.map((pool) => ({
      pool,
      childCount: childCounts?.get(pool.id) ?? 0,
      hosts: hosts.get(pool.id) ?? null,
    })),
    total,
    nextCursor,
  };
}

async function existing({ pools }: Stores, id: number): Promise<Pool> {
  const pool = await pools.get(id);
  if (!pool) throw poolNotFound(id);
  return pool;
}
