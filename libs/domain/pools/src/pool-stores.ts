import type { AnswerStore, AuditStore, UnitOfWork } from '@cloudpam/audit';
import type { AccountStore } from './account';
import type { PoolStore } from './pool-store';
import type { VlanStore, VrfStore } from './vrf';

/** What the use cases of the pool tree ask of a storage. */
export interface PoolStores {
  readonly pools: PoolStore;
  readonly vrfs: VrfStore;
  readonly vlans: VlanStore;
  readonly accounts: AccountStore;
  readonly audit: AuditStore;
  readonly answers: AnswerStore;
  /** Told before pools go, so that the cloud inventory lets go of them. */
  readonly discovery: { unlinkPools(poolIds: readonly number[]): Promise<void> };
}

export type PoolUnitOfWork = UnitOfWork<PoolStores>;
