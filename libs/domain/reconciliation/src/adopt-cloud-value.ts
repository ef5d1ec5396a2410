import type { Change } from '@cloudpam/audit';
import { lockForChange, poolChanged, resizePool, type Pool } from '@cloudpam/pools';
import type { DiscoveredResource } from './inventory';
import type { ReconciliationStores } from './reconciliation-stores';

/**
 * Gives the pool of a drifted resource the cloud's CIDR and account, and the VRF of its network.
 * @throws PoolError naming the pools in the way
 */
export async function adoptCloudValue(
  stores: ReconciliationStores,
  change: Change,
  resource: DiscoveredResource,
): Promise<void> {
  if (resource.poolId === null) return;
  const pool = await lockForChange(stores, resource.poolId, resource.vrfId, true);
  const placed = await resizePool(stores, change, pool, resource.cidr, resource.vrfId);
  const wanted: Pool = {
    ...placed,
    accountId: resource.accountId,
    region: resource.region,
    syncStatus: 'synced',
    lastSyncAt: change.at,
    version: pool.version + 1,
    updatedAt: change.at,
  };
  await stores.pools.save([wanted]);
  await stores.discovery.saveResources([{ ...resource, sync: 'synced', syncReason: '' }]);
  await stores.audit.append(poolChanged(change, 'pool.adopt', pool, wanted));
}
