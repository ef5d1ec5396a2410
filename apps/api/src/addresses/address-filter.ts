import { typedIn, type AddressFilter, type RangeFilter } from '@cloudpam/pools';
import { rangeOf } from '../http/address-range';
import type { AddressQuery } from './dto/address.dto';
import type { RangeQuery } from './dto/range.dto';

/** Which addresses the parameters ask for. @throws CidrError */
export function addressFilterOf(query: AddressQuery): AddressFilter {
  return {
    vrfId: query.vrf_id,
    rangeId: query.range_id,
    status: query.status,
    role: query.role,
    within: rangeOf(query.cidr_within),
    name: query.name,
    typed: typedIn(query.q),
  };
}

/** Which ranges the parameters ask for. */
export function rangeFilterOf(query: RangeQuery): RangeFilter {
  const { vrf_id: vrfId, purpose, name, cidr_touching: touching } = query;
  return { vrfId, purpose, name, touching: rangeOf(touching) };
}
