import type { AccessScope } from '@cloudpam/audit';
import type { AddressPage, PoolStore } from '@cloudpam/pools';
import { visiblePoolIds } from '../entities/pool-access';

/** What can be read of addresses, or of ranges of them. */
interface LeafReader<Leaf, Filter> {
  get(id: number): Promise<Leaf | undefined>;
  getMany(ids: readonly number[]): Promise<Leaf[]>;
  list(
    filter: Filter,
    page: AddressPage,
  ): Promise<{
    readonly items: Leaf[];
    readonly total: number;
    readonly nextCursor: string | null;
  }>;
}

/** Stands in queries for a pool beyond the access scope: an id that no pool has. */
const NO_POOL = 0;

/**
 * Leaves of the pool tree that lie in the access scope.
 * @param shown those of them that do, without what they tell of others
 */
export function visibleLeaves<
  Leaf,
  Filter extends { readonly poolId?: number; readonly accessScope?: AccessScope },
>(
  leaves: LeafReader<Leaf, Filter>,
  pools: PoolStore,
  accessScope: AccessScope,
  shown: (leaves: readonly Leaf[]) => Promise<Leaf[]>,
): LeafReader<Leaf, Filter> {
  const getMany = async (ids: readonly number[]): Promise<Leaf[]> =>
    shown(await leaves.getMany(ids));
  return {
    get: async (id) => (await getMany([id]))[0],
    getMany,
    list: async (filter, page) => {
      const { poolId } = filter;
      const known =
        poolId === undefined || (await visiblePoolIds(accessScope, pools, [poolId])).has(poolId);
      const { items, ...rest } = await leaves.list(
        { ...filter, accessScope, ...(known ? {} : { poolId: NO_POOL }) },
        page,
      );
      return { items: await shown(items), ...rest };
    },
  };
}
