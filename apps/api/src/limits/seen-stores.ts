import { reaches, type AuditFilter, type AuditStore, type Reach } from '@cloudpam/audit';
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
import type { Storage, Stores } from '../storage';
import { EntriesTo } from './entries-to';
import { poolsTo, resourcesTo } from './told-to';

/** What routes read from: all of it, or for someone with limits only what lies in their reach. */
export interface SeenStores {
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
export interface SeenStorage {
  read<T>(work: (stores: SeenStores) => Promise<T>): Promise<T>;
}

export function seenStorage(
  { unitOfWork }: Pick<Storage, 'unitOfWork'>,
  reach: Reach | undefined,
): SeenStorage {
  return { read: (work) => unitOfWork.read((stores) => work(seenBy(reach, stores))) };
}

export function seenBy(reach: Reach | undefined, stores: Stores): SeenStores {
  if (!reach) return stores;
  let named: Promise<NamedByPools> | undefined;
  const beside = new SeenRecords(stores, reach, () => (named ??= stores.pools.namedIn(reach)));
  return {
    pools: new SeenPools(stores.pools, reach),
    discovery: new SeenDiscovery(stores, reach),
    audit: new SeenAudit(stores.audit, reach),
    accounts: beside.accounts,
    vrfs: beside.vrfs,
    vlans: beside.vlans,
    jobs: beside.jobs,
    agents: beside.agents,
  };
}

/** Stands in queries for a pool beyond the reach: an id that no pool has. */
const NO_POOL = 0;

/** Pools of the reach. One whose parent is hidden stands as a root. */
class SeenPools implements Pick<PoolStore, keyof SeenStores['pools']> {
  constructor(
    private readonly pools: PoolStore,
    private readonly reach: Reach,
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
        reach: this.reach,
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
      pool && reaches(this.reach, pool) ? pool : undefined,
    );
  }

  childCounts(ids: readonly number[]): Promise<Map<number, number>> {
    return this.pools.childCounts(ids, this.reach);
  }

  regions(): Promise<string[]> {
    return this.pools.regions(this.reach);
  }

  freeBlocks(...query: Parameters<PoolStore['freeBlocks']>): ReturnType<PoolStore['freeBlocks']> {
    return this.pools.freeBlocks(...query);
  }

  private async shown(pools: readonly Pool[]): Promise<Pool[]> {
    return poolsTo(
      this.reach,
      this.pools,
      pools.filter((pool) => reaches(this.reach, pool)),
    );
  }
}

/** Resources of the reach. Reasons that tell of other pools and networks are told without them. */
class SeenDiscovery implements Pick<DiscoveryStore, keyof SeenStores['discovery']> {
  private readonly discovery: DiscoveryStore;

  constructor(
    private readonly stores: Stores,
    private readonly reach: Reach,
  ) {
    this.discovery = stores.discovery;
  }

  async resource(id: number): Promise<DiscoveredResource | undefined> {
    const found = await this.discovery.resource(id);
    return found && reaches(this.reach, found) ? (await this.told([found]))[0] : undefined;
  }

  async resources(
    ...[filter, page, size]: Parameters<DiscoveryStore['resources']>
  ): ReturnType<DiscoveryStore['resources']> {
    const { items, total } = await this.discovery.resources(
      { ...filter, reach: this.reach },
      page,
      size,
    );
    return { items: await this.told(items), total };
  }

  async findings(
    ...[filter, skip, limit]: Parameters<DiscoveryStore['findings']>
  ): ReturnType<DiscoveryStore['findings']> {
    const { items, total } = await this.discovery.findings(
      { ...filter, reach: this.reach },
      skip,
      limit,
    );
    const told = new Map(
      (await this.told(items.map(({ resource }) => resource))).map((each) => [each.id, each]),
    );
    return {
      items: items.flatMap(({ type, resource }) =>
        findingsOf(told.get(resource.id) ?? resource).filter((each) => each.type === type),
      ),
      total,
    };
  }

  async network(id: number): ReturnType<DiscoveryStore['network']> {
    const found = await this.discovery.network(id);
    const { total } = found
      ? await this.discovery.resources({ networkId: id, reach: this.reach }, 1, 1)
      : { total: 0 };
    return total > 0 ? found : undefined;
  }

  networks(
    ...[filter, page, size]: Parameters<DiscoveryStore['networks']>
  ): ReturnType<DiscoveryStore['networks']> {
    return this.discovery.networks({ ...filter, reach: this.reach }, page, size);
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
    return this.discovery.findingCounts(this.reach);
  }

  async unpooledTouching(
    vrfId: number,
    range: Parameters<DiscoveryStore['unpooledTouching']>[1],
    limit: number,
  ): Promise<DiscoveredResource[]> {
    const found = await this.discovery.unpooledTouching(vrfId, range, TOUCHING_LIMIT);
    return this.told(found.filter((resource) => reaches(this.reach, resource)).slice(0, limit));
  }

  private told(resources: readonly DiscoveredResource[]): Promise<DiscoveredResource[]> {
    return resourcesTo(this.reach, this.stores, resources);
  }

  private hasAccount(accountId: number): boolean {
    return hasWhole(this.reach, accountId);
  }
}

/** Resources that are looked through for those of a reach, where an address is searched. */
const TOUCHING_LIMIT = 1_000;

/**
 * What is told of an account as a whole is for those who are limited to accounts, and not to pools.
 */
function hasWhole({ accountIds, under }: Reach, accountId: number): boolean {
  return under === null && (accountIds?.includes(accountId) ?? false);
}

/** The audit log of what is there and in reach. */
class SeenAudit implements Pick<AuditStore, 'list' | 'scan'> {
  private readonly entries: EntriesTo;

  constructor(
    private readonly audit: AuditStore,
    private readonly reach: Reach,
  ) {
    this.entries = new EntriesTo(audit, reach);
  }

  async list(filter: AuditFilter, page: number, pageSize: number): ReturnType<AuditStore['list']> {
    const { entries, ...rest } = await this.audit.list(
      { ...filter, reach: this.reach },
      page,
      pageSize,
    );
    return { entries: await this.entries.told(entries), ...rest };
  }

  async scan(
    filter: AuditFilter,
    ...rest: [Parameters<AuditStore['scan']>[1], number]
  ): ReturnType<AuditStore['scan']> {
    return this.entries.told(await this.audit.scan({ ...filter, reach: this.reach }, ...rest));
  }
}

const ALL_RECORDS = 100_000;

/** Accounts, VRFs and VLANs that the pools of the reach name; jobs and agents of accounts in it. */
class SeenRecords implements Pick<SeenStores, 'accounts' | 'vrfs' | 'vlans' | 'jobs' | 'agents'> {
  constructor(
    private readonly stores: Stores,
    private readonly reach: Reach,
    private readonly named: () => Promise<NamedByPools>,
  ) {}

  readonly accounts: SeenStores['accounts'] = {
    get: async (id) =>
      (await this.accountIds()).includes(id) ? this.stores.accounts.get(id) : undefined,
    getMany: async (ids) => {
      const seen = new Set(await this.accountIds());
      return this.stores.accounts.getMany(ids.filter((id) => seen.has(id)));
    },
    list: async (filter, page, size) =>
      this.stores.accounts.list({ ...filter, ids: await this.accountIds() }, page, size),
  };

  readonly vrfs: SeenStores['vrfs'] = {
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

  readonly vlans: SeenStores['vlans'] = {
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

  readonly jobs: SeenStores['jobs'] = {
    get: async (id) => {
      const job = await this.stores.jobs.get(id);
      return job && hasWhole(this.reach, job.accountId) ? job : undefined;
    },
    list: async (filter, page, size) =>
      this.stores.jobs.list({ ...filter, accountIds: this.wholeAccounts() }, page, size),
  };

  readonly agents: SeenStores['agents'] = {
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
    return this.reach.under === null ? (this.reach.accountIds ?? []) : [];
  }

  private async accountIds(): Promise<readonly number[]> {
    return this.reach.under === null ? this.wholeAccounts() : (await this.named()).accountIds;
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
