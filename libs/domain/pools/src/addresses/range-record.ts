import type { AccessScope, Actor } from '@cloudpam/audit';
import {
  blockAround,
  familyBits,
  formatAddress,
  type AddressRange,
  type Cidr,
} from '@cloudpam/cidr';
import type { Tags } from '../pool';
import type { TypedText } from '../typed-text';
import type { AddressPage } from './address-record';

/**
 * Why a range is kept: a DHCP server gives its addresses out, they are for those who name the range,
 * nobody gets them, or they were in use until lately.
 */
export const RANGE_PURPOSES = ['dhcp', 'reserved', 'excluded', 'quarantine'] as const;
/** One of `RANGE_PURPOSES`. */
export type RangePurpose = (typeof RANGE_PURPOSES)[number];
/** What people make ranges for; what was deleted gets into quarantine by itself. */
export const CHOSEN_PURPOSES = ['dhcp', 'reserved', 'excluded'] as const;

/** What a user sets of a range; everything else is derived. */
export interface RangeFields {
  readonly name: string;
  readonly purpose: RangePurpose;
  /** Whether all of it counts in what is used of its pool, or only the addresses that somebody has of it. */
  readonly countsAsUsed: boolean;
  readonly accountId: number | null;
  readonly description: string;
  readonly tags: Tags;
}

/** Addresses of a VRF that are kept apart, from the first to the last: a leaf of the pool tree. */
export interface RangeRecord extends RangeFields {
  readonly id: number;
  readonly vrfId: number;
  /** The smallest pool of the VRF that contains it; null where none does. Derived, never chosen. */
  readonly poolId: number | null;
  readonly span: AddressRange;
  /** When it ends by itself: of quarantine; else null. */
  readonly until: Date | null;
  /** Who has deleted what is in quarantine, and may take it back. */
  readonly holder: Actor | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Counts writes to its own fields, from 1; the ETag. */
  readonly version: number;
}

/** Which ranges a list has: those that fit every given field. */
export interface RangeFilter {
  readonly vrfId?: number;
  /** Those that lie in this pool and in no pool below it. */
  readonly poolId?: number;
  readonly purpose?: RangePurpose;
  /** Those that have an address of it. */
  readonly touching?: AddressRange;
  /** Those all of whose addresses are in it. */
  readonly within?: AddressRange;
  /** Exactly this one. */
  readonly name?: string;
  /** Those that are meant by it: by name, id, tag, or an address of them. */
  readonly typed?: TypedText;
  /** Those that end before this. */
  readonly endedAt?: Date;
  readonly accessScope?: AccessScope;
}

/** A page of ranges in address order. */
export interface RangeList {
  readonly items: RangeRecord[];
  /** Exact up to 10,000; 10,001 means more. */
  readonly total: number;
  /** For the next page; null after the last row. */
  readonly nextCursor: string | null;
}

/**
 * The ranges of every VRF; those of one VRF are disjoint.
 *
 * Who inserts or removes a range, or gives it another pool, holds the lock of its pool, and of the VRF where it
 * lies in none: so a range, an address, a pool beside it and the free space of their pool exclude each other.
 */
export interface RangeStore {
  get(id: number): Promise<RangeRecord | undefined>;
  getMany(ids: readonly number[]): Promise<RangeRecord[]>;
  /** Locks the rows until the end of the run, in address order, and reads them after that. */
  lock(ids: readonly number[]): Promise<RangeRecord[]>;
  list(filter: RangeFilter, page: AddressPage): Promise<RangeList>;
  /** For each of the addresses the range of the VRF that has it. */
  at(vrfId: number, hosts: readonly Cidr[]): Promise<(RangeRecord | undefined)[]>;
  /** Those that lie in one of the spans and in the pool itself; null: in no pool. In address order. */
  inPool(
    vrfId: number,
    poolId: number | null,
    spans: readonly AddressRange[],
  ): Promise<RangeRecord[]>;
  /** Those that lie in one of the pools, and in no pool below it; in address order. */
  ofPools(poolIds: readonly number[]): Promise<RangeRecord[]>;
  insert(records: readonly Omit<RangeRecord, 'id'>[]): Promise<RangeRecord[]>;
  /** Overwrites all fields of rows that are locked, as given (version too). */
  save(records: readonly RangeRecord[]): Promise<void>;
  /** Gives ranges another pool, and leaves all else as it is by then. */
  setPool(
    values: readonly { readonly id: number; readonly poolId: number | null }[],
  ): Promise<void>;
  /** Addresses of these are of no range from then on. */
  remove(ids: readonly number[]): Promise<void>;
}

/** The smallest block around a range: where it is, for limits of access. */
export function blockAroundSpan({ family, first, last }: AddressRange): Cidr {
  let length = familyBits(family);
  while (blockAround(family, first, length).last < last) length -= 1;
  return blockAround(family, first, length);
}

/** `10.0.0.4-10.0.0.9`. */
export function formatSpan({ family, first, last }: AddressRange): string {
  return `${formatAddress(family, first)}-${formatAddress(family, last)}`;
}
