import type { PoolStores } from '@cloudpam/pools';
import type { UnitOfWork } from '@cloudpam/audit';
import type { DiscoveryStore } from './inventory';

/** What reconciliation asks of a storage: the pool tree, and the cloud inventory. */
export interface ReconciliationStores extends Omit<PoolStores, 'discovery'> {
  readonly discovery: DiscoveryStore;
}

export type ReconciliationUnitOfWork = UnitOfWork<ReconciliationStores>;

export const DISCOVERY_POLICIES = ['auto', 'approve', 'observe'] as const;
/** What happens to a new resource that fits: `auto` a pool at once, `approve` when a person says so, `observe` nothing. */
export type DiscoveryPolicy = (typeof DISCOVERY_POLICIES)[number];
