import type { Change, NewAuditEntry } from '@cloudpam/audit';
import { poolChanged, type Pool } from '@cloudpam/pools';
import type { DiscoveredResource } from './inventory';
import type { ReconciliationStores } from './reconciliation-stores';

/**
 * Marks what is gone from a complete scope. Its pool is kept and keeps its space; without a pool
 * there is nothing to keep.
 */
export async function orphanPools(
  stores: ReconciliationStores,
  change: Change,
  gone: readonly DiscoveredResource[],
): Promise<{ count: number; audit: NewAuditEntry[] }> {
  const audit: NewAuditEntry[] = [];
  const kept = gone.filter((each) => each.poolId !== null && each.sync !== 'orphaned');
  await stores.discovery.removeResources(
    gone.filter((each) => each.poolId === null).map((each) => each.id),
  );
  const reason = `not in the complete listing of ${change.at.toISOString()}`;
  await stores.discovery.saveResources(
    kept.map((each) => ({ ...each, sync: 'orphaned', syncReason: reason, orphanedAt: change.at })),
  );
  const saved: Pool[] = [];
  for (const pool of await stores.pools.lock(kept.flatMap((each) => each.poolId ?? []))) {
    const wanted: Pool = {
      ...pool,
      syncStatus: 'orphaned',
      version: pool.version + 1,
      updatedAt: change.at,
    };
    saved.push(wanted);
    audit.push(...poolChanged(change, 'pool.orphan', pool, wanted));
  }
  await stores.pools.save(saved);
  return { count: saved.length, audit };
}
