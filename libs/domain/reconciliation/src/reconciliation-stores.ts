import type { PoolReadStores, PoolStores } from '@cloudpam/pools';
import type { Handles, UnitOfWork } from '@cloudpam/audit';
import type { MismatchStore } from './address-mismatch';
import type { AgentStore } from './agent';
import type { DiscoveryStore } from './inventory';
import type { JobStore } from './job';
import type { ObservedStore } from './observed-address';
import type { ToldStore } from './tell/told-store';
import type { PartStore } from './snapshot-parts';

/** What reconciliation asks of a storage: the pool tree, and the cloud inventory. */
export interface ReconciliationStores extends PoolStores {
  readonly discovery: DiscoveryStore;
  readonly observed: ObservedStore;
  readonly mismatches: MismatchStore;
  readonly agents: AgentStore;
  readonly jobs: JobStore;
  readonly parts: PartStore;
  readonly told: ToldStore;
}

/** What queries read of both: all of it, or what lies in an access scope. */
export interface ReconciliationReadStores extends PoolReadStores {
  readonly discovery: Pick<
    DiscoveryStore,
    | 'resource'
    | 'resources'
    | 'findings'
    | 'network'
    | 'networks'
    | 'scopes'
    | 'scopeStates'
    | 'findingCounts'
    | 'findingAges'
    | 'unpooledTouching'
    | 'hostCounts'
  >;
  readonly observed: Pick<ObservedStore, 'list' | 'equalTo' | 'count'>;
  readonly mismatches: Pick<MismatchStore, 'stale' | 'unknown'>;
  readonly jobs: Pick<JobStore, 'get' | 'list'>;
  readonly agents: Pick<AgentStore, 'list'>;
}

/** One transaction over the pool tree and the cloud inventory, with `POOL_HANDLERS`. */
export type ReconciliationUnitOfWork = UnitOfWork<ReconciliationStores> & Handles<'pool.delete'>;
