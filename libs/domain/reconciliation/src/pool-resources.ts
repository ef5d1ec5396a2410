import { compareCidrs, contains } from '@cloudpam/cidr';
import { auditEntry, diffOf, type Change, type NewAuditEntry } from '@cloudpam/audit';
import { plantPools, poolFacts, type Pool } from '@cloudpam/pools';
import type { DiscoveredResource } from './inventory';
import { inJudgingOrder, judgeResources, type Verdict } from './judge-resources';
import type { DiscoveryPolicy, ReconciliationStores } from './reconciliation-stores';

export interface Pooled {
  readonly imported: number;
  readonly conflicts: number;
  readonly audit: readonly NewAuditEntry[];
  /** How many of these got a pool. */
  readonly importedOf: (resources: readonly DiscoveredResource[]) => number;
}

/**
 * Judges resources without a pool and, where policy says so, gives them one: an equal pool that stands free is linked,
 * else a pool is created. What overlaps stays in the inventory with the reason. Stores both sides.
 */
export async function poolResources(
  stores: ReconciliationStores, change: Change, resources: readonly DiscoveredResource[], policy: DiscoveryPolicy,
): Promise<Pooled> {
  const audit: NewAuditEntry[] = [];
  const pooledIds = new Set<number>();
  let conflicts = 0;
  for (const [vrfId, ofVrf] of [...groupByVrf(resources)].sort(([a], [b]) => a - b)) {
    await stores.vrfs.lock(vrfId);
    const verdicts = judgeResources(ofVrf, await poolsAround(stores, vrfId, ofVrf));
    const settled = new Map<number, DiscoveredResource>();
    const created: { resource: DiscoveredResource; pool: Pool }[] = [];
    for (const resource of [...ofVrf].sort(inJudgingOrder)) {
      const verdict = verdicts.get(resource.id);
      if (!verdict) continue;
      if (verdict.is === 'overlapping') conflicts += 1;
      const wants = verdict.is !== 'overlapping' && policy === 'auto' && resource.management !== 'ignored';
      settled.set(resource.id, wants ? managed(resource) : waiting(resource, verdict, policy));
      if (wants && verdict.is === 'link') {
        audit.push(...await link(stores, change, resource, verdict.pool));
        settled.set(resource.id, { ...managed(resource), poolId: verdict.pool.id });
      } else if (wants) {
        created.push({ resource, pool: poolFor(change, 0, resource) });
      }
    }
    const ids = await stores.pools.reserveIds(created.length);
    const { planted } = await plantPools(stores, vrfId, created.map(({ pool }, index) => ({ ...pool, id: ids[index] ?? 0 })));
    const byId = new Map(planted.map((pool) => [pool.id, pool]));
    for (const [index, { resource }] of created.entries()) {
      const pool = byId.get(ids[index] ?? 0);
      if (!pool) continue;
      settled.set(resource.id, { ...managed(resource), poolId: pool.id });
      audit.push(auditEntry(change, 'pool.import', 'pool', pool.id, { before: null, after: poolFacts(pool) }));
    }
    const before = new Map(ofVrf.map((each) => [each.id, each]));
    await stores.discovery.saveResources([...settled.values()].filter((each) => differs(before.get(each.id), each)));
    for (const each of settled.values()) if (each.poolId !== null) pooledIds.add(each.id);
  }
  return { imported: pooledIds.size, conflicts, audit, importedOf: (some) => some.filter((each) => pooledIds.has(each.id)).length };
}

/** Pools that contain a resource, and every pool inside one. */
async function poolsAround(stores: ReconciliationStores, vrfId: number, resources: readonly DiscoveredResource[]): Promise<Pool[]> {
  const found = new Map<number, Pool>();
  const sorted = [...resources].sort((a, b) => compareCidrs(a.cidr, b.cidr));
  const widest: DiscoveredResource[] = [];
  for (const each of sorted) {
    const last = widest.at(-1);
    if (!last || !contains(last.cidr, each.cidr)) widest.push(each);
  }
  const containers = await stores.pools.smallestContaining(vrfId, widest.map((each) => each.cidr));
  const chains = new Map<number, Pool>();
  for (const container of containers) if (container) chains.set(container.id, container);
  for (const container of chains.values()) {
    if (found.has(container.id)) continue;
    found.set(container.id, container);
    for (const ancestor of await stores.pools.ancestors(container.id)) found.set(ancestor.id, ancestor);
  }
  const tops = new Map<number | null, DiscoveredResource[]>();
  for (const [index, each] of widest.entries()) {
    const parentId = containers[index]?.id ?? null;
    const list = tops.get(parentId);
    if (list) list.push(each);
    else tops.set(parentId, [each]);
  }
  const inside: Pool[] = [];
  for (const [parentId, ranges] of tops) inside.push(...await stores.pools.childrenWithin(vrfId, parentId, ranges.map((each) => each.cidr)));
  for (const pool of [...inside, ...await stores.pools.descendants(inside.map((each) => each.id))]) found.set(pool.id, pool);
  return [...found.values()];
}

async function link(stores: ReconciliationStores, change: Change, resource: DiscoveredResource, seen: Pool): Promise<NewAuditEntry[]> {
  const [pool] = await stores.pools.lock([seen.id]);
  if (!pool) return [];
  const wanted: Pool = {
    ...pool, externalId: resource.externalId, externalVpc: resource.networkExternalId, accountId: resource.accountId, region: resource.region,
    kind: resource.kind, status: 'active', syncStatus: 'synced', lastSyncAt: change.at, version: pool.version + 1, updatedAt: change.at,
  };
  await stores.pools.save([wanted]);
  const diff = diffOf(poolFacts(pool), poolFacts(wanted));
  return diff ? [auditEntry(change, 'pool.link', 'pool', pool.id, diff)] : [];
}

function poolFor(change: Change, id: number, resource: DiscoveredResource): Pool {
  return {
    id, vrfId: resource.vrfId, parentId: null, name: resource.name, cidr: resource.cidr, kind: resource.kind, status: 'active',
    source: 'discovered', accountId: resource.accountId, provider: resource.provider, externalId: resource.externalId,
    externalVpc: resource.networkExternalId, region: resource.region, syncStatus: 'synced', lastSyncAt: change.at, description: '',
    tags: resource.tags, vlanId: null, expiresAt: null, createdAt: change.at, updatedAt: change.at, version: 1, childUsed: 0n,
  };
}

/**
 * Brings pools in line with resources that were renamed, tagged anew or came back. A manual pool keeps its name and
 * tags; one whose CIDR or account a person changed since is marked as drifted.
 */
export async function refreshPools(
  stores: ReconciliationStores, change: Change, changed: readonly { readonly before: DiscoveredResource; readonly after: DiscoveredResource }[],
): Promise<{ audit: NewAuditEntry[] }> {
  const byPool = new Map(changed.flatMap(({ after }) => (after.poolId === null ? [] : [[after.poolId, after] as const])));
  const audit: NewAuditEntry[] = [];
  const saved: Pool[] = [];
  for (const pool of await stores.pools.lock([...byPool.keys()])) {
    const resource = byPool.get(pool.id);
    if (!resource) continue;
    const own = pool.source === 'discovered' ? { name: resource.name, tags: resource.tags, region: resource.region } : {};
    const wanted: Pool = { ...pool, ...own, syncStatus: 'synced', lastSyncAt: change.at };
    const diff = diffOf(poolFacts(pool), poolFacts(wanted));
    saved.push(diff ? { ...wanted, version: pool.version + 1, updatedAt: change.at } : wanted);
    if (diff) audit.push(auditEntry(change, 'pool.sync', 'pool', pool.id, diff));
  }
  await stores.pools.save(saved);
  return { audit };
}

/** Marks what is gone from a complete scope. Its pool is kept and keeps its space; without a pool there is nothing to keep. */
export async function orphanPools(
  stores: ReconciliationStores, change: Change, gone: readonly DiscoveredResource[],
): Promise<{ count: number; audit: NewAuditEntry[] }> {
  const audit: NewAuditEntry[] = [];
  const kept = gone.filter((each) => each.poolId !== null && each.sync !== 'orphaned');
  await stores.discovery.removeResources(gone.filter((each) => each.poolId === null).map((each) => each.id));
  const reason = `not in the complete listing of ${change.at.toISOString()}`;
  await stores.discovery.saveResources(kept.map((each) => ({ ...each, sync: 'orphaned', syncReason: reason })));
  const saved: Pool[] = [];
  for (const pool of await stores.pools.lock(kept.flatMap((each) => each.poolId ?? []))) {
    const wanted: Pool = { ...pool, syncStatus: 'orphaned', version: pool.version + 1, updatedAt: change.at };
    saved.push(wanted);
    const diff = diffOf(poolFacts(pool), poolFacts(wanted));
    if (diff) audit.push(auditEntry(change, 'pool.orphan', 'pool', pool.id, diff));
  }
  await stores.pools.save(saved);
  return { count: saved.length, audit };
}

function managed(resource: DiscoveredResource): DiscoveredResource {
  return { ...resource, management: 'managed', managementReason: '', overlap: 'nonoverlapping', overlapReason: '', explainedBy: null };
}

function waiting(resource: DiscoveredResource, verdict: Verdict, policy: DiscoveryPolicy): DiscoveredResource {
  if (verdict.is === 'overlapping') {
    return {
      ...resource, overlap: resource.overlap === 'ignored' ? 'ignored' : 'overlapping', overlapReason: verdict.reason, explainedBy: verdict.explainedBy,
      management: resource.management === 'ignored' ? 'ignored' : 'unmanaged', managementReason: resource.management === 'ignored' ? resource.managementReason : verdict.reason,
    };
  }
  const clear = { ...resource, overlap: 'nonoverlapping', overlapReason: '', explainedBy: null } as const;
  if (resource.management === 'ignored') return clear;
  return policy === 'approve' ? { ...clear, management: 'pending', managementReason: 'waits for approval (discovery policy approve)' }
    : { ...clear, management: 'unmanaged', managementReason: 'discovery policy observe' };
}

function differs(before: DiscoveredResource | undefined, after: DiscoveredResource): boolean {
  return !before || before.poolId !== after.poolId || before.management !== after.management || before.managementReason !== after.managementReason
    || before.overlap !== after.overlap || before.overlapReason !== after.overlapReason || before.explainedBy !== after.explainedBy;
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
