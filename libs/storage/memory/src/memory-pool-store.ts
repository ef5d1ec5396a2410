import { RECOMMENDATION_KINDS } from '@cloudpam/analysis';
import { isInScope, type AccessScope } from '@cloudpam/audit';
import { sameCidr, type AddressRange, type Cidr } from '@cloudpam/cidr';
import {
  StoredConflict,
  type CountedPool,
  type FreeBlockQuery,
  type Pool,
  type PoolFilter,
  type PoolList,
  type PoolPage,
  type PoolStore,
} from '@cloudpam/pools';
import { byText } from './page-of';
import { inTreeOrder } from './pool-tree';
import { PoolConstraints } from './pool-constraints';
import { listPools } from './pool-list';
import { joined } from './lookup';
import type { Tables } from './stores';

/** The pool tree over Maps and sorted arrays of siblings. */
export class MemoryPoolStore implements PoolStore {
  private readonly constraints: PoolConstraints;

  constructor(private readonly tables: Tables) {
    this.constraints = new PoolConstraints(tables);
  }

  async get(id: number): Promise<Pool | undefined> {
    return this.tables.pools.getMany([id]).map(this.present)[0];
  }

  async getMany(ids: readonly number[]): Promise<Pool[]> {
    return this.tables.pools.getMany(ids).map(this.present);
  }

  async lock(ids: readonly number[]): Promise<Pool[]> {
    return inTreeOrder(this.tables.pools.getMany(ids)).map(this.present);
  }

  async list(filter: PoolFilter, page: PoolPage): Promise<PoolList> {
    const { items, ...rest } = listPools(this.tables, filter, page);
    const ids = items.map((pool) => pool.id);
    return {
      items: items.map(this.present),
      ...rest,
      ...(page.childCounts && { childCounts: await this.childCounts(ids, filter.accessScope) }),
    };
  }

  async smallestContaining(
    vrfId: number,
    ranges: readonly AddressRange[],
  ): Promise<(Pool | undefined)[]> {
    return ranges.map(
      (range) => this.tables.poolTree.around(vrfId, range).slice(-1).map(this.present)[0],
    );
  }

  async equalTo(vrfId: number, cidrs: readonly Cidr[]): Promise<Pool[]> {
    const found = cidrs.flatMap((cidr) =>
      this.tables.poolTree.around(vrfId, cidr).filter((pool) => sameCidr(pool.cidr, cidr)),
    );
    return inTreeOrder([...new Set(found)]).map(this.present);
  }

  async ancestors(id: number): Promise<Pool[]> {
    const chain: Pool[] = [];
    let parentId = this.tables.pools.get(id)?.parentId ?? null;
    while (parentId !== null) {
      const parent = this.tables.pools.get(parentId);
      if (!parent) break;
      chain.unshift(this.present(parent));
      parentId = parent.parentId;
    }
    return chain;
  }

  async childrenWithin(
    vrfId: number,
    parentId: number | null,
    ranges: readonly AddressRange[],
  ): Promise<Pool[]> {
    const children = this.tables.poolTree.children(vrfId, parentId);
    const found = new Set(ranges.flatMap((range) => children.inside(range)));
    return inTreeOrder([...found])
      .filter((pool) => pool.vrfId === vrfId)
      .map(this.present);
  }

  async descendants(ids: readonly number[]): Promise<Pool[]> {
    const found = new Set(ids.flatMap((id) => this.tables.poolTree.below(id)));
    return inTreeOrder([...found]).map(this.present);
  }

  async counted(id: number): Promise<CountedPool | undefined> {
    const pool = await this.get(id);
    return pool && { pool, childCount: this.tables.poolTree.childrenOf(id).rows.length };
  }

  async childCounts(
    ids: readonly number[],
    accessScope?: AccessScope,
  ): Promise<Map<number, number>> {
    const counts = ids.map((id): [number, number] => {
      const { rows } = this.tables.poolTree.childrenOf(id);
      return [
        id,
        accessScope ? rows.filter((pool) => isInScope(accessScope, pool)).length : rows.length,
      ];
    });
    return new Map(counts.filter(([, count]) => count > 0));
  }

  async regions(accessScope?: AccessScope): Promise<string[]> {
    const pools = this.tables.pools
      .all()
      .filter((pool) => !accessScope || isInScope(accessScope, pool));
    return [...new Set(pools.flatMap((pool) => pool.region ?? []))].sort(byText);
  }

  async withRules(vrfId: number): Promise<Pool[]> {
    return inTreeOrder(
      this.tables.pools.getMany(this.tables.poolsWithRules.ids(joined(vrfId))),
    ).map(this.present);
  }

  async byExternalId(vrfId: number, externalIds: readonly string[]): Promise<Pool[]> {
    const ids = externalIds.flatMap((externalId) => [
      ...this.tables.poolsByExternalId.ids(joined(vrfId, externalId)),
    ]);
    return inTreeOrder(this.tables.pools.getMany(ids)).map(this.present);
  }

  async byTag(key: string, values: readonly string[]): Promise<Pool[]> {
    const wanted = new Set(values);
    const found = this.tables.pools.all().filter(({ tags }) => {
      const value = Object.hasOwn(tags, key) ? tags[key] : undefined;
      return value !== undefined && wanted.has(value);
    });
    return inTreeOrder(found).map(this.present);
  }

  async byLiveKey(key: string, vrfId?: number): Promise<Pool[]> {
    const found = this.tables.pools
      .all()
      .filter((pool) => pool.liveKey?.key === key && (vrfId === undefined || pool.vrfId === vrfId));
    return inTreeOrder(found).map(this.present);
  }

  async reserveIds(count: number): Promise<number[]> {
    return Array.from({ length: count }, () => this.tables.pools.takeId());
  }

  async insert(pools: readonly Pool[]): Promise<void> {
    for (const pool of pools) {
      if (this.tables.pools.has(pool.id)) throw new StoredConflict('pool_id');
      this.constraints.check(pool);
      this.tables.pools.set(pool.id, pool);
    }
  }

  async save(pools: readonly Pool[]): Promise<void> {
    for (const pool of pools) {
      const stored = this.tables.pools.get(pool.id);
      if (!stored) continue;
      this.constraints.check(pool);
      this.tables.pools.set(pool.id, { ...pool, childUsed: stored.childUsed });
    }
  }

  async setParent(ids: readonly number[], parentId: number | null): Promise<void> {
    for (const pool of this.tables.pools.getMany(ids)) {
      const moved = { ...pool, parentId };
      this.constraints.check(moved);
      this.tables.pools.set(pool.id, moved);
    }
  }

  async setChildUsed(
    values: readonly { readonly id: number; readonly childUsed: bigint }[],
  ): Promise<void> {
    for (const { id, childUsed } of values)
      this.tables.pools.update(id, (pool) => ({ ...pool, childUsed }));
  }

  async touch(ids: readonly number[], lastSyncAt: Date): Promise<void> {
    for (const id of new Set(ids))
      this.tables.pools.update(id, (pool) => ({ ...pool, lastSyncAt }));
  }

  async remove(ids: readonly number[]): Promise<void> {
    for (const id of ids) {
      if (!this.tables.pools.delete(id)) continue;
      this.constraints.removed(id);
      this.tables.forecasts.delete(id);
      for (const kind of RECOMMENDATION_KINDS) this.tables.recommendations.delete(joined(id, kind));
      for (const addressId of [...this.tables.addressesByPool.ids(joined(id))])
        this.tables.addresses.update(addressId, (record) => ({ ...record, poolId: null }));
      for (const rangeId of [...this.tables.rangesByPool.ids(joined(id))])
        this.tables.ranges.update(rangeId, (record) => ({ ...record, poolId: null }));
      for (const resourceId of [...this.tables.resourcesByPool.ids(joined(id))]) {
        this.tables.resources.update(resourceId, (resource) => ({ ...resource, poolId: null }));
      }
    }
  }

  async freeBlocks(id: number, query: FreeBlockQuery): Promise<Cidr[]> {
    const pool = this.tables.pools.get(id);
    return pool ? this.tables.freeSpace.blocks(pool, query) : [];
  }

  /**
   * The pool with the provider that its account has now, and the last time that its scope was
   * listed.
   */
  private readonly present = (pool: Pool): Pool => {
    const provider =
      pool.accountId === null ? null : (this.tables.accounts.get(pool.accountId)?.provider ?? null);
    const listed =
      pool.scopeId === null || pool.syncStatus === 'orphaned'
        ? null
        : (this.tables.scopes.get(pool.scopeId)?.completeAt ?? null);
    const lastSyncAt =
      listed && pool.lastSyncAt && listed > pool.lastSyncAt ? listed : pool.lastSyncAt;
    return provider === pool.provider && lastSyncAt === pool.lastSyncAt
      ? pool
      : { ...pool, provider, lastSyncAt };
  };
}
