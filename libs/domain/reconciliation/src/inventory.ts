import type { AccessScope } from '@cloudpam/audit';
import type { AddressRange, Cidr } from '@cloudpam/cidr';
import type { HostCount, InterfaceCoverage, Provider, TypedText } from '@cloudpam/pools';
import type { Coverage, ResourceKind } from './snapshot';

/** How a discovered resource is tied to the pool tree. */
export const MANAGEMENTS = ['managed', 'unmanaged', 'ignored', 'pending'] as const;
/** One of `MANAGEMENTS`. */
export type Management = (typeof MANAGEMENTS)[number];
/** Whether a discovered resource overlaps what it must not overlap. */
export const OVERLAPS = ['overlapping', 'nonoverlapping', 'ignored'] as const;
/** One of `OVERLAPS`. */
export type Overlap = (typeof OVERLAPS)[number];
/** How a discovered resource compares with the last complete listing. */
export const SYNCS = ['synced', 'drift', 'orphaned'] as const;
/** One of `SYNCS`. */
export type Sync = (typeof SYNCS)[number];

/** A cloud VPC or network as an object. Identity: account + region + externalId. */
export interface Network {
  readonly id: number;
  readonly accountId: number;
  readonly provider: Provider;
  readonly region: string;
  readonly externalId: string;
  readonly name: string;
  readonly isDefault: boolean;
  /** The routing domain its addresses are judged in. */
  readonly vrfId: number;
  readonly firstSeenAt: Date;
  /** While it is there no earlier than the last complete listing of its account and region. */
  readonly lastSeenAt: Date;
  /** When a complete listing was first without it; null while it is there. */
  readonly goneAt: Date | null;
}

/**
 * One CIDR of a VPC, subnet or secondary range, kept whether or not a pool exists for it.
 * Identity: account (the owner) + region + externalId + cidr. Three axes, each with its reason.
 */
export interface DiscoveredResource {
  readonly id: number;
  readonly networkId: number;
  /** Of the network. */
  readonly vrfId: number;
  /** The owner's scope, the only one that can tell that the resource is gone. */
  readonly scopeId: number;
  readonly accountId: number;
  readonly provider: Provider;
  readonly region: string;
  readonly kind: ResourceKind;
  readonly externalId: string;
  readonly networkExternalId: string;
  readonly zoneId: string | null;
  /** The AWS Outpost (`op-...`) that the subnet is on. */
  readonly outpost: string | null;
  readonly name: string;
  readonly cidr: Cidr;
  /** Host addresses that the cloud said are free when it was last seen; null where it said nothing. */
  readonly freeHosts: number | null;
  readonly tags: { readonly [key: string]: string };
  readonly poolId: number | null;
  readonly management: Management;
  readonly managementReason: string;
  readonly overlap: Overlap;
  readonly overlapReason: string;
  /**
   * The resource of the same network whose own overlap explains this one's: one finding for a VPC,
   * not one for each of its subnets.
   */
  readonly explainedBy: number | null;
  readonly sync: Sync;
  readonly syncReason: string;
  /** When a complete listing was first without it; null while it is there. */
  readonly orphanedAt: Date | null;
  /**
   * How it goes against the plan: it lies in or around space that was reserved or planned for
   * something else.
   */
  readonly conflict: string;
  /** Which rules of the pool above it are broken. */
  readonly compliance: string;
  /** Findings that a person wants to see no more, by type. */
  readonly dismissals: Dismissals;
  readonly firstSeenAt: Date;
  /** For all that is not orphaned no earlier than the last complete listing of the scope. */
  readonly lastSeenAt: Date;
}

/** What is known of one scope (account x region). */
export interface ScopeState {
  readonly id: number;
  readonly accountId: number;
  readonly region: string;
  readonly coverage: Coverage;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  /** collectedAt of the last snapshot that was applied; null before the first. */
  readonly collectedAt: Date | null;
  /** collectedAt of the last complete one. */
  readonly completeAt: Date | null;
  readonly runId: string | null;
  /** How far interfaces were listed the last time. */
  readonly interfaces: InterfaceCoverage;
  /** Why they were not listed completely; null where they were, or nobody asked. */
  readonly interfacesError: { readonly code: string; readonly message: string } | null;
  /** collectedAt of the last snapshot with all of them. */
  readonly interfacesCompleteAt: Date | null;
}

/** What reconciliation can have to say of a resource or an account. */
export const FINDING_TYPES = [
  'overlap',
  'conflict',
  'drift',
  'orphan',
  'unmanaged',
  'compliance',
] as const;
/** One of `FINDING_TYPES`. */
export type FindingType = (typeof FINDING_TYPES)[number];

/** Why a finding is ignored, by whom, and until when (ISO 8601; null: for good). */
export interface Dismissal {
  readonly reason: string;
  readonly by: string;
  readonly until: string | null;
}

/** Ignored findings of a resource, by their type. */
export type Dismissals = { readonly [type in FindingType]?: Dismissal };

/**
 * Something a person should see. Read off the axes of a resource, so its identity is stable: type +
 * resource.
 */
export interface Finding {
  readonly type: FindingType;
  readonly resource: DiscoveredResource;
  readonly status: FindingStatus;
  readonly reason: string;
  readonly dismissal: Dismissal | null;
}

/** Whether a finding is open, or ignored for a time or for good. */
export const FINDING_STATUSES = ['open', 'ignored'] as const;
/** One of `FINDING_STATUSES`. */
export type FindingStatus = (typeof FINDING_STATUSES)[number];

/** Open findings by type and age. */
export interface FindingAges {
  /** One number more than moments were given: the last counts what is older than all of them. */
  readonly counts: Readonly<Record<FindingType, readonly number[]>>;
  /** False where more resources have findings than are counted. */
  readonly isAll: boolean;
}

/** Which resources a list has: those that fit every given field. */
export interface ResourceFilter {
  readonly accountId?: number;
  readonly vrfId?: number;
  readonly networkId?: number;
  readonly region?: string;
  readonly kind?: ResourceKind;
  readonly management?: Management;
  readonly overlap?: Overlap;
  readonly sync?: Sync;
  readonly poolId?: number;
  /** Exactly this one. */
  readonly name?: string;
  /** Resources with a finding of this type (see `findingsOf`); `any` for one of whatever type. */
  readonly finding?: FindingType | 'any';
  /** With `finding`: only those whose finding has this status. */
  readonly findingStatus?: FindingStatus;
  /** Meant by what was typed: by name, cloud id, address or tag. */
  readonly typed?: TypedText;
  /** Only those that no pool stands for. */
  readonly unpooled?: boolean;
  readonly within?: AddressRange;
  readonly accessScope?: AccessScope;
  /**
   * Only those that come after this one in a list, so that the last page costs what the first one
   * does.
   */
  readonly after?: { readonly cidr: Cidr; readonly id: number };
}

/** A resource in the order of lists. */
export type FoundResource = Pick<DiscoveredResource, 'id' | 'cidr'>;

/** Which networks a list has: those that fit every given field. */
export interface NetworkFilter {
  readonly accountId?: number;
  readonly vrfId?: number;
  /** Exactly this one. */
  readonly name?: string;
  /** Meant by what was typed: by name or cloud id, or by an address of one of its resources. */
  readonly typed?: TypedText;
  /** Networks of which some resource lies in it. */
  readonly accessScope?: AccessScope;
}

/**
 * Cloud inventory. Lists are in the order of (address, prefix length, id); totals exact up to
 * 10,000, then 10,001.
 */
export interface DiscoveryStore {
  /**
   * Locks the scope (made when missing) until the end of the run, so that one snapshot of it is
   * applied at a time.
   */
  lockScope(accountId: number, region: string): Promise<ScopeState>;
  saveScope(scope: ScopeState): Promise<void>;
  /** All scopes, by account and region. */
  scopeStates(): Promise<ScopeState[]>;
  /** The same, each with its distinct VPCs and subnets (by external id, kind subnet). */
  scopes(): Promise<{ scope: ScopeState; vpcCount: number; subnetCount: number }[]>;

  network(id: number): Promise<Network | undefined>;
  networksByKey(
    keys: readonly {
      readonly accountId: number;
      readonly region: string;
      readonly externalId: string;
    }[],
  ): Promise<Network[]>;
  networks(
    filter: NetworkFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: Network[]; total: number }>;
  /** Those of an account and region that are not gone. */
  networksThere(accountId: number, region: string): Promise<Network[]>;
  insertNetworks(networks: readonly Omit<Network, 'id'>[]): Promise<Network[]>;
  saveNetworks(networks: readonly Network[]): Promise<void>;

  resource(id: number): Promise<DiscoveredResource | undefined>;
  lockResource(id: number): Promise<DiscoveredResource | undefined>;
  /** Everything of one scope. */
  resourcesOfScope(scopeId: number): Promise<DiscoveredResource[]>;
  /** By owner's scope and cloud id: resources that another scope reports. */
  resourcesByExternalId(
    scopeIds: readonly number[],
    externalIds: readonly string[],
  ): Promise<DiscoveredResource[]>;
  /**
   * Resources of the VRF without a pool (`poolId` null) that touch the range; at most `limit`, in
   * address order.
   */
  unpooledTouching(
    vrfId: number,
    range: AddressRange,
    limit: number,
  ): Promise<DiscoveredResource[]>;
  /** Resources of the VRF without a pool (`poolId` null) that have exactly one of these CIDRs; in address order. */
  unpooledEqualTo(vrfId: number, cidrs: readonly Cidr[]): Promise<DiscoveredResource[]>;
  resources(
    filter: ResourceFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: DiscoveredResource[]; total: number }>;
  /**
   * Findings of resources, in the order of their resources, then of `FINDING_TYPES`: `limit` of
   * them after `skip`. Of the filter's `finding` type, or of all.
   */
  findings(
    filter: ResourceFilter,
    skip: number,
    limit: number,
  ): Promise<{ items: Finding[]; total: number }>;
  /** Resources that may have findings, ignored ones too: `limit` of those that come after one. */
  foundAfter(after: FoundResource | undefined, limit: number): Promise<FoundResource[]>;
  /** By their ids; in no particular order. */
  resourcesOf(ids: readonly number[]): Promise<DiscoveredResource[]>;
  /** Number of open findings by type, over everything or all in the access scope. */
  findingCounts(accessScope?: AccessScope): Promise<Record<FindingType, number>>;
  /**
   * Number of open findings by type and age, of the first 10,000 resources that have any. The age is that of
   * what the finding is about: since when a resource is known, and since when an orphan is gone.
   * @param since descending; a finding counts in the place of the first one that is not after its age
   */
  findingAges(since: readonly Date[], accessScope?: AccessScope): Promise<FindingAges>;
  reserveResourceIds(count: number): Promise<number[]>;
  insertResources(resources: readonly DiscoveredResource[]): Promise<void>;
  saveResources(resources: readonly DiscoveredResource[]): Promise<void>;
  /** Orphaned before `before`, oldest first. */
  orphanedBefore(before: Date, limit: number): Promise<DiscoveredResource[]>;
  /** With a dismissal that has ended at `at`; locked, so that one of several servers gets them. */
  lockDismissedUntil(at: Date, limit: number): Promise<DiscoveredResource[]>;
  /** Sets lastSeenAt alone. */
  touchResources(ids: readonly number[], lastSeenAt: Date): Promise<void>;
  /** Sets freeHosts alone: it is counted, not decided, so it makes no other resource of it. */
  setFreeHosts(
    values: readonly { readonly id: number; readonly freeHosts: number | null }[],
  ): Promise<void>;
  /** What the cloud counted in the living subnets that these pools stand for; others are left out. */
  hostCounts(poolIds: readonly number[]): Promise<Map<number, HostCount>>;
  removeResources(ids: readonly number[]): Promise<void>;
  /**
   * Call before pools are deleted: their orphaned resources are removed (which frees the space),
   * the others lose their pool and become `unmanaged` with the reason `its pool was deleted`.
   */
  unlinkPools(poolIds: readonly number[]): Promise<void>;
}
