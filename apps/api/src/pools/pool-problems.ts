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

/** Of making pools in places that the request names. */
export const CREATION_PROBLEMS = [
  ...SPACE_PROBLEMS,
  'pool_overlap',
  'range_taken',
  'quarantined',
  'parent_mismatch',
  'rules_broken',
  'invalid_rules',
  'gone_since',
] as const satisfies readonly ProblemCode[];

/** Of taking free space. */
export const ALLOCATION_PROBLEMS = [
  'pool_exhausted',
  'invalid_prefix_length',
  'rules_broken',
  'invalid_rules',
  'key_in_use',
  'hosts_not_counted',
  'gone_since',
] as const satisfies readonly ProblemCode[];
