import { isInScope, type AccessScope } from '@cloudpam/audit';
import type { CountedPool, Pool, PoolReadStores, PoolStore } from '@cloudpam/pools';
import type { Stores } from '../../storage/storage';
import { poolsAsVisible } from '../entities/pool-access';

/** What can be read of pools. */
export type VisiblePools = PoolReadStores['pools'];

/** Pools of the access scope. */
export function visiblePools({ pools }: Stores, accessScope: AccessScope): VisiblePools {
  return new PoolsInScope(pools, accessScope);
}

/** Stands in queries for a pool beyond the access scope: an id that no pool has. */
const NO_POOL = 0;

/** Pools of the access scope. One whose parent is hidden stands as a root. */
class PoolsInScope implements VisiblePools {
  constructor(
    private readonly pools: PoolStore,
    private readonly accessScope: AccessScope,
  ) {}

  async get(id: number): Promise<Pool | undefined> {
    return (await this.getMany([id]))[0];
  }

  async getMany(ids: readonly number[]): Promise<Pool[]> {
    return this.shown(await this.pools.getMany(ids));
  }

  async list(...[filter, page]: Parameters<PoolStore['list']>): ReturnType<PoolStore['list']> {
    const known = async (ids: readonly number[]): Promise<number[]> => {
      const visible = new Set((await this.getMany(ids)).map((pool) => pool.id));
      return ids.map((id) => (visible.has(id) ? id : NO_POOL));
    };
    const { parentId, under } = filter;
    const { items, ...rest } = await this.pools.list(
      {
        ...filter,
        accessScope: this.accessScope,
        ...(typeof parentId === 'number' ? { parentId: (await known([parentId]))[0] } : {}),
        ...(under ? { under: await known(under) } : {}),
      },
      page,
    );
    return { items: await this.shown(items), ...rest };
  }

  async ancestors(id: number): Promise<Pool[]> {
    return this.shown(await this.pools.ancestors(id));
  }

  async childrenWithin(...query: Parameters<PoolStore['childrenWithin']>): Promise<Pool[]> {
    return this.shown(await this.pools.childrenWithin(...query));
  }

  async smallestContaining(
    ...query: Parameters<PoolStore['smallestContaining']>
  ): Promise<(Pool | undefined)[]> {
    return (await this.pools.smallestContaining(...query)).map((pool) =>
      pool && isInScope(this.accessScope, pool) ? pool : undefined,
    );
  }

  async counted(id: number): Promise<CountedPool | undefined> {
    const [pool, counts] = await Promise.all([this.get(id), this.childCounts([id])]);
    return pool && { pool, childCount: counts.get(id) ?? 0 };
  }

  childCounts(ids: readonly number[]): Promise<Map<number, number>> {
    return this.pools.childCounts(ids, this.accessScope);
  }

  regions(): Promise<string[]> {
    return this.pools.regions(this.accessScope);
  }

  freeBlocks(...query: Parameters<PoolStore['freeBlocks']>): ReturnType<PoolStore['freeBlocks']> {
    return this.pools.freeBlocks(...query);
  }

  private async shown(pools: readonly Pool[]): Promise<Pool[]> {
    return poolsAsVisible(
      this.accessScope,
      this.pools,
      pools.filter((pool) => isInScope(this.accessScope, pool)),
    );
  }
}
