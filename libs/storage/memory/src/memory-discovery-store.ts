import { isInScope, type AccessScope } from '@cloudpam/audit';
import { sameCidr, type AddressRange, type Cidr } from '@cloudpam/cidr';
import { isMeant, StoredConflict, type HostCount } from '@cloudpam/pools';
import {
  dismissedUntil,
  FINDING_TYPES,
  findingsOf,
  type DiscoveredResource,
  type DiscoveryStore,
  type Finding,
  type FindingAges,
  type FindingType,
  type FoundResource,
  type Network,
  type NetworkFilter,
  type ResourceFilter,
  type ScopeState,
} from '@cloudpam/reconciliation';
import { byAddress } from './address-index';
import { byText, pageOf } from './page-of';
import { DiscoveryConstraints } from './discovery-constraints';
import type { Lookup } from './lookup';
import { resourceFilter } from './resource-filter';
import { joined } from './lookup';
import type { Tables } from './stores';

/** Cloud inventory over Maps. */
export class MemoryDiscoveryStore implements DiscoveryStore {
  private readonly constraints: DiscoveryConstraints;

  constructor(private readonly tables: Tables) {
    this.constraints = new DiscoveryConstraints(tables);
  }

  async lockScope(accountId: number, region: string): Promise<ScopeState> {
    const found = this.tables.scopes
      .all()
      .find((scope) => scope.accountId === accountId && scope.region === region);
    if (found) return found;
    const scope: ScopeState = {
      id: this.tables.scopes.takeId(),
      accountId,
      region,
      coverage: 'failed',
      errorCode: null,
      errorMessage: null,
      collectedAt: null,
      completeAt: null,
      runId: null,
      interfaces: 'off',
      interfacesError: null,
      interfacesCompleteAt: null,
    };
    this.constraints.checkScope(scope);
    this.tables.scopes.set(scope.id, scope);
    return scope;
  }

  async saveScope(scope: ScopeState): Promise<void> {
    this.constraints.checkScope(scope);
    this.tables.scopes.update(scope.id, () => scope);
  }

  async scopeStates(): Promise<ScopeState[]> {
    return this.tables.scopes
      .all()
      .sort((a, b) => a.accountId - b.accountId || byText(a.region, b.region));
  }

  async scopes(): Promise<{ scope: ScopeState; vpcCount: number; subnetCount: number }[]> {
    return (await this.scopeStates()).map((scope) => {
      const resources = this.found(this.tables.resourcesByScope, scope.id);
      const subnets = resources.filter((resource) => resource.kind === 'subnet');
      return {
        scope,
        vpcCount: new Set(resources.map((resource) => resource.networkExternalId)).size,
        subnetCount: new Set(subnets.map((resource) => resource.externalId)).size,
      };
    });
  }

  async network(id: number): Promise<Network | undefined> {
    return this.tables.networks.getMany([id]).map(this.presentNetwork)[0];
  }

  async networksByKey(
    keys: readonly {
      readonly accountId: number;
      readonly region: string;
      readonly externalId: string;
    }[],
  ): Promise<Network[]> {
    const ids = keys.flatMap((key) => [
      ...this.tables.networksByKey.ids(joined(key.accountId, key.region, key.externalId)),
    ]);
    return this.tables.networks.getMany(ids).map(this.presentNetwork);
  }

  async networks(
    filter: NetworkFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: Network[]; total: number }> {
    const { accountId, vrfId, name, typed, accessScope } = filter;
    const resourcesOf = (id: number): DiscoveredResource[] =>
      this.found(this.tables.resourcesByNetwork, id);
    const found = this.tables.networks
      .all()
      .filter(
        (network) =>
          (accountId === undefined || network.accountId === accountId) &&
          (vrfId === undefined || network.vrfId === vrfId) &&
          (name === undefined || network.name === name) &&
          (!typed ||
            isMeant(typed, { names: [network.name, network.externalId] }) ||
            resourcesOf(network.id).some(({ cidr }) => isMeant(typed, { names: [], cidr }))) &&
          (!accessScope ||
            resourcesOf(network.id).some((resource) => isInScope(accessScope, resource))),
      );
    const { items, total } = pageOf(
      found.sort((a, b) => a.id - b.id),
      page,
      pageSize,
    );
    return { items: items.map(this.presentNetwork), total };
  }

  async networksThere(accountId: number, region: string): Promise<Network[]> {
    return this.tables.networks
      .all()
      .filter(
        (network) =>
          network.accountId === accountId && network.region === region && !network.goneAt,
      )
      .map(this.presentNetwork);
  }

  async insertNetworks(networks: readonly Omit<Network, 'id'>[]): Promise<Network[]> {
    return networks.map((network) => {
      const stored = { ...network, id: this.tables.networks.takeId() };
      this.constraints.checkNetwork(stored);
      this.tables.networks.set(stored.id, stored);
      return stored;
    });
  }

  async saveNetworks(networks: readonly Network[]): Promise<void> {
    for (const network of networks) {
      this.constraints.checkNetwork(network);
      this.tables.networks.update(network.id, () => network);
      const { vrfId } = network;
      for (const resource of this.found(this.tables.resourcesByNetwork, network.id)) {
        if (resource.vrfId !== vrfId)
          this.tables.resources.set(resource.id, { ...resource, vrfId });
      }
      for (const each of this.tables.observed.all())
        if (each.networkId === network.id && each.vrfId !== vrfId)
          this.tables.observed.set(each.id, { ...each, vrfId });
    }
  }

  async resource(id: number): Promise<DiscoveredResource | undefined> {
    return this.tables.resources.getMany([id]).map(this.present)[0];
  }

  lockResource(id: number): Promise<DiscoveredResource | undefined> {
    return this.resource(id);
  }

  async resourcesOfScope(scopeId: number): Promise<DiscoveredResource[]> {
    return this.found(this.tables.resourcesByScope, scopeId).sort(byAddress).map(this.present);
  }

  async resourcesByExternalId(
    scopeIds: readonly number[],
    externalIds: readonly string[],
  ): Promise<DiscoveredResource[]> {
    const ids = scopeIds.flatMap((scopeId) =>
      externalIds.flatMap((externalId) => [
        ...this.tables.resourcesByExternalId.ids(joined(scopeId, externalId)),
      ]),
    );
    return this.tables.resources.getMany(ids).sort(byAddress).map(this.present);
  }

  async unpooledTouching(
    vrfId: number,
    range: AddressRange,
    limit: number,
  ): Promise<DiscoveredResource[]> {
    const found: DiscoveredResource[] = [];
    for (const resource of this.tables.unpooled.touching(vrfId, range)) {
      if (found.length >= limit) break;
      found.push(this.present(resource));
    }
    return found;
  }

  async unpooledEqualTo(vrfId: number, cidrs: readonly Cidr[]): Promise<DiscoveredResource[]> {
    const found = cidrs.flatMap((cidr) =>
      [...this.tables.unpooled.touching(vrfId, cidr)].filter((each) => sameCidr(each.cidr, cidr)),
    );
    return [...new Set(found)].sort(byAddress).map((resource) => this.present(resource));
  }

  async resources(
    filter: ResourceFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: DiscoveredResource[]; total: number }> {
    const { items, total } = pageOf(
      this.tables.resources.all().filter(resourceFilter(filter)).sort(byAddress),
      page,
      pageSize,
    );
    return { items: items.map(this.present), total };
  }

  async findings(
    filter: ResourceFilter,
    skip: number,
    limit: number,
  ): Promise<{ items: Finding[]; total: number }> {
    const { finding: type = 'any', findingStatus: status, ...rest } = filter;
    const found = this.tables.resources
      .all()
      .filter(resourceFilter(rest))
      .sort(byAddress)
      .map(this.present)
      .flatMap(findingsOf)
      .filter(
        (each) =>
          (type === 'any' || each.type === type) &&
          (status === undefined || each.status === status),
      );
    return { items: found.slice(skip, skip + limit), total: Math.min(found.length, 10_001) };
  }

  async foundAfter(after: FoundResource | undefined, limit: number): Promise<FoundResource[]> {
    return this.tables.resources
      .all()
      .filter((each) => findingsOf(each).length > 0 && (!after || byAddress(after, each) < 0))
      .sort(byAddress)
      .slice(0, limit)
      .map(({ id, cidr }) => ({ id, cidr }));
  }

  async resourcesOf(ids: readonly number[]): Promise<DiscoveredResource[]> {
    return this.tables.resources.getMany(ids).map(this.present);
  }

  async findingCounts(accessScope?: AccessScope): Promise<Record<FindingType, number>> {
    const counts = Object.fromEntries(FINDING_TYPES.map((type) => [type, 0])) as Record<
      FindingType,
      number
    >; // each of its keys
    for (const finding of this.tables.resources
      .all()
      .filter((resource) => !accessScope || isInScope(accessScope, resource))
      .flatMap(findingsOf)) {
      if (finding.status === 'open') counts[finding.type]++;
    }
    return counts;
  }

  async findingAges(since: readonly Date[], accessScope?: AccessScope): Promise<FindingAges> {
    const counts = Object.fromEntries(
      FINDING_TYPES.map((type) => [type, [...since, null].map(() => 0)]),
    ) as unknown as Record<FindingType, number[]>; // each of its keys
    for (const resource of this.tables.resources
      .all()
      .filter((each) => !accessScope || isInScope(accessScope, each))) {
      const age = resource.orphanedAt ?? resource.firstSeenAt;
      const at = since.findIndex((each) => age >= each);
      for (const { type, status } of findingsOf(resource)) {
        const ofType = counts[type];
        const place = at < 0 ? since.length : at;
        if (status === 'open') ofType[place] = (ofType[place] ?? 0) + 1;
      }
    }
    return { counts, isAll: true };
  }

  async reserveResourceIds(count: number): Promise<number[]> {
    return Array.from({ length: count }, () => this.tables.resources.takeId());
  }

  async insertResources(resources: readonly DiscoveredResource[]): Promise<void> {
    for (const resource of resources) {
      if (this.tables.resources.has(resource.id)) throw new StoredConflict('resource_id');
      this.constraints.checkResource(resource);
      this.tables.resources.set(resource.id, this.inVrfOfNetwork(resource));
    }
  }

  async saveResources(resources: readonly DiscoveredResource[]): Promise<void> {
    for (const resource of resources) {
      if (!this.tables.resources.has(resource.id)) continue;
      this.constraints.checkResource(resource);
      this.tables.resources.set(resource.id, this.inVrfOfNetwork(resource));
    }
  }

  async orphanedBefore(before: Date, limit: number): Promise<DiscoveredResource[]> {
    return this.dueBefore(
      (resource) => resource.orphanedAt,
      (due) => due < before,
      limit,
    );
  }

  async lockDismissedUntil(at: Date, limit: number): Promise<DiscoveredResource[]> {
    return this.dueBefore(
      (resource) => dismissedUntil(resource.dismissals),
      (due) => due <= at,
      limit,
    );
  }

  async touchResources(ids: readonly number[], lastSeenAt: Date): Promise<void> {
    for (const id of new Set(ids))
      this.tables.resources.update(id, (resource) => ({ ...resource, lastSeenAt }));
  }

  async setFreeHosts(
    values: readonly { readonly id: number; readonly freeHosts: number | null }[],
  ): Promise<void> {
    for (const { id, freeHosts } of values)
      this.tables.resources.update(id, (resource) => ({ ...resource, freeHosts }));
  }

  async hostCounts(poolIds: readonly number[]): Promise<Map<number, HostCount>> {
    const found = new Map<number, HostCount>();
    for (const poolId of poolIds) {
      for (const resource of this.found(this.tables.resourcesByPool, poolId).map(this.present)) {
        const { freeHosts: free, lastSeenAt: observedAt, sync } = resource;
        const scope = this.tables.scopes.get(resource.scopeId);
        if (sync !== 'orphaned')
          found.set(poolId, {
            free,
            observedAt,
            interfaces: scope?.interfaces ?? 'off',
            interfacesAt: scope?.interfacesCompleteAt ?? null,
          });
      }
    }
    return found;
  }

  async removeResources(ids: readonly number[]): Promise<void> {
    for (const id of ids) this.remove(id);
  }

  async unlinkPools(poolIds: readonly number[]): Promise<void> {
    for (const resource of poolIds.flatMap((poolId) =>
      this.found(this.tables.resourcesByPool, poolId),
    )) {
      if (resource.sync === 'orphaned') this.remove(resource.id);
      else {
        this.tables.resources.update(resource.id, (stored) => ({
          ...stored,
          poolId: null,
          management: 'unmanaged',
          managementReason: 'its pool was deleted',
        }));
      }
    }
  }

  private readonly presentNetwork = (network: Network): Network => {
    const scope = network.goneAt
      ? undefined
      : this.tables.scopes
          .all()
          .find(
            ({ accountId, region }) => accountId === network.accountId && region === network.region,
          );
    return scope?.completeAt && scope.completeAt > network.lastSeenAt
      ? { ...network, lastSeenAt: scope.completeAt }
      : network;
  };

  private dueBefore(
    dateOf: (resource: DiscoveredResource) => Date | null,
    isDue: (date: Date) => boolean,
    limit: number,
  ): DiscoveredResource[] {
    return this.tables.resources
      .all()
      .flatMap((resource) => {
        const date = dateOf(resource);
        return date && isDue(date) ? [{ resource, date }] : [];
      })
      .sort((a, b) => a.date.getTime() - b.date.getTime() || a.resource.id - b.resource.id)
      .slice(0, limit)
      .map(({ resource }) => this.present(resource));
  }

  /** The resource with the last time that its scope was listed. */
  private readonly present = (resource: DiscoveredResource): DiscoveredResource => {
    const listed =
      resource.sync === 'orphaned'
        ? null
        : (this.tables.scopes.get(resource.scopeId)?.completeAt ?? null);
    return listed && listed > resource.lastSeenAt ? { ...resource, lastSeenAt: listed } : resource;
  };

  private remove(id: number): void {
    this.tables.resources.delete(id);
    for (const explained of this.found(this.tables.resourcesByExplanation, id)) {
      this.tables.resources.set(explained.id, { ...explained, explainedBy: null });
    }
  }

  private inVrfOfNetwork(resource: DiscoveredResource): DiscoveredResource {
    const vrfId = this.tables.networks.get(resource.networkId)?.vrfId ?? resource.vrfId;
    return { ...resource, vrfId };
  }

  private found(lookup: Lookup<DiscoveredResource>, id: number): DiscoveredResource[] {
    return this.tables.resources.getMany(lookup.ids(joined(id)));
  }
}
