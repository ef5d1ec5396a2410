export {
  POOL_KINDS, POOL_SOURCES, POOL_STATUSES, PROVIDERS, SYNC_STATUSES, poolFacts, utilizationOf,
  type Pool, type PoolFields, type PoolKind, type PoolSource, type PoolStatus, type Provider, type SyncStatus, type Tags, type Utilization,
} from './pool';
export {
  POOL_SORTS, StoredConflict,
  type FreeBlockQuery, type PoolFilter, type PoolList, type PoolPage, type PoolSort, type PoolStore,
} from './pool-store';
export type { Account, AccountFilter, AccountStore } from './account';
export { GLOBAL_VRF_ID, type Vlan, type VlanStore, type Vrf, type VrfStore } from './vrf';
