export {
  COVERAGES, RESOURCE_KINDS,
  type CloudAccount, type CloudNetworks, type CloudScope, type Coverage, type ResourceKind, type ScopeSnapshot, type SeenNetwork, type SeenResource,
} from './snapshot';
export {
  FINDING_TYPES, MANAGEMENTS, OVERLAPS, SYNCS,
  type DiscoveredResource, type DiscoveryStore, type Finding, type FindingType, type Management, type Network, type Overlap,
  type ResourceFilter, type ScopeState, type Sync,
} from './inventory';
export { findingsOf } from './findings';
export { DiscoveryError, type DiscoveryErrorCode } from './discovery-error';
export { DISCOVERY_POLICIES, type DiscoveryPolicy, type ReconciliationStores, type ReconciliationUnitOfWork } from './reconciliation-stores';
export { ApplySnapshot, type ApplyResult } from './apply-snapshot';
export { DecideResource, type Decision } from './decide-resource';
export { judgeResources, type Verdict } from './judge-resources';
