import type { PoolStores } from '@cloudpam/pools';
import type { UnitOfWork } from '@cloudpam/audit';
import type { AgentStore } from './agent';
import type { DiscoveryStore } from './inventory';
import type { JobStore } from './job';
import type { PartStore } from './snapshot-parts';

/** What reconciliation asks of a storage: the pool tree, and the cloud inventory. */
export interface ReconciliationStores extends Omit<PoolStores, 'discovery'> {
  readonly discovery: DiscoveryStore;
  readonly agents: AgentStore;
  readonly jobs: JobStore;
  readonly parts: PartStore;
}

/** One transaction over the pool tree and the cloud inventory. */
export type ReconciliationUnitOfWork = UnitOfWork<ReconciliationStores>;
