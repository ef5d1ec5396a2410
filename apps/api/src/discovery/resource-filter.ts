import { typedIn } from '@cloudpam/pools';
import type { ResourceFilter } from '@cloudpam/reconciliation';
import { rangeOf } from '../http/address-range';
import type { ResourceQuery } from './dto/resource-query.dto';

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
    name: query.name,
    typed: typedIn(query.q),
    within: rangeOf(query.cidr_within),
  };
}
