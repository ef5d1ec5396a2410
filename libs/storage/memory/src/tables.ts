import type { AuditEntry, AuditSeal, ForwardState } from '@cloudpam/audit';
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

  readonly answers: Table<AnswerRow, string>;
  readonly audit: Table<AuditEntry>;
  readonly seals: Table<AuditSeal>;
  /** Ids of entries that wait to be sealed. */
  readonly unsealed: Table<number>;
  readonly forwards: Table<ForwardState, string>;
  readonly tokens: Table<Token>;
  readonly users: Table<User>;
  readonly sessions: Table<UserSession>;
  readonly attempts: Table<LoginAttempt, string>;
  /** When used logout tokens expire, by their hash. */
  readonly logoutTokens: Table<Date, string>;
  readonly vrfs: Table<Vrf>;
  readonly vlans: Table<Vlan>;
  readonly accounts: Table<Account>;
  readonly pools: Table<Pool>;
  /** As they were when they were deleted. */
  readonly formerPools: Table<Pool>;
  readonly scopes: Table<ScopeState>;
  readonly networks: Table<Network>;
  readonly resources: Table<DiscoveredResource>;
  readonly agents: Table<Agent, string>;
  readonly jobs: Table<Job>;
  readonly parts: Table<PartRow, string>;

  constructor(readonly history: History) {
    this.answers = new Table(history);
    this.audit = new Table(history);
    this.seals = new Table(history);
    this.unsealed = new Table(history);
    this.forwards = new Table(history);
    this.tokens = new Table(history);
    this.users = new Table(history);
    this.sessions = new Table(history);
    this.attempts = new Table(history);
    this.logoutTokens = new Table(history);
    this.vrfs = new Table(history);
    this.vlans = new Table(history);
    this.accounts = new Table(history);
    this.pools = new Table(history, [
      this.poolTree,
      this.poolsByExternalId,
      this.poolsByFirst,
      this.poolsWithRules,
      this.freeSpace,
    ]);
    this.formerPools = new Table(history);
    this.scopes = new Table(history);
    this.networks = new Table(history, [this.networksByKey]);
    this.agents = new Table(history);
    this.jobs = new Table(history);
    this.parts = new Table(history);
    this.resources = new Table(history, [
      this.unpooled,
      this.resourcesByScope,
      this.resourcesByExternalId,
      this.resourcesByPool,
      this.resourcesByNetwork,
      this.resourcesByExplanation,
      { changed: (before, after) => this.freeSpace.resourceChanged(before, after) },
    ]);
  }
}

/** A key for a `Lookup`; cloud ids and regions have no space in them. */
export function joined(...parts: readonly (string | number | bigint)[]): string {
  return parts.join(' ');
}
