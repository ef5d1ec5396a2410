import type { AccessScope } from '@cloudpam/audit';

/** Which accounts, VRFs or VLANs a list has: those that fit every given field. */
export interface RecordFilter {
  /** Part of one of its texts, in any case. */
  readonly text?: string;
  /** The whole name, in this case. */
  readonly name?: string;
  readonly ids?: readonly number[];
  /**
   * Only what pools and discovered resources in the access scope name; of accounts also those that
   * the scope is made of, where it is not limited to pools.
   */
  readonly accessScope?: AccessScope;
}
