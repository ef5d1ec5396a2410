import { compareCidrs, contains } from '@cloudpam/cidr';
import type { Change, NewAuditEntry } from '@cloudpam/audit';
import {
  formatSpan,
  insertIntoTree,
  poolChanged,
  poolMade,
  type DiscoveryPolicy,
  type Pool,
} from '@cloudpam/pools';
import type { DiscoveredResource } from './inventory';
import { inJudgingOrder, judgeResources, type Judging, type Verdict } from './judge-resources';
import { Plans } from './plans';
import type { ReconciliationStores } from './reconciliation-stores';

/**
 * More resources than one network has; what lies beyond is judged with the first snapshot after
 * those are settled.
 */
const WAITING_LIMIT = 10_000;
/** A pool stands for one resource. */
const FORMER_LIMIT = 10;

export interface Pooled {
  readonly imported: number;
  readonly conflicts: number;
  readonly audit: readonly NewAuditEntry[];
  /** Pools that passed over from a resource that is gone to one in the same place. */
  readonly takenOver: ReadonlySet<number>;
  /** How many of these got a pool. */
  readonly importedOf: (resources: readonly DiscoveredResource[]) => number;
}

/**
 * Judges resources without a pool and, where policy says so, gives them one: an equal pool that
 * stands free is linked, else a pool is created. What overlaps stays in the inventory with the
 * reason. Stores both sides.
 */
export async function poolResources(
  stores: ReconciliationStores,
  change: Change,
  resources: readonly DiscoveredResource[],
  policy: DiscoveryPolicy,
  judging: Omit<Judging, 'waiting'> = {},
): Promise<Pooled> {
  const audit: NewAuditEntry[] = [];
  const takenOver = new Set<number>();
  const pooledIds = new Set<number>();
  let conflicts = 0;
  for (const [vrfId, ofVrf] of [...groupByVrf(resources)].sort(([a], [b]) => a - b)) {
    await stores.vrfs.lock(vrfId);
    const around = await poolsAround(stores, vrfId, ofVrf);
    const verdicts = judgeResources(ofVrf, around, {
      ...judging,
      waiting: policy === 'auto' ? [] : await waitingAround(stores, vrfId, ofVrf),
    });
    const planned = new Plans(around);
    const settled = new Map<number, DiscoveredResource>();
    const created: { resource: DiscoveredResource; pool: Pool }[] = [];
    for (const resource of [...ofVrf].sort(inJudgingOrder)) {
      const verdict = verdicts.get(resource.id);
      if (!verdict) continue;
      if (verdict.is === 'overlapping') conflicts += 1;
      const wants =
        (verdict.is === 'new' || verdict.is === 'link') &&
        policy === 'auto' &&
        resource.management !== 'ignored';
      settled.set(resource.id, wants ? managed(resource) : waiting(resource, verdict, policy));
      if (wants && verdict.is === 'link') {
        audit.push(...(await link(stores, change, resource, verdict.pool)));
        if (verdict.pool.externalId !== null) takenOver.add(verdict.pool.id);
        settled.set(resource.id, { ...managed(resource), poolId: verdict.pool.id });
      } else if (wants) {
        created.push({ resource, pool: poolFor(change, 0, resource) });
      }
    }
    const ids = await stores.pools.reserveIds(created.length);
    const { inserted, conflicts: inTheWay } = await insertIntoTree(
      stores,
      vrfId,
      created.map(({ pool }, index) => ({ ...pool, id: ids[index] ?? 0 })),
    );
    const byId = new Map(inserted.map((pool) => [pool.id, pool]));
    for (const [index, { resource }] of created.entries()) {
      const pool = byId.get(ids[index] ?? 0);
      if (!pool) {
        const found = inTheWay.get(ids[index] ?? 0);
        const reason =
          found && 'span' in found
            ? `range ${found.id} keeps ${formatSpan(found.span)}`
            : 'its CIDR is taken';
        settled.set(
          resource.id,
          waiting(resource, { is: 'overlapping', reason, explainedBy: null }, policy),
        );
        conflicts += 1;
        continue;
      }
      settled.set(resource.id, { ...managed(resource), poolId: pool.id });
      audit.push(poolMade(change, 'pool.import', pool));
    }
    const before = new Map(ofVrf.map((each) => [each.id, each]));
    for (const each of settled.values()) settled.set(each.id, planned.judged(each));
    await stores.discovery.saveResources(
      [...settled.values()].filter((each) => differs(before.get(each.id), each)),
    );
    for (const each of settled.values()) if (each.poolId !== null) pooledIds.add(each.id);
  }
  return {
    imported: pooledIds.size,
    conflicts,
    audit,
    takenOver,
    importedOf: (some) => some.filter((each) => pooledIds.has(each.id)).length,
  };
}

/** Pools that contain a resource, and every pool inside one. */
export async function poolsAround(
  stores: ReconciliationStores,
  vrfId: number,
  resources: readonly DiscoveredResource[],
): Promise<Pool[]> {
  const found = new Map<number, Pool>();
  const widest = widestOf(resources);
  const containers = await stores.pools.smallestContaining(
    vrfId,
    widest.map((each) => each.cidr),
  );
  const chains = new Map<number, Pool>();
  for (const container of containers) if (container) chains.set(container.id, container);
  for (const container of chains.values()) {
    if (found.has(container.id)) continue;
    found.set(container.id, container);
    for (const ancestor of await stores.pools.ancestors(container.id))
      found.set(ancestor.id, ancestor);
  }
  const tops = new Map<number | null, DiscoveredResource[]>();
  for (const [index, each] of widest.entries()) {
    const parentId = containers[index]?.id ?? null;
    const list = tops.get(parentId);
    if (list) list.push(each);
    else tops.set(parentId, [each]);
  }
  const inside: Pool[] = [];
  for (const [parentId, ranges] of tops)
    inside.push(
      ...(await stores.pools.childrenWithin(
        vrfId,
        parentId,
        ranges.map((each) => each.cidr),
      )),
    );
  for (const pool of [
    ...inside,
    ...(await stores.pools.descendants(inside.map((each) => each.id))),
  ])
    found.set(pool.id, pool);
  return [...found.values()];
}

function widestOf(resources: readonly DiscoveredResource[]): DiscoveredResource[] {
  const widest: DiscoveredResource[] = [];
  for (const each of [...resources].sort((a, b) => compareCidrs(a.cidr, b.cidr))) {
    const last = widest.at(-1);
    if (!last || !contains(last.cidr, each.cidr)) widest.push(each);
  }
  return widest;
}

/**
 * Other resources around or inside these that were found to fit, though no pool stands for them.
 */
async function waitingAround(
  stores: ReconciliationStores,
  vrfId: number,
  resources: readonly DiscoveredResource[],
): Promise<DiscoveredResource[]> {
  const judged = new Set(resources.map((each) => each.id));
  const found = new Map<number, DiscoveredResource>();
  for (const { cidr } of widestOf(resources)) {
    for (const each of await stores.discovery.unpooledTouching(vrfId, cidr, WAITING_LIMIT)) {
      const fits =
        each.management === 'pending' ||
        (each.management === 'unmanaged' && each.overlap === 'nonoverlapping');
      if (fits && !judged.has(each.id)) found.set(each.id, each);
    }
  }
  return [...found.values()];
}

/**
 * Makes the pool stand for the resource. One that stood for another before, now gone, passes over
 * to it as a whole.
 */
async function link(
  stores: ReconciliationStores,
  change: Change,
  resource: DiscoveredResource,
  seen: Pool,
): Promise<readonly NewAuditEntry[]> {
  const [pool] = await stores.pools.lock([seen.id]);
  if (!pool) return [];
  const { items: former } =
    pool.externalId === null
      ? { items: [] }
      : await stores.discovery.resources({ poolId: pool.id }, 1, FORMER_LIMIT);
  await stores.discovery.removeResources(former.map((each) => each.id));
  const wanted: Pool = {
    ...pool,
    ...(pool.source === 'discovered' ? { name: resource.name, tags: resource.tags } : {}),
    externalId: resource.externalId,
    externalVpc: resource.networkExternalId,
    accountId: resource.accountId,
    region: resource.region,
    kind: resource.kind,
    status: 'active',
    syncStatus: 'synced',
    scopeId: resource.scopeId,
    lastSyncAt: change.at,
    version: pool.version + 1,
    updatedAt: change.at,
  };
  await stores.pools.save([wanted]);
  const event = pool.externalId === null ? 'pool.link' : 'pool.replace';
  return poolChanged(change, event, pool, wanted);
}

function poolFor(change: Change, id: number, resource: DiscoveredResource): Pool {
  return {
    id,
    vrfId: resource.vrfId,
    parentId: null,
    name: resource.name,
    cidr: resource.cidr,
    kind: resource.kind,
    status: 'active',
    source: 'discovered',
    accountId: resource.accountId,
    provider: resource.provider,
    externalId: resource.externalId,
    externalVpc: resource.networkExternalId,
    region: resource.region,
    syncStatus: 'synced',
    scopeId: resource.scopeId,
    lastSyncAt: change.at,
    description: '',
    tags: resource.tags,
    vlanId: null,
    expiresAt: null,
    rules: null,
    liveKey: null,
    createdAt: change.at,
    updatedAt: change.at,
    version: 1,
    childUsed: 0n,
  };
}

function managed(resource: DiscoveredResource): DiscoveredResource {
  const { overlap: _, unmanaged: __, ...dismissals } = resource.dismissals;
  return {
    ...resource,
    management: 'managed',
    managementReason: '',
    overlap: 'nonoverlapping',
    overlapReason: '',
    explainedBy: null,
    dismissals,
  };
}

function waiting(
  resource: DiscoveredResource,
  verdict: Verdict,
  policy: DiscoveryPolicy,
): DiscoveredResource {
  if (verdict.is === 'overlapping') {
    return {
      ...resource,
      overlap: resource.overlap === 'ignored' ? 'ignored' : 'overlapping',
      overlapReason: verdict.reason,
      explainedBy: verdict.explainedBy,
      management: resource.management === 'ignored' ? 'ignored' : 'unmanaged',
      managementReason:
        resource.management === 'ignored' ? resource.managementReason : verdict.reason,
    };
  }
  if (verdict.is === 'planned' && resource.management !== 'ignored') {
    return {
      ...resource,
      overlap: 'nonoverlapping',
      overlapReason: '',
      explainedBy: null,
      management: 'unmanaged',
      managementReason: verdict.reason,
    };
  }
  const clear = {
    ...resource,
    overlap: 'nonoverlapping',
    overlapReason: '',
    explainedBy: null,
  } as const;
  if (resource.management === 'ignored') return clear;
  return policy === 'approve'
    ? {
        ...clear,
        management: 'pending',
        managementReason: 'waits for approval (discovery policy approve)',
      }
    : { ...clear, management: 'unmanaged', managementReason: 'discovery policy observe' };
}

function differs(before: DiscoveredResource | undefined, after: DiscoveredResource): boolean {
  return (
    !before ||
    before.poolId !== after.poolId ||
    before.management !== after.management ||
    before.managementReason !== after.managementReason ||
    before.conflict !== after.conflict ||
    before.overlap !== after.overlap ||
    before.overlapReason !== after.overlapReason ||
    before.explainedBy !== after.explainedBy
  );
}

function groupByVrf(resources: readonly DiscoveredResource[]): Map<number, DiscoveredResource[]> {
  const groups = new Map<number, DiscoveredResource[]>();
  for (const resource of resources) {
    const list = groups.get(resource.vrfId);
    if (list) list.push(resource);
    else groups.set(resource.vrfId, [resource]);
  }
  return groups;
}
