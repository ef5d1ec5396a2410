import { parseRange } from '@cloudpam/cidr';
import { typedIn } from '@cloudpam/pools';
import type { ResourceFilter } from '@cloudpam/reconciliation';

/** The parameters of the list of resources. */
export interface ResourceQuery {
  page?: number;
  page_size?: number;
  account_id?: number;
  vrf_id?: number;
  network_id?: number;
  region?: string;
  kind?: ResourceFilter['kind'];
  management?: ResourceFilter['management'];
  overlap_status?: ResourceFilter['overlap'];
  sync_status?: ResourceFilter['sync'];
  finding?: ResourceFilter['finding'];
  pool_id?: number;
  q?: string;
  cidr_within?: string;
}

/** What the parameters ask for, as the store takes it. @throws CidrError */
export function resourceFilterOf(query: ResourceQuery): ResourceFilter {
  return {
    accountId: query.account_id,
    vrfId: query.vrf_id,
    networkId: query.network_id,
    region: query.region,
    kind: query.kind,
    management: query.management,
    overlap: query.overlap_status,
    sync: query.sync_status,
    finding: query.finding,
    poolId: query.pool_id,
    typed: typedIn(query.q),
    within: query.cidr_within === undefined ? undefined : parseRange(query.cidr_within),
  };
}
