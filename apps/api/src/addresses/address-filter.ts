import { typedIn, type AddressFilter } from '@cloudpam/pools';
import { rangeOf } from '../http/address-range';
import type { AddressQuery } from './dto/address.dto';

/** Which addresses the parameters ask for. @throws CidrError */
export function addressFilterOf(query: AddressQuery): AddressFilter {
  return {
    vrfId: query.vrf_id,
    status: query.status,
    role: query.role,
    within: rangeOf(query.cidr_within),
    name: query.name,
    typed: typedIn(query.q),
  };
}
