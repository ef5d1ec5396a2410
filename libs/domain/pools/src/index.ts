export { PROVIDERS, type Provider } from '@cloudpam/clouds';
export {
  POOL_KINDS,
  POOL_SOURCES,
  POOL_STATUSES,
  SYNC_STATUSES,
  followsCloud,
  hasUncountedHosts,
  utilizationOf,
  type AllocationRules,
  type LiveKey,
  type Pool,
  type PoolFields,
  type PoolKind,
  type PoolSource,
  type PoolStatus,
  type SyncStatus,
  type Tags,
  type Utilization,
} from './pool';
export {
  InvalidCursor,
  POOL_SORTS,
  StoredConflict,
  type CountedPool,
  type FreeBlockQuery,
  type PoolFilter,
  type PoolList,
  type PoolPage,
  type PoolSort,
  type PoolStore,
} from './pool-store';
export { poolChanged, poolFacts, poolMade, POOL_EVENTS, type PoolFacts } from './pool-events';
export { TreeCheck } from './tree-check';
export { TAG_KEY_LENGTH, tagReadings, type Tag } from './tag-readings';
export { isMeant, readTypedText, typedIn, type TypedText } from './typed-text';
export * from './records';
export { breachOf, checkRules, haveSameRules, MOST_QUARANTINE_DAYS } from './allocation-rules';
export type { RecordFilter } from './record-filter';
export {
  PoolError,
  type PoolErrorCode,
  type PoolErrorDetails,
  type RecordNotFound,
} from './pool-error';
export type { PoolReadStores, PoolStores, PoolUnitOfWork } from './pool-stores';
export { mayShareCidr, placePools, type Placement, type PoolToPlace } from './place-pools';
export { lockAround, insertIntoTree } from './insert-into-tree';
export {
  checkNamed,
  checkPoolCidr,
  checkStoredText,
  checkVersion,
  DESCRIPTION_LENGTH,
  NAME_LENGTH,
  namePools,
  poolNotFound,
  recordNotFound,
  TAG_LIMITS,
} from './pool-rules';
export { CreatePools, newPool, type CreateResult, type NewPool } from './create-pools';
export type { CloudUse, SpaceInUse } from './cloud-use';
export { hostUsageOf, hostUsagesOf, INTERFACE_COVERAGES } from './host-usage';
export type { HostCount, HostCounts, HostUsage, InterfaceCoverage } from './host-usage';
export {
  addressInUse,
  hasUnlistedHosts,
  usesOf,
  type AddressUse,
  type ObservedSpace,
} from './observed-space';
export { LIVE_KEY_LENGTH, type KeyedRequest } from './live-key';
export { AllocateSubnet, type AllocationRequest, type PoolSelector } from './allocate-subnet';
export { ALLOCATION_LIMIT } from './take-blocks';
export { lockForChange, UpdatePool, type PoolPatch } from './update-pool';
export { MOVE_LIMIT, MoveTree, type TreeMove } from './move-tree';
export { DeletePool, deletePools, type Deletion } from './delete-pool';
export { SplitPool } from './split-pool';
export { MergePools } from './merge-pools';
export { checkResize, resizePool } from './resize-pool';
export { blocksOf, takenOf, type Block, type BlockPage, type BlockStatus } from './blocks-of';
export { KeepRecords, type RecordFields } from './keep-records';
export { AllocateVlan, type NewVlanInGroup } from './allocate-vlan';
export { ReadVlanGroups, type FreeVids } from './read-vlan-groups';
export {
  ALL_VIDS,
  formatVidRanges,
  freeVids,
  hasVid,
  parseVidRanges,
  VID_LIMITS,
  VID_RANGES_LENGTH,
  vidCount,
  type VidRange,
} from './vid-ranges';
export { ReadRecords } from './read-records';
export type { RecordBase, RecordKind, RecordReader } from './record';
export { heldByRanges, isReleasable, ReleaseExpired } from './release-expired';
export { FoldedPools } from './folded-pools';
export { PackedTexts, type Packing } from './packed-texts';
export { PastTree, type Pause, type PlacedPastPool } from './past-tree';
export { poolAfter, readPoolEvent, type PastFacts, type PastPool } from './pool-past';
export { pastTreeAt } from './read-past';
export { ReadHistory, type HistoryWindow, type PoolEvent, type PoolHistory } from './read-history';
export { ReadPastPools, type PastPoolList } from './read-past-pools';
export { ReadPools, type CountedPools, type FreeSpace } from './read-pools';
export {
  ReadTree,
  type TreeNode,
  type TreePage,
  type TreePlace,
  type TreeWindow,
} from './read-tree';
export { accountsOf, type Accounts } from './accounts-of';
export {
  ADDRESS_ROLES,
  ADDRESS_STATUSES,
  formatHost,
  hostOf,
  type AddressFields,
  type AddressFilter,
  type AddressList,
  type AddressPage,
  type AddressRecord,
  type AddressRole,
  type AddressStatus,
  type AddressStore,
} from './addresses/address-record';
export { addressChanged, ADDRESS_EVENTS, type AddressFacts } from './addresses/address-events';
export {
  addressNotFound,
  checkAddressFields,
  checkHost,
  DNS_NAME_LENGTH,
  dnsNameOf,
  forbiddenAt,
  forbiddenIn,
  forbiddenText,
  isDnsName,
  isMac,
  macOf,
  type ForbiddenAddress,
  type ForbiddenReason,
} from './addresses/address-rules';
export {
  ADDRESS_LIMIT,
  ADDRESS_STRATEGIES,
  AllocateAddresses,
  type AddressRequest,
  type AddressStrategy,
  type RandomBelow,
} from './addresses/allocate-addresses';
export { KeepAddresses } from './addresses/keep-addresses';
export {
  changeRange,
  checkRangeFields,
  checkSpan,
  KeepRanges,
  lockRange,
  recordRange,
  type NewRange,
} from './addresses/keep-ranges';
export { leavesOf, partedByPlace, poolCutting, type Leaves } from './addresses/follow-tree';
export { recordHosts, type RecordedHost } from './addresses/record-hosts';
export {
  blockAroundSpan,
  CHOSEN_PURPOSES,
  formatSpan,
  RANGE_PURPOSES,
  type RangeFields,
  type RangeFilter,
  type RangeList,
  type RangePurpose,
  type RangeRecord,
  type RangeStore,
} from './addresses/range-record';
export { RANGE_EVENTS, type RangeFacts } from './addresses/range-events';
export {
  checkNoRange,
  crossedRanges,
  givesOut,
  rangeNotFound,
  rangeTaken,
} from './addresses/range-rules';
export { ReadRanges } from './addresses/read-ranges';
export { ReadAddresses } from './addresses/read-addresses';
export {
  ReadPastAddresses,
  type PastAddress,
  type PastAddressList,
} from './addresses/past-addresses';
