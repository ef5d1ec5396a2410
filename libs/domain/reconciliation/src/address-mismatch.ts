import type { AccessScope } from '@cloudpam/audit';
import type { AddressRecord } from '@cloudpam/pools';
import type { ObservedAddress } from './observed-address';

/** A record whose address nothing in the cloud has, though its subnet was listed completely since it was made. */
export interface StaleAddress {
  readonly record: AddressRecord;
  /** The scope that was listed. */
  readonly accountId: number;
  readonly region: string;
  /** When a complete listing was first without it. */
  readonly since: Date;
}

/** An address in use in a subnet whose addresses have records, without one of its own. */
export interface UnknownAddress {
  readonly observed: ObservedAddress;
  /** When a complete listing first had it so. */
  readonly since: Date;
}

/** Which of them a list has. */
export interface MismatchFilter {
  /** The account that was listed. */
  readonly accountId?: number;
  readonly vrfId?: number;
  /** Of these records, or of these observed addresses. */
  readonly ids?: readonly number[];
  /** Those that are so since then, or later. */
  readonly since?: Date;
  readonly accessScope?: AccessScope;
}

/** Rows of a list that stand before its page, and the size of the page. */
export interface MismatchPage {
  readonly skip: number;
  readonly size: number;
}

/** A page of them, in address order; `total` is exact up to 10,000, 10,001 means more. */
export interface MismatchList<Row> {
  readonly items: readonly Row[];
  readonly total: number;
}

/**
 * Where address records and what clouds have given out differ. Kept by scope as its last complete listing found it, so
 * that a list costs what it shows; what ends since then (a record given back, or made) is in no list at once.
 */
export interface MismatchStore {
  /**
   * Compares the records in the subnets of a scope with what all scopes have observed, and replaces what was found of
   * the scope before; what stays is not written.
   * @param startedAt of the listing: records that are younger are not looked at
   * @param at since when what is new is so
   */
  compare(scopeId: number, startedAt: Date, at: Date): Promise<void>;
  /** Of a scope whose interfaces nobody lists any more. */
  forget(scopeId: number): Promise<void>;
  /** Records with status `active`. */
  stale(filter: MismatchFilter, page: MismatchPage): Promise<MismatchList<StaleAddress>>;
  /** Addresses that are there still. */
  unknown(filter: MismatchFilter, page: MismatchPage): Promise<MismatchList<UnknownAddress>>;
  /**
   * Ids of records that may be stale, or of observed addresses that may be unknown: `limit` of those above one,
   * ascending. Some may be right again.
   */
  idsAfter(kind: 'stale' | 'unknown', id: number, limit: number): Promise<number[]>;
}
