import {
  isInScope,
  isLocated,
  type AccessScope,
  type Located,
  type NewAuditEntry,
  type Place,
} from '@cloudpam/audit';
import { contains, sameCidr } from '@cloudpam/cidr';
import { PoolError, poolNotFound, readPoolEvent, type Pool, type PoolStore } from '@cloudpam/pools';
import type { Stores } from '../../storage/storage';
import { staysInScope, type EntityAccess, type Redaction } from './entity-access';

const answers: Redaction<Pool> = {
  is: (value): value is Pool => 'parentId' in value && 'syncStatus' in value,
  redacted: (accessScope, { pools }, some) => poolsAsVisible(accessScope, pools, some),
};

/** Pools: callers with limits see and change those that lie in their access scope. */
export const POOL_ACCESS: EntityAccess = {
  named: {
    visibleIds: async ({ pools }, ids) => new Set((await pools.getMany(ids)).map(({ id }) => id)),
    notFound: (id, field) =>
      field === undefined
        ? poolNotFound(id)
        : new PoolError('pool_not_found', `There is no pool ${id}.`, { field }),
  },
  mayCause: async (accessScope, stores, event) =>
    (await staysInScope(accessScope, stores, event)) &&
    leavesOthersBelow(accessScope, stores, event),
  answers,
};

/**
 * Pools of the access scope as they are visible: one whose parent is hidden stands as a root, and
 * what was asked for with a live key, which names other pools, is left out.
 */
export async function poolsAsVisible(
  accessScope: AccessScope,
  store: Pick<PoolStore, 'getMany'>,
  pools: readonly Pool[],
): Promise<Pool[]> {
  const visible = await visiblePoolIds(
    accessScope,
    store,
    pools.flatMap((pool) => pool.parentId ?? []),
  );
  return pools.map((pool) => {
    const isRoot = pool.parentId === null || !visible.has(pool.parentId);
    if (pool.liveKey === null && isRoot === (pool.parentId === null)) return pool;
    const liveKey = pool.liveKey && { ...pool.liveKey, wish: '' };
    return { ...pool, parentId: isRoot ? null : pool.parentId, liveKey };
  });
}

/** Those of the ids whose pools lie in the access scope. */
export async function visiblePoolIds(
  accessScope: AccessScope,
  store: Pick<PoolStore, 'getMany'>,
  ids: readonly number[],
): Promise<ReadonlySet<number>> {
  return new Set(
    (await store.getMany([...new Set(ids)]))
      .filter((pool) => isInScope(accessScope, pool))
      .map((pool) => pool.id),
  );
}

/**
 * Whether what lies right below a pool stays what it is beyond the access scope. It gets another
 * parent where the pool comes, goes or moves, and another verdict where its rules change; no event
 * tells of that.
 */
async function leavesOthersBelow(
  accessScope: AccessScope,
  stores: Stores,
  event: NewAuditEntry,
): Promise<boolean> {
  const change = changeBelow(event);
  if (!change) return true;
  const { id, was, is, parentBefore, rules } = change;
  const stays = (place: Located): boolean =>
    was !== null &&
    is !== null &&
    was.kind === is.kind &&
    was.vrfId === is.vrfId &&
    contains(was.cidr, place.cidr) &&
    contains(is.cidr, place.cidr);
  const isChanged = (place: Located): boolean =>
    !isInScope(accessScope, place) && (rules || !stays(place));
  const parentId = async (): Promise<number | null> =>
    parentBefore === undefined ? ((await stores.pools.get(id))?.parentId ?? null) : parentBefore;
  const below = is ? await stores.pools.childrenWithin(is.vrfId, id, [is.cidr]) : [];
  const left = was
    ? await stores.pools.childrenWithin(was.vrfId, await parentId(), [was.cidr])
    : [];
  return ![...below, ...left].some((pool) => pool.id !== id && isChanged(pool));
}

interface ChangeBelow {
  readonly id: number;
  /** Where the pool was and is; null where it was or is not there. */
  readonly was: Located | null;
  readonly is: Located | null;
  /** undefined when it is as now. */
  readonly parentBefore: number | null | undefined;
  /** Whether its rules have changed. */
  readonly rules: boolean;
}

/** What an event changes of what lies right below its pool; undefined for nothing. */
function changeBelow(event: NewAuditEntry): ChangeBelow | undefined {
  const { entityType, entityId, place, formerPlace } = event;
  if (entityType !== 'pool' || !place || !isLocated(place)) return undefined;
  const { before, after } = readPoolEvent(event);
  const rules = before !== null && after !== null && ('rules' in before || 'rules' in after);
  const moved = !before || !after || 'parent_id' in after || isMoved(place, formerPlace);
  if (!moved && !rules) return undefined;
  const former = formerPlace && isLocated(formerPlace) ? formerPlace : place;
  return {
    id: Number(entityId),
    was: before && former,
    is: after && place,
    parentBefore: before?.parent_id,
    rules,
  };
}

/** Another account alone is no other place in the tree. */
function isMoved(place: Located, former: Place | null): boolean {
  return (
    former !== null &&
    isLocated(former) &&
    (place.vrfId !== former.vrfId ||
      place.kind !== former.kind ||
      !sameCidr(place.cidr, former.cidr))
  );
}
