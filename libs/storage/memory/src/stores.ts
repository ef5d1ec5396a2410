import type { KeptRecommendation, RecommendationStore } from '@cloudpam/analysis';
import type { AuditEntry, AuditSeal, AuditStores, SubscriberState } from '@cloudpam/audit';
import type { Digest, DigestStores } from '@cloudpam/digests';
import type { Delivery, Webhook, WebhookStores } from '@cloudpam/events';
import type { KeptCount, PoolDay, PoolForecast, UsageNode, UsageStores } from '@cloudpam/forecast';
import type {
  IdentityStores,
  LoginAttempt,
  LoginCount,
  Token,
  User,
  UserSession,
} from '@cloudpam/identity';
import type { ImportStores, SavedMap } from '@cloudpam/import';
import type {
  Account,
  AddressRecord,
  Pool,
  RangeRecord,
  Vlan,
  VlanGroup,
  Vrf,
} from '@cloudpam/pools';
import type {
  Agent,
  DiscoveredResource,
  Job,
  ListedPart,
  Network,
  ObservedAddress,
  PartedListing,
  ReconciliationStores,
  ScopeState,
  ToldFinding,
  ToldRound,
} from '@cloudpam/reconciliation';
import { FreeSpace } from './free-space';
import type { History } from './history';
import { joined, Lookup } from './lookup';
import { MemoryAccountStore } from './memory-account-store';
import { MemoryAddressStore } from './memory-address-store';
import { MemoryAgentStore } from './memory-agent-store';
import { MemoryAnswerStore } from './memory-answer-store';
import { MemoryAuditStore } from './memory-audit-store';
import { DeliveriesOfWebhooks, MemoryDeliveryStore } from './memory-delivery-store';
import { MemoryDigestStore } from './memory-digest-store';
import { MemoryDiscoveryStore } from './memory-discovery-store';
import { MemoryEstateStore } from './memory-estate-store';
import { MemoryForecastStore } from './memory-forecast-store';
import { MemoryJobStore } from './memory-job-store';
import { MemoryMismatchStore, type MismatchRow } from './memory-mismatch-store';
import { MemoryObservedStore, observedKey } from './memory-observed-store';
import { MemoryPartStore } from './memory-part-store';
import { MemoryPoolStore } from './memory-pool-store';
import { MemoryRangeStore } from './memory-range-store';
import { MemoryRecommendationStore } from './memory-recommendation-store';
import { MemorySavedMapStore } from './memory-saved-map-store';
import { MemorySealStore } from './memory-seal-store';
import { MemorySubscriberStore } from './memory-subscriber-store';
import { MemoryToldStore } from './memory-told-store';
import { MemoryTokenStore } from './memory-token-store';
import { MemoryLoginCountStore } from './memory-login-count-store';
import { MemoryLoginAttemptStore, MemoryUserSessionStore } from './memory-user-session-store';
import { MemoryUsageStore, UsageDays, UsageOrder } from './memory-usage-store';
import { MemoryUserStore } from './memory-user-store';
import { MemoryVlanGroupStore } from './memory-vlan-group-store';
import { MemoryVlanStore } from './memory-vlan-store';
import { MemoryVrfStore } from './memory-vrf-store';
import { MemoryWebhookStore } from './memory-webhook-store';
import { PoolTree } from './pool-tree';
import { Table } from './table';
import { UnpooledResources } from './unpooled-resources';
import { ObservedByVrf } from './observed-by-vrf';

/** An answer by actor and idempotency key. */
export interface AnswerRow {
  readonly fingerprint: string;
  readonly answer: string;
  readonly claimedAt: Date;
}

/** A part of a listing that waits for the last one. */
export interface PartRow {
  readonly listing: PartedListing;
  readonly number: number;
  readonly part: ListedPart;
  readonly bytes: number;
  readonly keptAt: Date;
}

/** All rows, and what is derived from them to find them fast. */
export class Tables {
  constructor(readonly history: History) {}

  readonly poolTree = new PoolTree();
  readonly poolsByExternalId = new Lookup<Pool>((pool) =>
    pool.externalId === null ? null : joined(pool.vrfId, pool.externalId),
  );
  readonly poolsByFirst = new Lookup<Pool>((pool) => joined(pool.vrfId, pool.cidr.first));
  readonly poolsWithRules = new Lookup<Pool>((pool) => (pool.rules ? joined(pool.vrfId) : null));
  readonly unpooled = new UnpooledResources();
  /** 0: of no pool. */
  readonly addressesByPool = new Lookup<AddressRecord>(({ poolId }) => joined(poolId ?? 0));
  readonly addressesByPlace = new Lookup<AddressRecord>(({ vrfId, cidr }) =>
    joined(vrfId, cidr.first),
  );
  readonly observedByVrf = new ObservedByVrf();
  readonly observedByScope = new Lookup<ObservedAddress>(({ scopeId }) => joined(scopeId));
  readonly observedByKey = new Lookup<ObservedAddress>(observedKey);
  /** 0: of no pool. */
  readonly rangesByPool = new Lookup<RangeRecord>(({ poolId }) => joined(poolId ?? 0));
  readonly freeSpace = new FreeSpace(
    this.poolTree,
    [this.unpooled, this.observedByVrf],
    (poolId) => [
      ...this.addresses.getMany(this.addressesByPool.ids(joined(poolId))).map(({ cidr }) => cidr),
      ...this.ranges.getMany(this.rangesByPool.ids(joined(poolId))).map(({ span }) => span),
    ],
  );
  readonly resourcesByScope = new Lookup<DiscoveredResource>((resource) =>
    joined(resource.scopeId),
  );
  readonly resourcesByExternalId = new Lookup<DiscoveredResource>((resource) =>
    joined(resource.scopeId, resource.externalId),
  );
  readonly resourcesByPool = new Lookup<DiscoveredResource>((resource) =>
    resource.poolId === null ? null : joined(resource.poolId),
  );
  readonly resourcesByNetwork = new Lookup<DiscoveredResource>((resource) =>
    joined(resource.networkId),
  );
  readonly resourcesByExplanation = new Lookup<DiscoveredResource>((resource) =>
    resource.explainedBy === null ? null : joined(resource.explainedBy),
  );
  readonly networksByKey = new Lookup<Network>((network) =>
    joined(network.accountId, network.region, network.externalId),
  );

  readonly answers = new Table<AnswerRow, string>(this.history);
  readonly audit = new Table<AuditEntry>(this.history);
  readonly seals = new Table<AuditSeal>(this.history);
  /** Ids of entries that wait to be sealed. */
  readonly unsealed = new Table<number>(this.history);
  readonly subscribers = new Table<SubscriberState, string>(this.history);
  readonly tokens = new Table<Token>(this.history);
  readonly users = new Table<User>(this.history);
  readonly sessions = new Table<UserSession>(this.history);
  readonly attempts = new Table<LoginAttempt, string>(this.history);
  readonly loginCounts = new Table<LoginCount, string>(this.history);
  /** When used logout tokens expire, by their hash. */
  readonly logoutTokens = new Table<Date, string>(this.history);
  readonly vrfs = new Table<Vrf>(this.history);
  readonly vlanGroups = new Table<VlanGroup>(this.history);
  readonly vlans = new Table<Vlan>(this.history);
  readonly accounts = new Table<Account>(this.history);
  readonly pools = new Table<Pool>(this.history, [
    this.poolTree,
    this.poolsByExternalId,
    this.poolsByFirst,
    this.poolsWithRules,
    this.freeSpace,
  ]);
  readonly addresses = new Table<AddressRecord>(this.history, [
    this.addressesByPool,
    this.addressesByPlace,
    { changed: (before, after) => this.freeSpace.addressChanged(before, after) },
  ]);
  readonly ranges = new Table<RangeRecord>(this.history, [
    this.rangesByPool,
    { changed: (before, after) => this.freeSpace.rangeChanged(before, after) },
  ]);
  readonly scopes = new Table<ScopeState>(this.history);
  readonly networks = new Table<Network>(this.history, [this.networksByKey]);
  readonly resources = new Table<DiscoveredResource>(this.history, [
    this.unpooled,
    this.resourcesByScope,
    this.resourcesByExternalId,
    this.resourcesByPool,
    this.resourcesByNetwork,
    this.resourcesByExplanation,
    { changed: (before, after) => this.freeSpace.resourceChanged(before, after) },
  ]);
  readonly observed = new Table<ObservedAddress>(this.history, [
    this.observedByVrf,
    this.observedByScope,
    this.observedByKey,
    { changed: (before, after) => this.freeSpace.observedChanged(before, after) },
  ]);
  readonly mismatches = new Table<MismatchRow, string>(this.history);
  readonly agents = new Table<Agent, string>(this.history);
  readonly jobs = new Table<Job>(this.history);
  readonly parts = new Table<PartRow, string>(this.history);
  readonly savedMaps = new Table<SavedMap, string>(this.history);
  readonly digests = new Table<Digest>(this.history);
  readonly webhooks = new Table<Webhook>(this.history);
  readonly deliveriesOfWebhooks = new DeliveriesOfWebhooks();
  /** By webhook and seq. */
  readonly deliveries = new Table<Delivery, string>(this.history, [this.deliveriesOfWebhooks]);
  readonly usageOrder = new UsageOrder();
  readonly usageTree = new Table<UsageNode, string>(this.history, [this.usageOrder]);
  readonly daysOfPools = new UsageDays();
  readonly forecasts = new Table<PoolForecast>(this.history);
  /** Under 1, the only one. */
  readonly estateCount = new Table<KeptCount>(this.history);
  /** By pool and kind. */
  readonly recommendations = new Table<KeptRecommendation, string>(this.history);
  /** By subject, its id and the type. */
  readonly toldFindings = new Table<ToldFinding, string>(this.history);
  /** Under 1, the only one. */
  readonly toldRound = new Table<ToldRound>(this.history);
  /** By what has the lease, and its id. */
  readonly leaseWarnings = new Table<{ readonly endsAt: Date; readonly days: number }, string>(
    this.history,
  );
  readonly usageDays = new Table<PoolDay, string>(this.history, [this.daysOfPools]);
}

/** Every store that the domains ask a storage for. */
export type MemoryStores = AuditStores &
  IdentityStores &
  ReconciliationStores &
  ImportStores &
  WebhookStores &
  DigestStores &
  UsageStores & { readonly recommendations: RecommendationStore };

/** How each store is made. One that is missing here does not compile. */
const MAKERS: { readonly [Name in keyof MemoryStores]: (tables: Tables) => MemoryStores[Name] } = {
  answers: (tables) => new MemoryAnswerStore(tables),
  audit: (tables) => new MemoryAuditStore(tables),
  seals: (tables) => new MemorySealStore(tables),
  subscribers: (tables) => new MemorySubscriberStore(tables),
  tokens: (tables) => new MemoryTokenStore(tables),
  users: (tables) => new MemoryUserStore(tables),
  sessions: (tables) => new MemoryUserSessionStore(tables),
  attempts: (tables) => new MemoryLoginAttemptStore(tables),
  loginCounts: (tables) => new MemoryLoginCountStore(tables),
  pools: (tables) => new MemoryPoolStore(tables),
  addresses: (tables) => new MemoryAddressStore(tables),
  ranges: (tables) => new MemoryRangeStore(tables),
  vrfs: (tables) => new MemoryVrfStore(tables),
  vlanGroups: (tables) => new MemoryVlanGroupStore(tables),
  vlans: (tables) => new MemoryVlanStore(tables),
  accounts: (tables) => new MemoryAccountStore(tables),
  discovery: (tables) => new MemoryDiscoveryStore(tables),
  observed: (tables) => new MemoryObservedStore(tables),
  mismatches: (tables) => new MemoryMismatchStore(tables),
  agents: (tables) => new MemoryAgentStore(tables),
  jobs: (tables) => new MemoryJobStore(tables),
  parts: (tables) => new MemoryPartStore(tables),
  told: (tables) => new MemoryToldStore(tables),
  savedMaps: (tables) => new MemorySavedMapStore(tables),
  digests: (tables) => new MemoryDigestStore(tables),
  webhooks: (tables) => new MemoryWebhookStore(tables),
  deliveries: (tables) => new MemoryDeliveryStore(tables),
  usage: (tables) => new MemoryUsageStore(tables),
  forecasts: (tables) => new MemoryForecastStore(tables),
  estate: (tables) => new MemoryEstateStore(tables),
  recommendations: (tables) => new MemoryRecommendationStore(tables),
};

/** All stores over the tables. */
export function storesOver(tables: Tables): MemoryStores {
  return eachStore((name) => MAKERS[name](tables));
}

/** The stores, each as `change` gives it. */
export function mapStores(
  stores: MemoryStores,
  change: <Store extends object>(store: Store) => Store,
): MemoryStores {
  return eachStore((name) => change(stores[name]));
}

function eachStore(make: (name: keyof MemoryStores) => object): MemoryStores {
  const names = Object.keys(MAKERS) as (keyof MemoryStores)[]; // the keys of the table are its type
  return Object.fromEntries(names.map((name) => [name, make(name)])) as unknown as MemoryStores;
}
