import { isInScope } from '@cloudpam/audit';
import { contains } from '@cloudpam/cidr';
import { isMeant, type Pool, type PoolFilter, type PoolList, type PoolPage } from '@cloudpam/pools';
import { totalOf } from './page-of';
import { comparePositions, cursorOf, positionFrom, positionOf, type Position } from './pool-cursor';
import type { Tables } from './stores';

/** One page of the pools that pass the filter. @throws InvalidCursor */
export function listPools(tables: Tables, filter: PoolFilter, page: PoolPage): PoolList {
  const sort = page.sort;
  const after = page.after === undefined ? undefined : positionFrom(page.after, sort);
  const passes = filterOf(tables, filter);
  const found = candidates(tables, filter)
    .filter(passes)
    .map((pool): [Position, Pool] => [positionOf(pool, sort), pool])
    .sort(([a], [b]) => comparePositions(a, b, sort));
  const start = after
    ? found.findIndex(([position]) => comparePositions(position, after, sort) > 0)
    : ((page.page ?? 1) - 1) * page.size;
  const rows = start < 0 ? [] : found.slice(start, start + page.size);
  const last = rows.at(-1);
  const more = last !== undefined && start + rows.length < found.length;
  return {
    items: rows.map(([, pool]) => pool),
    total: totalOf(found),
    nextCursor: more ? cursorOf(last[0], page.sort) : null,
  };
}

/** The pools to look at, as few as the tree can tell; all that pass `under`. */
function candidates(tables: Tables, filter: PoolFilter): readonly Pool[] {
  const { contains: range, parentId, under, vrfId } = filter;
  const below = under && new Set(under.flatMap((id) => tables.poolTree.below(id)));
  const vrfIds = vrfId === undefined ? tables.vrfs.all().map((vrf) => vrf.id) : [vrfId];
  const pools =
    typeof parentId === 'number'
      ? tables.poolTree.childrenOf(parentId).rows
      : range
        ? vrfIds.flatMap((id) => tables.poolTree.around(id, range))
        : below
          ? [...below]
          : tables.pools.all();
  return below ? pools.filter((pool) => below.has(pool)) : pools;
}

function filterOf(tables: Tables, filter: PoolFilter): (pool: Pool) => boolean {
  const { accessScope } = filter;
  const seenParent = ({ parentId }: Pool): boolean => {
    const parent = parentId === null ? undefined : tables.pools.get(parentId);
    return parent !== undefined && (!accessScope || isInScope(accessScope, parent));
  };
  const accounts = filter.accountIds && new Set(filter.accountIds);
  const { contains: inner, within: outer, expiredAt, typed } = filter;
  return (pool) =>
    (filter.vrfId === undefined || pool.vrfId === filter.vrfId) &&
    (!accounts || (pool.accountId !== null && accounts.has(pool.accountId))) &&
    (!accessScope || isInScope(accessScope, pool)) &&
    (filter.parentId === undefined ||
      pool.parentId === filter.parentId ||
      (accessScope !== undefined && filter.parentId === null && !seenParent(pool))) &&
    (!filter.nested || seenParent(pool)) &&
    (filter.kind === undefined || pool.kind === filter.kind) &&
    (filter.status === undefined || pool.status === filter.status) &&
    (filter.source === undefined || pool.source === filter.source) &&
    (filter.syncStatus === undefined || pool.syncStatus === filter.syncStatus) &&
    (filter.region === undefined || pool.region === filter.region) &&
    (filter.vlanId === undefined || pool.vlanId === filter.vlanId) &&
    (filter.externalId === undefined || pool.externalId === filter.externalId) &&
    (filter.name === undefined || pool.name === filter.name) &&
    (!filter.tags ||
      filter.tags.every((readings) =>
        readings.some(
          ({ key, value }) => Object.hasOwn(pool.tags, key) && pool.tags[key] === value,
        ),
      )) &&
    (!inner || contains(pool.cidr, inner)) &&
    (!outer || contains(outer, pool.cidr)) &&
    (!typed || isMeant(typed, { ...pool, names: [pool.name, pool.externalId] })) &&
    (!expiredAt || (pool.expiresAt !== null && pool.expiresAt < expiredAt));
}
