import type { Handles, UnitOfWork, WriteStores } from '@cloudpam/audit';
import type { AddressStore } from './addresses/address-record';
import type { RangeStore } from './addresses/range-record';
import type { SpaceInUse } from './cloud-use';
import type { ObservedSpace } from './observed-space';
import type { HostCounts } from './host-usage';
import type { PoolStore } from './pool-store';
import type { RecordReaders, RecordStores } from './records';

/** What the use cases of the pool tree ask of a storage. */
export interface PoolStores extends WriteStores, RecordStores {
  readonly pools: PoolStore;
  readonly addresses: AddressStore;
  readonly ranges: RangeStore;
  readonly discovery: SpaceInUse;
  readonly observed: ObservedSpace;
}

/**
 * One transaction over the stores of the pool tree. That a pool ends has consequences in the domains
 * above, which register for it: see `withHandlers`.
 */
export type PoolUnitOfWork = UnitOfWork<PoolStores> & Handles<'pool.delete'>;

/** What queries read of the pool tree: all of it, or what lies in an access scope. */
export interface PoolReadStores extends RecordReaders {
  readonly pools: Pick<
    PoolStore,
    | 'get'
    | 'getMany'
    | 'list'
    | 'ancestors'
    | 'childrenWithin'
    | 'smallestContaining'
    | 'counted'
    | 'childCounts'
    | 'freeBlocks'
    | 'regions'
  >;
  readonly addresses: Pick<AddressStore, 'get' | 'getMany' | 'list'>;
  readonly ranges: Pick<RangeStore, 'get' | 'getMany' | 'list' | 'ofPools'>;
  readonly discovery: HostCounts;
}
