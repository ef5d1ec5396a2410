import { isInScope, type AuditFilter, type AuditStore, type AccessScope } from '@cloudpam/audit';
import type {
  AccountStore,
  NamedByPools,
  Pool,
  PoolStore,
  VlanStore,
  VrfStore,
} from '@cloudpam/pools';
import {
  findingsOf,
  type AgentStore,
  type DiscoveredResource,
  type DiscoveryStore,
  type JobStore,
} from '@cloudpam/reconciliation';
import type { Storage, Stores } from '../storage/storage';
import { VisibleEntries } from './visible-entries';
import { poolsTo, resourcesTo } from './redacted-for';

/** What routes read from: all of it, or for someone with limits only what lies in their access scope. */
export interface VisibleStores {
  readonly pools: Pick<
    PoolStore,
    | 'get'
    | 'getMany'
    | 'list'
    | 'ancestors'
    | 'childrenWithin'
    | 'smallestContaining'
    | 'childCounts'
    | 'freeBlocks'
    | 'regions'
  >;
  readonly accounts: Pick<AccountStore, 'get' | 'getMany' | 'list'>;
  readonly vrfs: Pick<VrfStore, 'get' | 'list'>;
  readonly vlans: Pick<VlanStore, 'get' | 'list'>;
  readonly discovery: Pick<
    DiscoveryStore,
    | 'resource'
    | 'resources'
    | 'findings'
    | 'network'
    | 'networks'
    | 'scopes'
    | 'scopeStates'
    | 'findingCounts'
    | 'unpooledTouching'
  >;
  readonly jobs: Pick<JobStore, 'get' | 'list'>;
  readonly agents: Pick<AgentStore, 'list'>;
  readonly audit: Pick<AuditStore, 'list' | 'scan'>;
}

/** Reads in units of work, each over what its caller sees. */
export interface VisibleStorage {
  read<T>(work: (stores: VisibleStores) => Promise<T>): Promise<T>;
}

export function visibleStorage(
  { unitOfWork }: Pick<Storage, 'unitOfWork'>,
  accessScope: AccessScope | undefined,
): VisibleStorage {
  return { read: (work) => unitOfWork.read((stores) => work(visibleTo(accessScope, stores))) };
}

export function visibleTo(accessScope: AccessScope | undefined, stores: Stores): VisibleStores {
  if (!accessScope) return stores;
  let named: Promise<NamedByPools> | undefined;
  const beside = new SeenRecords(
    stores,
    accessScope,
    () => (named ??= stores.pools.namedIn(accessScope)),
  );
  return {
    pools: new SeenPools(stores.pools, accessScope),
    discovery: new SeenDiscovery(stores, accessScope),
    audit: new SeenAudit(stores.audit, accessScope),
    accounts: beside.accounts,
    vrfs: beside.vrfs,
    vlans: beside.vlans,
    jobs: beside.jobs,
    agents: beside.agents,
  };
}

/** Stands in queries for a pool beyond the access scope: an id that no pool has. */
const NO_POOL = 0;

/** Pools of the access scope. One whose parent is hidden stands as a root. */
class SeenPools implements Pick<PoolStore, keyof VisibleStores['pools']> {
  constructor(
    private readonly pools: PoolStore,
    private readonly accessScope: AccessScope,
  ) {}

  async get(id: number): Promise<Pool | undefined> {
    return (await this.getMany([id]))[0];
  }

  async getMany(ids: readonly number[]): Promise<Pool[]> {
    return this.shown(await this.pools.getMany(ids));
  }

  async list(...[filter, page]: Parameters<PoolStore['list']>): ReturnType<PoolStore['list']> {
    const known = async (ids: readonly number[]): Promise<number[]> => {
      const seen = new Set((await this.getMany(ids)).map((pool) => pool.id));
      return ids.map((id) => (seen.has(id) ? id : NO_POOL));
    };
    const { parentId, under } = filter;
    const { items, ...rest } = await this.pools.list(
      {
        ...filter,
        accessScope: this.accessScope,
        ...(typeof parentId === 'number' ? { parentId: (await known([parentId]))[0] } : {}),
        ...(under ? { under: await known(under) } : {}),
      },
      page,
    );
    return { items: await this.shown(items), ...rest };
  }

  async ancestors(id: number): Promise<Pool[]> {
    return this.shown(await this.pools.ancestors(id));
  }

  async childrenWithin(...query: Parameters<PoolStore['childrenWithin']>): Promise<Pool[]> {
    return this.shown(await this.pools.childrenWithin(...query));
  }

  async smallestContaining(
    ...query: Parameters<PoolStore['smallestContaining']>
  ): Promise<(Pool | undefined)[]> {
    return (await this.pools.smallestContaining(...query)).map((pool) =>
      pool && isInScope(this.accessScope, pool) ? pool : undefined,
    );
  }

  childCounts(ids: readonly number[]): Promise<Map<number, number>> {
    return this.pools.childCounts(ids, this.accessScope);
  }

  regions(): Promise<string[]> {
    return this.pools.regions(this.accessScope);
  }

  freeBlocks(...query: Parameters<PoolStore['freeBlocks']>): ReturnType<PoolStore['freeBlocks']> {
    return this.pools.freeBlocks(...query);
  }

  private async shown(pools: readonly Pool[]): Promise<Pool[]> {
    return poolsTo(
      this.accessScope,
      this.pools,
      pools.filter((pool) => isInScope(this.accessScope, pool)),
    );
  }
}

/** Resources of the access scope. Reasons that tell of other pools and networks are told without them. */
class SeenDiscovery implements Pick<DiscoveryStore, keyof VisibleStores['discovery']> {
  private readonly discovery: DiscoveryStore;

  constructor(
    private readonly stores: Stores,
    private readonly accessScope: AccessScope,
  ) {
    this.discovery = stores.discovery;
  }

  async resource(id: number): Promise<DiscoveredResource | undefined> {
    const found = await this.discovery.resource(id);
    return found && isInScope(this.accessScope, found)
      ? (await this.redacted([found]))[0]
      : undefined;
  }

  async resources(
    ...[filter, page, size]: Parameters<DiscoveryStore['resources']>
  ): ReturnType<DiscoveryStore['resources']> {
    const { items, total } = await this.discovery.resources(
      { ...filter, accessScope: this.accessScope },
      page,
      size,
    );
    return { items: await this.redacted(items), total };
  }

  async findings(
    ...[filter, skip, limit]: Parameters<DiscoveryStore['findings']>
  ): ReturnType<DiscoveryStore['findings']> {
    const { items, total } = await this.discovery.findings(
      { ...filter, accessScope: this.accessScope },
      skip,
      limit,
    );
    const redacted = new Map(
      (await this.redacted(items.map(({ resource }) => resource))).map((each) => [each.id, each]),
    );
    return {
      items: items.flatMap(({ type, resource }) =>
        findingsOf(redacted.get(resource.id) ?? resource).filter((each) => each.type === type),
      ),
      total,
    };
  }

  async network(id: number): ReturnType<DiscoveryStore['network']> {
    const found = await this.discovery.network(id);
    const { total } = found
      ? await this.discovery.resources({ networkId: id, accessScope: this.accessScope }, 1, 1)
      : { total: 0 };
    return total > 0 ? found : undefined;
  }

  networks(
    ...[filter, page, size]: Parameters<DiscoveryStore['networks']>
  ): ReturnType<DiscoveryStore['networks']> {
    return this.discovery.networks({ ...filter, accessScope: this.accessScope }, page, size);
  }

  async scopes(): ReturnType<DiscoveryStore['scopes']> {
    return (await this.discovery.scopes()).filter(({ scope }) => this.hasAccount(scope.accountId));
  }

  async scopeStates(): ReturnType<DiscoveryStore['scopeStates']> {
    return (await this.discovery.scopeStates()).filter(({ accountId }) =>
      this.hasAccount(accountId),
    );
  }

  findingCounts(): ReturnType<DiscoveryStore['findingCounts']> {
    return this.discovery.findingCounts(this.accessScope);
  }

  async unpooledTouching(
    vrfId: number,
    range: Parameters<DiscoveryStore['unpooledTouching']>[1],
    limit: number,
  ): Promise<DiscoveredResource[]> {
    const found = await this.discovery.unpooledTouching(vrfId, range, TOUCHING_LIMIT);
    return this.redacted(
      found.filter((resource) => isInScope(this.accessScope, resource)).slice(0, limit),
    );
  }

  private redacted(resources: readonly DiscoveredResource[]): Promise<DiscoveredResource[]> {
    return resourcesTo(this.accessScope, this.stores, resources);
  }

  private hasAccount(accountId: number): boolean {
    return hasWhole(this.accessScope, accountId);
  }
}

/** Resources that are looked through for those of an access scope, where an address is searched. */
const TOUCHING_LIMIT = 1_000;

/**
 * What is told of an account as a whole is for those who are limited to accounts, and not to pools.
 */
function hasWhole({ accountIds, under }: AccessScope, accountId: number): boolean {
  return under === null && (accountIds?.includes(accountId) ?? false);
}

/** The audit log of what is there and in the access scope. */
class SeenAudit implements Pick<AuditStore, 'list' | 'scan'> {
  private readonly entries: VisibleEntries;

  constructor(
    private readonly audit: AuditStore,
    private readonly accessScope: AccessScope,
  ) {
    this.entries = new VisibleEntries(audit, accessScope);
  }

  async list(filter: AuditFilter, page: number, pageSize: number): ReturnType<AuditStore['list']> {
    const { entries, ...rest } = await this.audit.list(
      { ...filter, accessScope: this.accessScope },
      page,
      pageSize,
    );
    return { entries: await this.entries.redacted(entries), ...rest };
  }

  async scan(
    filter: AuditFilter,
    ...rest: [Parameters<AuditStore['scan']>[1], number]
  ): ReturnType<AuditStore['scan']> {
    return this.entries.redacted(
      await this.audit.scan({ ...filter, accessScope: this.accessScope }, ...rest),
    );
  }
}

const ALL_RECORDS = 100_000;

/** Accounts, VRFs and VLANs that the pools of the access scope name; jobs and agents of accounts in it. */
class SeenRecords implements Pick<
  VisibleStores,
  'accounts' | 'vrfs' | 'vlans' | 'jobs' | 'agents'
> {
  constructor(
    private readonly stores: Stores,
    private readonly accessScope: AccessScope,
    private readonly named: () => Promise<NamedByPools>,
  ) {}

  readonly accounts: VisibleStores['accounts'] = {
    get: async (id) =>
      (await this.accountIds()).includes(id) ? this.stores.accounts.get(id) : undefined,
    getMany: async (ids) => {
      const seen = new Set(await this.accountIds());
      return this.stores.accounts.getMany(ids.filter((id) => seen.has(id)));
    },
    list: async (filter, page, size) =>
      this.stores.accounts.list({ ...filter, ids: await this.accountIds() }, page, size),
  };

  readonly vrfs: VisibleStores['vrfs'] = {
    get: async (id) =>
      (await this.named()).vrfIds.includes(id) ? this.stores.vrfs.get(id) : undefined,
    list: async (page, size, text) =>
      pageOf(
        await this.stores.vrfs.list(1, ALL_RECORDS, text),
        new Set((await this.named()).vrfIds),
        page,
        size,
      ),
  };

  readonly vlans: VisibleStores['vlans'] = {
    get: async (id) =>
      (await this.named()).vlanIds.includes(id) ? this.stores.vlans.get(id) : undefined,
    list: async (page, size, text) =>
      pageOf(
        await this.stores.vlans.list(1, ALL_RECORDS, text),
        new Set((await this.named()).vlanIds),
        page,
        size,
      ),
  };

  readonly jobs: VisibleStores['jobs'] = {
    get: async (id) => {
      const job = await this.stores.jobs.get(id);
      return job && hasWhole(this.accessScope, job.accountId) ? job : undefined;
    },
    list: async (filter, page, size) =>
      this.stores.jobs.list({ ...filter, accountIds: this.wholeAccounts() }, page, size),
  };

  readonly agents: VisibleStores['agents'] = {
    list: async (page, size) => {
      const keys = new Set(
        (await this.stores.accounts.getMany(this.wholeAccounts())).map((account) => account.key),
      );
      const { items } = await this.stores.agents.list(1, ALL_RECORDS);
      const seen = items
        .map((agent) => ({ ...agent, accounts: agent.accounts.filter((key) => keys.has(key)) }))
        .filter((agent) => agent.accounts.length > 0);
      return { items: seen.slice((page - 1) * size, page * size), total: seen.length };
    },
  };

  private wholeAccounts(): readonly number[] {
    return this.accessScope.under === null ? (this.accessScope.accountIds ?? []) : [];
  }

  private async accountIds(): Promise<readonly number[]> {
    return this.accessScope.under === null ? this.wholeAccounts() : (await this.named()).accountIds;
  }
}

function pageOf<T extends { readonly id: number }>(
  { items }: { readonly items: readonly T[] },
  seen: ReadonlySet<number>,
  page: number,
  size: number,
): { items: T[]; total: number } {
  const found = items.filter(({ id }) => seen.has(id));
  return { items: found.slice((page - 1) * size, page * size), total: found.length };
}
