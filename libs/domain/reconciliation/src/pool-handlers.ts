import type { NewAuditEntry } from '@cloudpam/audit';
import type { DiscoveryStore } from './inventory';

/**
 * What the inventory does when pools change; it must be registered with every unit of work in which
 * they do, see `withHandlers`.
 */
export const POOL_HANDLERS = {
  /** The inventory lets go of pools that end; they are still there. */
  'pool.delete': (
    { discovery }: { readonly discovery: DiscoveryStore },
    events: readonly NewAuditEntry[],
  ): Promise<void> => discovery.unlinkPools(events.map(({ entityId }) => Number(entityId))),
};
