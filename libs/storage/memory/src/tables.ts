import type { AuditEntry, AuditSeal, SubscriberState } from '@cloudpam/audit';
import type { LoginAttempt, Token, User, UserSession } from '@cloudpam/identity';
import type { Account, Pool, Vlan, Vrf } from '@cloudpam/pools';
import type {
  Agent,
  DiscoveredResource,
  Job,
  ListedPart,
  Network,
  PartedListing,
  ScopeState,
} from '@cloudpam/reconciliation';
import { FreeSpace } from './free-space';
import type { History } from './history';
import { Lookup } from './lookup';
import { PoolTree } from './pool-tree';
import { Table } from './table';
import { UnpooledResources } from './unpooled-resources';

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
  readonly freeSpace = new FreeSpace(this.poolTree, this.unpooled);
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
  /** When used logout tokens expire, by their hash. */
  readonly logoutTokens = new Table<Date, string>(this.history);
  readonly vrfs = new Table<Vrf>(this.history);
  readonly vlans = new Table<Vlan>(this.history);
  readonly accounts = new Table<Account>(this.history);
  readonly pools = new Table<Pool>(this.history, [
    this.poolTree,
    this.poolsByExternalId,
    this.poolsByFirst,
    this.poolsWithRules,
    this.freeSpace,
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
  readonly agents = new Table<Agent, string>(this.history);
  readonly jobs = new Table<Job>(this.history);
  readonly parts = new Table<PartRow, string>(this.history);
}

/** A key for a `Lookup`; cloud ids and regions have no space in them. */
export function joined(...parts: readonly (string | number | bigint)[]): string {
  return parts.join(' ');
}
