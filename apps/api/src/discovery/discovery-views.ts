import { formatCidr } from '@cloudpam/cidr';
import type { Account } from '@cloudpam/pools';
import {
  zonePlacement,
  type DiscoveredResource,
  type Job,
  type Network,
} from '@cloudpam/reconciliation';
import type { SeenStores } from '../limits/seen-stores';

type View = Record<string, unknown>;
export type Accounts = ReadonlyMap<number, Account>;

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

export function jobView(job: Job, accounts: Accounts): View {
  return {
    id: job.id,
    account_id: job.accountId,
    account_key: accounts.get(job.accountId)?.key ?? '',
    status: job.status,
    requested_by: job.requestedBy,
    requested_at: job.requestedAt,
    started_at: job.startedAt,
    finished_at: job.finishedAt,
    agent: job.instance,
    attempt: job.attempt,
    scopes_done: job.scopesDone,
    scopes_total: job.scopesTotal,
    message: job.message,
    error: job.error,
    counts: job.counts,
  };
}

/** The accounts that some things name, by id. */
export async function accountsOf(
  stores: Pick<SeenStores, 'accounts'>,
  some: readonly { accountId: number }[],
): Promise<Map<number, Account>> {
  const accounts = await stores.accounts.getMany([...new Set(some.map((each) => each.accountId))]);
  return new Map(accounts.map((account) => [account.id, account]));
}
