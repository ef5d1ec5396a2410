export {
  COVERAGES,
  RESOURCE_KINDS,
  type CloudAccount,
  type CloudNetworks,
  type CloudScope,
  type Coverage,
  type ListedPart,
  type ResourceKind,
  type ScopeSnapshot,
  type SeenNetwork,
  type SeenResource,
  type TakePart,
} from './snapshot';
export { ReadObserved, type PoolHosts } from './read-observed';
export { ReleaseAddresses } from './release-addresses';
export { OBSERVED_KINDS, problemOfGiven } from './observed-address';
export type {
  ObservedAddress,
  ObservedFilter,
  ObservedKind,
  ObservedList,
  ObservedPlace,
  ObservedStore,
  SeenAddress,
} from './observed-address';
export type {
  MismatchFilter,
  MismatchList,
  MismatchPage,
  MismatchStore,
  StaleAddress,
  UnknownAddress,
} from './address-mismatch';
export {
  FINDING_STATUSES,
  FINDING_TYPES,
  MANAGEMENTS,
  OVERLAPS,
  SYNCS,
  type DiscoveredResource,
  type DiscoveryStore,
  type Dismissal,
  type Dismissals,
  type Finding,
  type FindingAges,
  type FindingStatus,
  type FindingType,
  type FoundResource,
  type Management,
  type Network,
  type NetworkFilter,
  type Overlap,
  type ResourceFilter,
  type ScopeState,
  type Sync,
} from './inventory';
export { FINDING_SEVERITIES, severityOf, type FindingSeverity } from './finding-severity';
export { findingId, findingReason } from './finding-words';
export {
  FINDING_EVENTS,
  FINDING_SUBJECTS,
  type FindingFacts,
  type FindingsThere,
  type FindingSubject,
  type LeaseFacts,
} from './tell/finding-events';
export type { FindingStandards, FindingStores } from './tell/open-findings';
export {
  LEASE_WARNING_DAYS,
  TellFindings,
  type TellingStores,
  type Told,
} from './tell/tell-findings';
export type { DueWarning, FindingKey, ToldFinding, ToldRound, ToldStore } from './tell/told-store';
export { dismissedUntil, findingsOf } from './findings';
export {
  DiscoveryError,
  jobNotFound,
  resourceNotFound,
  type DiscoveryErrorCode,
} from './discovery-error';
export type {
  ReconciliationReadStores,
  ReconciliationStores,
  ReconciliationUnitOfWork,
} from './reconciliation-stores';
export { ApplySnapshot } from './apply-snapshot';
export type { ApplyResult } from './reconcile-scope';
export {
  RESOURCE_BYTES,
  MOST_WAITING_BYTES,
  type PartedListing,
  type PartStore,
} from './snapshot-parts';
export {
  DECISIONS,
  DecideResources,
  EndDismissals,
  type Decided,
  type Decision,
  type DecisionRequest,
} from './decide-resources';
export { IsolateNetwork, type Isolation } from './isolate-network';
export { ReleaseOrphans } from './release-orphan';
export { HEARTBEAT_SECONDS, isOnline, NoteHeartbeat } from './agent';
export type { Agent, AgentFilter, AgentStore } from './agent';
export {
  isOpen,
  JOB_STATUSES,
  type Job,
  type JobCounts,
  type JobFilter,
  type JobStatus,
  type JobStore,
} from './job';
export { CancelJob, RequestDiscovery, ScheduleDiscoveries } from './request-jobs';
export {
  ClaimJob,
  FinishJob,
  LEASE_SECONDS,
  ReportProgress,
  type ClaimedJob,
  type JobEnd,
} from './work-jobs';
export { pausedWebhooks, type PausedWebhook, type WebhookStates } from './paused-webhooks';
export { unseenScopes, type UnseenScope } from './unseen-scopes';
export {
  LEASE_WARNING_MS,
  OTHER_FINDING_TYPES,
  otherFindingCounts,
  ReadFindings,
  soonUntil,
  type AnyFinding,
  type AnyFindingType,
  type FindingFilter,
  type FindingPage,
} from './read-findings';
export { ReadInventory, type OwnedPage, type OwnedResource } from './read-inventory';
export { ReadJobs, type AgentPage } from './read-jobs';
export { ReadRegions } from './read-regions';
export {
  ReadStatus,
  type AccountStatus,
  type DiscoveryStandards,
  type DiscoveryStatus,
  type ScopeStatus,
} from './read-status';
export { Search, type SearchAnswer, type SearchRequest } from './search';
export {
  SEARCH_MATCHES,
  SEARCH_TYPES,
  type SearchMatch,
  type SearchPlace,
  type SearchResult,
  type SearchType,
} from './search-hits';
export { judgeResources, type Verdict } from './judge-resources';
export { zonePlacement, type ZonePlacement } from './zone-placement';
export {
  SNAPSHOT_FILE_ENDING,
  SNAPSHOT_KEY_PURPOSE,
  SnapshotFileError,
  readSnapshotFile,
  snapshotFileName,
  writeSnapshotFile,
  type SnapshotFile,
  type SnapshotFileErrorCode,
  type SnapshotFileHeader,
} from './snapshot-file';
export { discoveryEvent, DISCOVERY_EVENTS } from './discovery-events';
export { POOL_HANDLERS } from './pool-handlers';
export {
  AGED_FINDING_TYPES,
  MISSING_REASONS,
  ReadDashboard,
  type AccountCoverage,
  type AgedFindingType,
  type CountedEstate,
  type Dashboard,
  type DashboardSettings,
  type DiscoveryCoverage,
  type FindingsByAge,
  type MissingReason,
  type OpenFindings,
  type Part,
} from './read-dashboard';
