import type { Api, AuditEntry, AuditList, DiscoveryStatus, List, Pool } from './api';

interface Resource {
  readonly pool_id: number | null;
  readonly account_key: string;
  readonly region: string;
  readonly kind: string;
  readonly external_id: string;
  readonly cidr: string;
  readonly name: string;
  readonly network_external_id: string;
  readonly vrf_id: number;
  readonly zone_id: string | null;
  readonly tags: unknown;
  readonly conflict: string;
  readonly compliance: string;
  readonly management: string;
  readonly management_reason: string;
  readonly overlap_status: string;
  readonly overlap_reason: string;
  readonly sync_status: string;
  readonly sync_reason: string;
}

/**
 * Everything that a server has, without what differs each time: ids and times. Lists are in an
 * order of their own.
 */
export interface WholeState {
  readonly pools: readonly object[];
  readonly resources: readonly object[];
  readonly coverage: readonly object[];
  readonly audit: readonly string[];
}

/** Reads it all; `pools` are those that the server gives with `/pools`. */
export async function wholeState(api: Api, pools: readonly Pool[]): Promise<WholeState> {
  const status = await api.expect(200, api.get<DiscoveryStatus>('/discovery/status'));
  const accounts = new Map(status.items.map((item) => [item.account_id, item.account_key]));
  const cidrs = new Map(pools.map(({ id, cidr, kind }) => [id, `${cidr} ${kind}`]));
  const cidrOf = (id: number | null): string | null =>
    id === null ? null : (cidrs.get(id) ?? 'none that exists');
  const resources = await pages((page) =>
    api
      .expect(200, api.get<List<Resource>>(`/discovery/resources?page_size=500&page=${page}`))
      .then(({ items }) => items),
  );
  return {
    pools: inOrder(
      pools.map((pool) => ({
        vrf: pool.vrf_id,
        cidr: pool.cidr,
        kind: pool.kind,
        name: pool.name,
        parent: cidrOf(pool.parent_id),
        account: accounts.get(pool.account_id ?? 0),
        region: pool.region,
        source: pool.source,
        externalId: pool.external_id,
        sync: pool.sync_status,
        tags: pool.tags,
        utilization: pool.utilization,
        version: pool.version,
      })),
    ),
    resources: inOrder(
      resources.map((each) => ({
        account: each.account_key,
        region: each.region,
        kind: each.kind,
        externalId: each.external_id,
        cidr: each.cidr,
        name: each.name,
        network: each.network_external_id,
        vrf: each.vrf_id,
        zone: each.zone_id,
        tags: each.tags,
        pool: cidrOf(each.pool_id),
        conflict: each.conflict,
        compliance: each.compliance,
        management: [each.management, each.management_reason],
        overlap: [each.overlap_status, each.overlap_reason],
        sync: [each.sync_status, each.sync_reason],
      })),
    ),
    coverage: inOrder(
      status.items.flatMap(({ account_key: account, coverage }) =>
        coverage.map((each) => ({
          account,
          region: each.region,
          coverage: each.coverage,
          error: each.error_code,
          vpcs: each.vpc_count,
          subnets: each.subnet_count,
        })),
      ),
    ),
    audit: (await auditOf(api))
      .map(({ action, entity_type: type, entity_id: id }) => {
        const entity =
          type === 'pool'
            ? cidrOf(Number(id))
            : type === 'account'
              ? accounts.get(Number(id))
              : type;
        return `${action} ${entity ?? 'none that exists'}`;
      })
      .sort(),
  };
}

function auditOf(api: Api): Promise<AuditEntry[]> {
  return pages((page) =>
    api
      .expect(200, api.get<AuditList>(`/audit?page_size=500&page=${page}`))
      .then(({ entries }) => entries),
  );
}

async function pages<T>(read: (page: number) => Promise<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; ; page++) {
    const items = await read(page);
    all.push(...items);
    if (items.length === 0) return all;
  }
}

function inOrder(items: readonly object[]): object[] {
  return items
    .map((item) => ({ item, key: JSON.stringify(item) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ item }) => item);
}
