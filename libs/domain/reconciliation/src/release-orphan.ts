import { write, type Change } from '@cloudpam/audit';
import { deletePools, lockForChange, PoolError } from '@cloudpam/pools';
import { discoveryEvent, placeOfResource } from './discovery-events';
import type { DiscoveredResource } from './inventory';
import type { ReconciliationStores, ReconciliationUnitOfWork } from './reconciliation-stores';

/**
 * Frees the space of a resource that is gone from the cloud: its pool is deleted, what a person
 * planned in it goes to the pool above.
 */
export async function releaseOrphan(
  stores: ReconciliationStores,
  change: Change,
  resource: DiscoveredResource,
): Promise<void> {
  if (resource.poolId === null) {
    await stores.discovery.removeResources([resource.id]);
    await stores.audit.append([
      discoveryEvent(change, 'resource.release', resource.id, {
        before: { external_id: resource.externalId },
        after: null,
        place: placeOfResource(resource),
      }),
    ]);
    return;
  }
  const pool = await lockForChange(stores, resource.poolId, undefined, true);
  const children = await stores.pools.childrenWithin(pool.vrfId, pool.id, [pool.cidr]);
  await deletePools(stores, change, pool, [pool], children);
}

/** Those that wait for a person stay among them. */
const MOST_AT_ONCE = 10_000;

/** Releases orphans whose cooldown has passed. Run by the server from time to time. */
export class ReleaseOrphans {
  constructor(private readonly unitOfWork: ReconciliationUnitOfWork) {}

  /**
   * Gives the number of orphans that were released. One with other pools in it, or that a person
   * had planned, is left to a person.
   * @param cooldown milliseconds since a complete listing was first without the resource
   */
  async execute(change: Change, cooldown: number): Promise<number> {
    const before = new Date(change.at.getTime() - cooldown);
    let released = 0;
    for (const { id } of await this.unitOfWork.read((stores) =>
      stores.discovery.orphanedBefore(before, MOST_AT_ONCE),
    )) {
      released += await write(this.unitOfWork, change, async (stores) => {
        const resource = await stores.discovery.lockResource(id);
        if (!resource?.orphanedAt || resource.orphanedAt >= before) return 0;
        const pool = resource.poolId === null ? undefined : await stores.pools.get(resource.poolId);
        if (pool && (pool.childUsed > 0n || pool.source === 'manual')) return 0;
        await releaseOrphan(stores, change, resource);
        return 1;
      }).catch((error: unknown) => {
        if (error instanceof PoolError) return 0;
        throw error;
      });
    }
    return released;
  }
}
