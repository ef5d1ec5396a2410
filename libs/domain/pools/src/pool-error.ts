import type { Cidr } from '@cloudpam/cidr';
import type { AddressRecord } from './addresses/address-record';
import type { RangeRecord } from './addresses/range-record';
import type { Pool } from './pool';
import type { RecordEntity } from './records';

/** There is no record of a kind. */
export type RecordNotFound = `${RecordEntity}_not_found`;

/** Why a rule of the pool tree refuses a request; the API has one status for each. */
export type PoolErrorCode =
  | 'pool_not_found'
  | RecordNotFound
  | 'address_not_found'
  | 'address_reserved'
  | 'address_in_use'
  | 'address_taken'
  | 'range_not_found'
  | 'range_taken'
  | 'quarantined'
  | 'invalid_prefix_length'
  | 'refused_range'
  | 'invalid_field'
  | 'pool_overlap'
  | 'parent_mismatch'
  | 'pool_exhausted'
  | 'no_matching_pool'
  | 'hosts_not_counted'
  | 'cloud_owned'
  | 'would_orphan_children'
  | 'not_mergeable'
  | 'invalid_rules'
  | 'rules_broken'
  | 'version_mismatch'
  | 'name_taken'
  | 'vid_outside_group'
  | 'vlan_group_exhausted'
  | 'key_in_use'
  | 'in_use';

/** What helps the caller to put it right. */
export interface PoolErrorDetails {
  /** The request field that is wrong, as it is called on the wire. */
  readonly field?: string;
  /** The pools in the way. */
  readonly conflicts?: readonly Pool[];
  /** The address records in the way. */
  readonly addresses?: readonly AddressRecord[];
  /** The ranges in the way. */
  readonly ranges?: readonly RangeRecord[];
  /** `pool_exhausted`: the largest block that could still be had. */
  readonly largestFree?: Cidr;
  /** Where in a batch, from 0. */
  readonly index?: number;
}

/** A rule of the pool tree that a request would break; the message says what to do. */
export class PoolError extends Error {
  constructor(
    readonly code: PoolErrorCode,
    message: string,
    readonly details: PoolErrorDetails = {},
  ) {
    super(message);
    this.name = 'PoolError';
  }
}
