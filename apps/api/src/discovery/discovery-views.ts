import { formatCidr } from '@cloudpam/cidr';
import { zonePlacement, type DiscoveredResource, type Network } from '@cloudpam/reconciliation';
import type { Accounts } from './accounts-of';

type View = Record<string, unknown>;

const where = (
  at: { accountId: number; provider: string; region: string },
  accounts: Accounts,
): View => ({
  account_id: at.accountId,
  account_key: accounts.get(at.accountId)?.key ?? '',
  provider: at.provider,
  region: at.region,
});

export function resourceView(resource: DiscoveredResource, accounts: Accounts): View {
  return {
    id: resource.id,
    network_id: resource.networkId,
    network_external_id: resource.networkExternalId,
    vrf_id: resource.vrfId,
    ...where(resource, accounts),
    zone_id: resource.zoneId,
    kind: resource.kind,
    external_id: resource.externalId,
    name: resource.name,
    cidr: formatCidr(resource.cidr),
    tags: resource.tags,
    pool_id: resource.poolId,
    management: resource.management,
    management_reason: resource.managementReason,
    overlap_status: resource.overlap,
    overlap_reason: resource.overlapReason,
    sync_status: resource.sync,
    sync_reason: resource.syncReason,
    orphaned_at: resource.orphanedAt,
    outpost: resource.outpost,
    placement: zonePlacement(resource.zoneId, resource.outpost ?? undefined),
    conflict: resource.conflict,
    compliance: resource.compliance,
    ignored: resource.dismissals,
    explained_by: resource.explainedBy,
    first_seen_at: resource.firstSeenAt,
    last_seen_at: resource.lastSeenAt,
  };
}

export function networkView(network: Network, accounts: Accounts): View {
  return {
    id: network.id,
    ...where(network, accounts),
    external_id: network.externalId,
    name: network.name,
    is_default: network.isDefault,
    vrf_id: network.vrfId,
    first_seen_at: network.firstSeenAt,
    last_seen_at: network.lastSeenAt,
    gone_at: network.goneAt,
  };
}
