import type { ProblemCode } from '../http/problem-codes';

/** Of a CIDR that no pool can have. */
export const SPACE_PROBLEMS = [
  'invalid_cidr',
  'not_canonical',
  'refused_range',
  'invalid_prefix_length',
] as const satisfies readonly ProblemCode[];

/** Of what the fields of a pool name. */
export const NAMED_BY_POOLS = [
  'account_not_found',
  'pool_not_found',
  'vlan_not_found',
  'vrf_not_found',
] as const satisfies readonly ProblemCode[];
