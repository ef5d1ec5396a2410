import type { Handles, UnitOfWork, WriteStores } from '@cloudpam/audit';
import type { SpaceInUse } from './cloud-use';
import type { AccountStore } from './account';
import type { PoolStore } from './pool-store';
import type { VlanStore, VrfStore } from './vrf';

/** What the use cases of the pool tree ask of a storage. */
export interface PoolStores extends WriteStores {
  readonly pools: PoolStore;
  readonly vrfs: VrfStore;
  readonly vlans: VlanStore;
  readonly accounts: AccountStore;
  readonly discovery: SpaceInUse;
}

/**
 * One transaction over the stores of the pool tree. That a pool ends has consequences in the domains
 * above, which register for it: see `withHandlers`.
 */
export type PoolUnitOfWork = UnitOfWork<PoolStores> & Handles<'pool.delete'>;

/** What queries read of the pool tree: all of it, or what lies in an access scope. */
export interface PoolReadStores {
  readonly pools: Pick<
    PoolStore,
    | 'get'
    | 'getMany'
    | 'list'
    | 'ancestors'
    | 'childrenWithin'
    | 'smallestContaining'
    | 'childCounts'
    | 'freeBlocks'
    | 'regions'
  >;
  readonly accounts: Pick<AccountStore, 'get' | 'getMany' | 'list'>;
  readonly vrfs: Pick<VrfStore, 'get' | 'list'>;
  readonly vlans: Pick<VlanStore, 'get' | 'list'>;
}
