import type { UnitOfWork, WriteStores } from '@cloudpam/audit';
import type { AddressRange } from '@cloudpam/cidr';
import type { CloudUse } from './cloud-use';
import type { AccountStore } from './account';
import type { PoolStore } from './pool-store';
import type { VlanStore, VrfStore } from './vrf';

/** What the use cases of the pool tree ask of a storage. */
export interface PoolStores extends WriteStores {
  readonly pools: PoolStore;
  readonly vrfs: VrfStore;
  readonly vlans: VlanStore;
  readonly accounts: AccountStore;
  readonly discovery: {
    /** Told before pools go, so that the cloud inventory lets go of them. */
    unlinkPools(poolIds: readonly number[]): Promise<void>;
    /** What clouds have in a range that no pool stands for, in address order. */
    unpooledTouching(
      vrfId: number,
      range: AddressRange,
      limit: number,
    ): Promise<readonly CloudUse[]>;
  };
}

/** One transaction over the stores of the pool tree. */
export type PoolUnitOfWork = UnitOfWork<PoolStores>;
