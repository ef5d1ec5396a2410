import type { AccessScope } from '@cloudpam/audit';
import { cidrAt, familyBits, formatAddress, type AddressRange, type Cidr } from '@cloudpam/cidr';
import type { Family } from '@cloudpam/cidr';
import type { Tags } from '../pool';
import type { TypedText } from '../typed-text';

/** How far an address has come: it is kept for somebody, in use, or on its way out. */
export const ADDRESS_STATUSES = ['reserved', 'active', 'deprecated'] as const;
/** One of `ADDRESS_STATUSES`. */
export type AddressStatus = (typeof ADDRESS_STATUSES)[number];
/** What an address is for. */
export const ADDRESS_ROLES = ['host', 'gateway', 'vip', 'dhcp'] as const;
/** One of `ADDRESS_ROLES`. */
export type AddressRole = (typeof ADDRESS_ROLES)[number];

/** What a user sets of an address; everything else is derived. */
export interface AddressFields {
  readonly name: string;
  readonly status: AddressStatus;
  readonly role: AddressRole;
  /** RFC 1123, without the trailing dot, in lower case; null: none. */
  readonly dnsName: string | null;
  /** EUI-48, six pairs of lower-case digits with colons; null: not known. */
  readonly mac: string | null;
  readonly accountId: number | null;
  readonly description: string;
  readonly tags: Tags;
  /** When it is given back by itself; null: never. */
  readonly expiresAt: Date | null;
}

/** A single address of a VRF that somebody has: a leaf of the pool tree. */
export interface AddressRecord extends AddressFields {
  readonly id: number;
  readonly vrfId: number;
  /** The smallest pool of the VRF that contains it; null where none does. Derived, never chosen. */
  readonly poolId: number | null;
  /** The range that has it; null where none does. */
  readonly rangeId: number | null;
  /** The address as a block of one: a /32 or a /128. */
  readonly cidr: Cidr;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Counts writes to its own fields, from 1; the ETag. */
  readonly version: number;
}

/** Which addresses a list has: those that fit every given field. */
export interface AddressFilter {
  readonly vrfId?: number;
  readonly accountId?: number;
  /** Those that lie in this pool and in no pool below it. */
  readonly poolId?: number;
  /** Those of this range. */
  readonly rangeId?: number;
  readonly within?: AddressRange;
  readonly status?: AddressStatus;
  readonly role?: AddressRole;
  /** Exactly this one. */
  readonly name?: string;
  /** Those that expire until this. */
  readonly expiredAt?: Date;
  /** Meant by what was typed: by name, DNS name, id, address or tag. */
  readonly typed?: TypedText;
  readonly accessScope?: AccessScope;
}

/** A page in address order: `page` from 1, or `after`, the cursor of an earlier answer with the same filter. */
export interface AddressPage {
  readonly size: number;
  readonly page?: number;
  readonly after?: string;
}

/** A page of addresses. */
export interface AddressList {
  readonly items: AddressRecord[];
  /** Exact up to 10,000; 10,001 means more. */
  readonly total: number;
  /** For the next page; null after the last row. */
  readonly nextCursor: string | null;
}

/**
 * The addresses of every VRF. A VRF has an address once; the store refuses a second one (`StoredConflict`).
 *
 * Who inserts or removes an address, or gives it another pool, holds the lock of its pool, and of the VRF where it
 * lies in none: so an address, a pool beside it and the free space of their pool exclude each other. An address of
 * a pool that is removed has none from then on.
 */
export interface AddressStore {
  get(id: number): Promise<AddressRecord | undefined>;
  getMany(ids: readonly number[]): Promise<AddressRecord[]>;
  /** Locks the rows until the end of the run, in address order, and reads them after that. */
  lock(ids: readonly number[]): Promise<AddressRecord[]>;
  list(filter: AddressFilter, page: AddressPage): Promise<AddressList>;
  /** Those of the VRF with exactly these addresses, in address order. */
  equalTo(vrfId: number, hosts: readonly Cidr[]): Promise<AddressRecord[]>;
  /** Those that lie in the pool, and in no pool below it; null: in no pool of the VRF. In address order. */
  inPool(
    vrfId: number,
    poolId: number | null,
    ranges: readonly AddressRange[],
  ): Promise<AddressRecord[]>;
  /** Those that lie in one of the pools, and in no pool below it; in address order. */
  ofPools(poolIds: readonly number[]): Promise<AddressRecord[]>;
  /** @throws StoredConflict when the VRF has one of them */
  insert(records: readonly Omit<AddressRecord, 'id'>[]): Promise<AddressRecord[]>;
  /** Overwrites all fields of rows that are locked, as given (version too). @throws StoredConflict */
  save(records: readonly AddressRecord[]): Promise<void>;
  /** Gives addresses another range, of the pool that they lie in; null: none. */
  setRange(ids: readonly number[], rangeId: number | null): Promise<void>;
  /** Gives addresses another pool, and leaves all else as it is by then. */
  setPool(
    values: readonly { readonly id: number; readonly poolId: number | null }[],
  ): Promise<void>;
  remove(ids: readonly number[]): Promise<void>;
}

/** One address as a block. @param value in the 128-bit space */
export function hostOf(family: Family, value: bigint): Cidr {
  return cidrAt(family, value, familyBits(family));
}

/** The text of an address: dotted quad, or RFC 5952. */
export function formatHost({ family, first }: Cidr): string {
  return formatAddress(family, first);
}
