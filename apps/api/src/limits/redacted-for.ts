import { isInScope, type AccessScope } from '@cloudpam/audit';
import type { Pool, PoolStore } from '@cloudpam/pools';
import type { DiscoveredResource } from '@cloudpam/reconciliation';
import type { Stores } from '../storage/storage';

const OVERLAPS = 'overlaps addresses that something else uses';
const AGAINST_PLAN = 'uses space that was planned or reserved for something else';

/** Pools of the access scope as they are told: one whose parent is hidden stands as a root. */
export async function poolsTo(
  accessScope: AccessScope,
  store: Pick<PoolStore, 'getMany'>,
  pools: readonly Pool[],
): Promise<Pool[]> {
  const seen = await seenPools(
    accessScope,
    store,
    pools.flatMap((pool) => pool.parentId ?? []),
  );
  return pools.map((pool) => withoutParent(pool, seen));
}

/**
 * Resources of the access scope as they are told: without the pools, resources and networks beyond it that
 * they and their reasons name.
 */
export async function resourcesTo(
  accessScope: AccessScope,
  stores: Pick<Stores, 'pools' | 'discovery'>,
  resources: readonly DiscoveredResource[],
): Promise<DiscoveredResource[]> {
  const pools = await seenPools(
    accessScope,
    stores.pools,
    resources.flatMap((each) => each.poolId ?? []),
  );
  const explaining = new Set<number>();
  for (const id of new Set(resources.flatMap((each) => each.explainedBy ?? []))) {
    const found = await stores.discovery.resource(id);
    if (found && isInScope(accessScope, found)) explaining.add(id);
  }
  return resources.map((each) => withoutOthers(each, pools, explaining));
}

/**
 * The result of a write as someone with limits may read it: every pool and resource in it as reads
 * tell them. It is made in the unit of work of the write, so that dry runs and answers that are
 * kept for a key hold nothing else.
 */
export async function redactedFor<T>(
  accessScope: AccessScope,
  stores: Pick<Stores, 'pools' | 'discovery'>,
  result: T,
): Promise<T> {
  const [pools, resources]: [Pool[], DiscoveredResource[]] = [[], []];
  mapped(
    result,
    (pool) => (pools.push(pool), pool),
    (resource) => (resources.push(resource), resource),
  );
  const toldPools = new Map(
    (await poolsTo(accessScope, stores.pools, pools)).map((each, at) => [pools[at], each]),
  );
  const toldResources = new Map(
    (await resourcesTo(accessScope, stores, resources)).map((each, at) => [resources[at], each]),
  );
  return mapped(
    result,
    (pool) => toldPools.get(pool) ?? pool,
    (resource) => toldResources.get(resource) ?? resource,
  ) as T; // of the same shape
}

async function seenPools(
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

function withoutParent(pool: Pool, seen: ReadonlySet<number>): Pool {
  return pool.parentId === null || seen.has(pool.parentId) ? pool : { ...pool, parentId: null };
}

function withoutOthers(
  resource: DiscoveredResource,
  pools: ReadonlySet<number>,
  explaining: ReadonlySet<number>,
): DiscoveredResource {
  const { poolId, explainedBy, sync, syncReason } = resource;
  const isSeen = poolId === null || pools.has(poolId);
  // After a colon it says what is in the way of the cloud's value.
  const drift = isSeen ? (syncReason.split(': ')[0] ?? '') : 'its pool is not what the cloud has';
  return {
    ...resource,
    poolId: isSeen ? poolId : null,
    explainedBy: explainedBy !== null && explaining.has(explainedBy) ? explainedBy : null,
    syncReason: sync === 'drift' ? drift : syncReason,
    overlapReason: resource.overlapReason && OVERLAPS,
    managementReason:
      resource.management === 'unmanaged'
        ? unmanagedReason(resource.managementReason)
        : resource.managementReason,
    conflict: resource.conflict && AGAINST_PLAN,
    compliance: resource.compliance && 'breaks the rules of the pool above it',
  };
}

/** The reason of a policy names nothing; those of overlaps and plans name what is in the way. */
function unmanagedReason(reason: string): string {
  if (reason.startsWith('overlaps ')) return OVERLAPS;
  return / uses space that pool \d/.test(reason) ? AGAINST_PLAN : reason;
}

/**
 * The value with every pool and resource in it replaced; what is no plain object or list stays as
 * it is.
 */
function mapped(
  value: unknown,
  pool: (pool: Pool) => Pool,
  resource: (resource: DiscoveredResource) => DiscoveredResource,
): unknown {
  if (Array.isArray(value)) return value.map((each) => mapped(each, pool, resource));
  if (
    typeof value !== 'object' ||
    value === null ||
    Object.getPrototypeOf(value) !== Object.prototype
  )
    return value;
  if (isPool(value)) return pool(value);
  if (isResource(value)) return resource(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, mapped(each, pool, resource)]),
  );
}

function isPool(value: object): value is Pool {
  return 'parentId' in value && 'syncStatus' in value;
}

function isResource(value: object): value is DiscoveredResource {
  return 'overlapReason' in value && 'networkExternalId' in value;
}
