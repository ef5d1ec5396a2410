import { isInScope, type AccessScope } from '@cloudpam/audit';
import {
  findingsOf,
  type DiscoveredResource,
  type DiscoveryStore,
  type ReconciliationReadStores,
} from '@cloudpam/reconciliation';
import type { Stores } from '../../storage/storage';
import { visiblePoolIds } from '../entities/pool-access';
import { resourcesAsVisible } from '../entities/resource-access';
import { isWhole } from './whole-accounts';

/** What can be read of the cloud inventory. */
export type VisibleDiscovery = ReconciliationReadStores['discovery'];

/** The cloud inventory of the access scope. */
export function visibleDiscovery(stores: Stores, accessScope: AccessScope): VisibleDiscovery {
  return new DiscoveryInScope(stores, accessScope);
}

/** Resources that are looked through for those of an access scope, where an address is searched. */
const TOUCHING_LIMIT = 1_000;

/** Resources of the access scope. Reasons that tell of other pools and networks are told without them. */
class DiscoveryInScope implements VisibleDiscovery {
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

  findingAges(since: readonly Date[]): ReturnType<DiscoveryStore['findingAges']> {
    return this.discovery.findingAges(since, this.accessScope);
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

  async hostCounts(poolIds: readonly number[]): ReturnType<DiscoveryStore['hostCounts']> {
    const visible = await visiblePoolIds(this.accessScope, this.stores.pools, poolIds);
    return this.discovery.hostCounts([...visible]);
  }

  private redacted(resources: readonly DiscoveredResource[]): Promise<DiscoveredResource[]> {
    return resourcesAsVisible(this.accessScope, this.stores, resources);
  }

  private hasAccount(accountId: number): boolean {
    return isWhole(this.accessScope, accountId);
  }
}
