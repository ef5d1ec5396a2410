import { sameCidr } from '@cloudpam/cidr';
import { StoredConflict } from '@cloudpam/pools';
import type { DiscoveredResource, Network, ScopeState } from '@cloudpam/reconciliation';
import { joined } from './lookup';
import type { Tables } from './stores';

/** What a database would refuse about the cloud inventory. Every check throws StoredConflict. */
export class DiscoveryConstraints {
  constructor(private readonly tables: Tables) {}

  checkScope(scope: ScopeState): void {
    if (!this.tables.accounts.has(scope.accountId)) throw new StoredConflict('scope_account');
  }

  checkNetwork(network: Network): void {
    if (!this.tables.accounts.has(network.accountId)) throw new StoredConflict('network_account');
    if (!this.tables.vrfs.has(network.vrfId)) throw new StoredConflict('network_vrf');
    const same = this.tables.networksByKey.ids(
      joined(network.accountId, network.region, network.externalId),
    );
    if ([...same].some((id) => id !== network.id)) throw new StoredConflict('network_external_id');
  }

  checkResource(resource: DiscoveredResource): void {
    if (!this.tables.networks.has(resource.networkId)) throw new StoredConflict('resource_network');
    if (!this.tables.scopes.has(resource.scopeId)) throw new StoredConflict('resource_scope');
    if (!this.tables.accounts.has(resource.accountId)) throw new StoredConflict('resource_account');
    if (resource.poolId !== null && !this.tables.pools.has(resource.poolId))
      throw new StoredConflict('resource_pool');
    // A scope is one account in one region, so the scope and the cloud's id are the identity but
    // for the block.
    const same = this.tables.resourcesByExternalId.ids(
      joined(resource.scopeId, resource.externalId),
    );
    const taken = this.tables.resources
      .getMany(same)
      .some((other) => other.id !== resource.id && sameCidr(other.cidr, resource.cidr));
    if (taken) throw new StoredConflict('resource_external_id');
  }
}
