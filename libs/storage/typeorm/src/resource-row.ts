import { dismissedUntil, type DiscoveredResource } from '@cloudpam/reconciliation';
import { blockOf, blockValues } from './pool-row';
import type { Columns, Row } from './session';
import { raw } from './sql';
import { jsonOf, optionalTimeOf, timeOf } from './values';

/**
 * Columns that `insertResources` writes, and `saveResources` too, but that vrf_id follows the
 * network.
 */
export const RESOURCE_COLUMNS = {
  id: 'id',
  network_id: 'id',
  vrf_id: 'int',
  scope_id: 'int',
  account_id: 'int',
  region: 'text',
  kind: 'text',
  external_id: 'text',
  network_external_id: 'text',
  zone_id: 'text',
  name: 'text',
  lo: 'bytes',
  hi: 'bytes',
  plen: 'int',
  cidr: 'cidr',
  tags: 'json',
  pool_id: 'id',
  management: 'text',
  management_reason: 'text',
  overlap: 'text',
  overlap_reason: 'text',
  explained_by: 'id',
  sync: 'text',
  sync_reason: 'text',
  orphaned_at: 'time',
  outpost: 'text',
  conflict: 'text',
  compliance: 'text',
  dismissals: 'json',
  dismissed_until: 'time',
  first_seen_at: 'time',
  last_seen_at: 'time',
  free_hosts: 'int',
} as const satisfies Columns;

const READ = Object.keys(RESOURCE_COLUMNS).filter(
  (name) => !['hi', 'cidr', 'dismissed_until', 'last_seen_at'].includes(name),
);
// A complete listing touches no row of what it found as it was: the scope's time stands for all.
export const LAST_SEEN =
  "case when r.sync <> 'orphaned' and s.complete_at > r.last_seen_at then s.complete_at " +
  'else r.last_seen_at end as last_seen_at';
export const RESOURCE_FIELDS = raw(
  `${READ.map((name) => `r.${name}`).join(', ')}, ${LAST_SEEN}, a.provider`,
);
export const RESOURCE_TABLES = raw(
  'resource r join account a on a.id = r.account_id join scope s on s.id = r.scope_id',
);

export interface ResourceRow {
  id: number;
  network_id: number;
  vrf_id: number;
  scope_id: number;
  account_id: number;
  provider: DiscoveredResource['provider'];
  region: string;
  kind: DiscoveredResource['kind'];
  external_id: string;
  network_external_id: string;
  zone_id: string | null;
  name: string;
  lo: Uint8Array;
  plen: number;
  tags: DiscoveredResource['tags'] | string;
  pool_id: number | null;
  management: DiscoveredResource['management'];
  management_reason: string;
  overlap: DiscoveredResource['overlap'];
  overlap_reason: string;
  explained_by: number | null;
  sync: DiscoveredResource['sync'];
  sync_reason: string;
  orphaned_at: Date | number | null;
  outpost: string | null;
  conflict: string;
  compliance: string;
  dismissals: DiscoveredResource['dismissals'] | string;
  first_seen_at: Date | number;
  last_seen_at: Date | number;
  free_hosts: number | null;
}

/** Values in the order of RESOURCE_COLUMNS. */
export function resourceToRow(resource: DiscoveredResource): Row {
  return [
    resource.id,
    resource.networkId,
    resource.vrfId,
    resource.scopeId,
    resource.accountId,
    resource.region,
    resource.kind,
    resource.externalId,
    resource.networkExternalId,
    resource.zoneId,
    resource.name,
    ...blockValues(resource.cidr),
    JSON.stringify(resource.tags),
    resource.poolId,
    resource.management,
    resource.managementReason,
    resource.overlap,
    resource.overlapReason,
    resource.explainedBy,
    resource.sync,
    resource.syncReason,
    resource.orphanedAt,
    resource.outpost,
    resource.conflict,
    resource.compliance,
    JSON.stringify(resource.dismissals),
    dismissedUntil(resource.dismissals),
    resource.firstSeenAt,
    resource.lastSeenAt,
    resource.freeHosts,
  ];
}

export function resourceFromRow(row: ResourceRow): DiscoveredResource {
  return {
    id: row.id,
    networkId: row.network_id,
    vrfId: row.vrf_id,
    scopeId: row.scope_id,
    accountId: row.account_id,
    provider: row.provider,
    region: row.region,
    kind: row.kind,
    externalId: row.external_id,
    networkExternalId: row.network_external_id,
    zoneId: row.zone_id,
    name: row.name,
    cidr: blockOf(row),
    freeHosts: row.free_hosts,
    tags: jsonOf(row.tags),
    poolId: row.pool_id,
    management: row.management,
    managementReason: row.management_reason,
    overlap: row.overlap,
    overlapReason: row.overlap_reason,
    explainedBy: row.explained_by,
    sync: row.sync,
    syncReason: row.sync_reason,
    orphanedAt: optionalTimeOf(row.orphaned_at),
    outpost: row.outpost,
    conflict: row.conflict,
    compliance: row.compliance,
    dismissals: jsonOf(row.dismissals),
    firstSeenAt: timeOf(row.first_seen_at),
    lastSeenAt: timeOf(row.last_seen_at),
  };
}
