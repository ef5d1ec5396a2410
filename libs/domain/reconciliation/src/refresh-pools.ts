import { formatCidr, sameCidr } from '@cloudpam/cidr';
import type { Change, NewAuditEntry } from '@cloudpam/audit';
import { poolChanged, PoolError, resizePool, type Pool } from '@cloudpam/pools';
import type { DiscoveredResource } from './inventory';
import { judgeResources } from './judge-resources';
import { poolsAround } from './pool-resources';
import type { ReconciliationStores } from './reconciliation-stores';

interface Renewed {
  readonly before: DiscoveredResource;
  readonly after: DiscoveredResource;
}

/**
 * Brings pools in line with resources that were renamed, tagged anew, resized or came back. A
 * manual pool keeps its name and tags. A pool whose CIDR, VRF or account is not the resource's,
 * because a person changed it or because the new CIDR has no room in the tree, is marked as
 * drifted, and so is the resource.
 */
export async function refreshPools(
  stores: ReconciliationStores,
  change: Change,
  renewed: readonly Renewed[],
): Promise<{ audit: NewAuditEntry[] }> {
  const byPool = new Map(
    renewed.flatMap((each) =>
      each.after.poolId === null ? [] : [[each.after.poolId, each] as const],
    ),
  );
  const audit: NewAuditEntry[] = [];
  const resized = [...byPool.values()].filter(
    ({ before, after }) => !sameCidr(before.cidr, after.cidr),
  );
  for (const vrfId of [...new Set(resized.map(({ after }) => after.vrfId))].sort((a, b) => a - b))
    await stores.vrfs.lock(vrfId);
  const reasons = new Map<number, string>();
  const stored = new Map(
    (await stores.pools.lock([...byPool.keys()])).map((pool) => [pool.id, pool]),
  );
  for (const { before, after } of resized) {
    const pool = after.poolId === null ? undefined : stored.get(after.poolId);
    if (!pool || !sameCidr(pool.cidr, before.cidr) || pool.vrfId !== after.vrfId) continue;
    const reason = await follow(stores, change, pool, after);
    if (reason !== undefined) reasons.set(pool.id, reason);
  }
  const saved: Pool[] = [];
  const judged: DiscoveredResource[] = [];
  for (const now of await stores.pools.getMany([...stored.keys()])) {
    const pool = stored.get(now.id);
    const resource = byPool.get(now.id)?.after;
    if (!pool || !resource) continue;
    const drift = driftOf(now, resource, reasons.get(now.id));
    const own =
      pool.source === 'discovered'
        ? { name: resource.name, tags: resource.tags, region: resource.region }
        : {};
    const wanted: Pool = {
      ...now,
      ...own,
      syncStatus: drift === undefined ? 'synced' : 'drift',
      lastSyncAt: change.at,
    };
    const events = poolChanged(change, 'pool.sync', pool, wanted);
    const isNew = events.length > 0;
    saved.push(isNew ? { ...wanted, version: pool.version + 1, updatedAt: change.at } : wanted);
    audit.push(...events);
    const sync = drift === undefined ? 'synced' : 'drift';
    if (resource.sync !== sync || resource.syncReason !== (drift ?? ''))
      judged.push({ ...resource, sync, syncReason: drift ?? '' });
  }
  await stores.pools.save(saved);
  await stores.discovery.saveResources(judged);
  return { audit };
}

/** How the pool differs from the resource it stands for; undefined when it does not. */
function driftOf(
  pool: Pool,
  resource: DiscoveredResource,
  why: string | undefined,
): string | undefined {
  if (!sameCidr(pool.cidr, resource.cidr)) {
    return (
      `pool ${pool.id} is ${formatCidr(pool.cidr)}, the cloud has ` +
      `${formatCidr(resource.cidr)}${why === undefined ? '' : `: ${why}`}`
    );
  }
  if (pool.vrfId !== resource.vrfId)
    return `pool ${pool.id} is in VRF ${pool.vrfId}, its network in VRF ${resource.vrfId}`;
  if (pool.accountId !== resource.accountId)
    return `pool ${pool.id} has account ${pool.accountId ?? 'none'}, the cloud has account ${resource.accountId}`;
  return undefined;
}

/** Gives a pool the new CIDR of its resource; when that cannot be, says why. */
async function follow(
  stores: ReconciliationStores,
  change: Change,
  pool: Pool,
  resource: DiscoveredResource,
): Promise<string | undefined> {
  const others = (await poolsAround(stores, pool.vrfId, [resource])).filter(
    (each) => each.id !== pool.id,
  );
  const verdict = judgeResources([resource], others).get(resource.id);
  if (verdict?.is === 'overlapping') return verdict.reason;
  try {
    await resizePool(stores, change, pool, resource.cidr, pool.vrfId);
    return undefined;
  } catch (error) {
    if (error instanceof PoolError) return error.message;
    throw error;
  }
}
