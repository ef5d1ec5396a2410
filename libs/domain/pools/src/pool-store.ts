import type { AccessScope } from '@cloudpam/audit';
import type { AddressRange, Cidr } from '@cloudpam/cidr';
import type { HostUsage } from './host-usage';
import type { Tag } from './tag-readings';
import type { TypedText } from './typed-text';
import type { Pool, PoolKind, PoolSource, PoolStatus, SyncStatus } from './pool';

/** Which pools a list has: those that fit every given field. */
export interface PoolFilter {
  readonly vrfId?: number;
  readonly accountIds?: readonly number[];
  /** null: roots only. */
  readonly parentId?: number | null;
  /** Pools below any of these, at any depth; the named pools themselves are not included. */
  readonly under?: readonly number[];
  /** Only pools that have a parent; with `accessScope`, one that lies in it. */
  readonly nested?: true;
  readonly kind?: PoolKind;
  readonly status?: PoolStatus;
  readonly source?: PoolSource;
  readonly syncStatus?: SyncStatus;
  readonly region?: string;
  /** Those that name this VLAN. */
  readonly vlanId?: number;
  readonly externalId?: string;
  /** Exactly this one. */
  readonly name?: string;
  /** Of each of these one must be set on the pool: the tags that one text can mean. */
  readonly tags?: readonly (readonly Tag[])[];
  /** Pools that contain the range, itself included. */
  readonly contains?: AddressRange;
  /** Pools inside the range, itself included. */
  readonly within?: AddressRange;
  /** Meant by what was typed: by name, cloud id, id, address or tag. */
  readonly typed?: TypedText;
  /** Only pools whose expiry is before this. */
  readonly expiredAt?: Date;
  /** Only pools in it; with `parentId: null` those of them whose parent is not in it. */
  readonly accessScope?: AccessScope;
}

/** What a list of pools can be sorted by; ties are broken by id. */
export const POOL_SORTS = ['cidr', 'name', 'created_at', 'updated_at', 'id'] as const;
/** One of `POOL_SORTS`. */
export interface PoolSort {
  readonly field: (typeof POOL_SORTS)[number];
  readonly descending: boolean;
}

/** `page` from 1, or `after`: the cursor of an earlier answer with the same filter and sort. */
export interface PoolPage {
  readonly sort: readonly PoolSort[];
  readonly size: number;
  readonly page?: number;
  readonly after?: string;
  /** Tells of each pool how many direct children it has; of those in `accessScope`, where there is one. */
  readonly childCounts?: true;
}

/** A page of pools. */
export interface PoolList {
  readonly items: Pool[];
  /** Exact up to 10,000; 10,001 means more. */
  readonly total: number;
  /** For the next page; null after the last row. */
  readonly nextCursor: string | null;
  /** By the id of the pool, where they are asked for. Pools without children may be missing. */
  readonly childCounts?: ReadonlyMap<number, number>;
}

/** Free blocks by address (lowest or highest first) or by size (smallest first, then lowest). */
export interface FreeBlockQuery {
  readonly order: 'address' | 'address_desc' | 'size';
  /** At most this many blocks; see `freeBlocks` for what is counted. */
  readonly limit: number;
  /** Only blocks of at most this prefix length (at least this large). */
  readonly maxPrefixLength?: number;
  /** `order: 'address'` only: blocks above this address. */
  readonly after?: bigint;
}

/** A pool, and how many direct children it has. */
export interface CountedPool {
  readonly pool: Pool;
  readonly childCount: number;
  /** What its cloud has counted; null, or left out, where it has not. */
  readonly hosts?: HostUsage | null;
}

/**
 * The pool tree of every VRF.
 *
 * Inside a run every read sees the run's own writes. Methods that take ids ignore unknown ones
 * unless they say otherwise. `Cidr`s inside one VRF nest or are disjoint; the store refuses two
 * equal ones with one kind (`StoredConflict`), and siblings that overlap where the database can.
 *
 * Order of locks: the VRF first (`VrfStore.lock`) for everything that changes the shape of the
 * tree, then pools in address order. An allocation locks only its pool.
 */
export interface PoolStore {
  get(id: number): Promise<Pool | undefined>;
  getMany(ids: readonly number[]): Promise<Pool[]>;
  /** Locks the rows until the end of the run, in address order, and reads them after that. */
  lock(ids: readonly number[]): Promise<Pool[]>;
  list(filter: PoolFilter, page: PoolPage): Promise<PoolList>;

  /**
   * For each range the smallest pool of the VRF that contains it (an equal one included; of two
   * equal ones the child).
   */
  smallestContaining(vrfId: number, ranges: readonly AddressRange[]): Promise<(Pool | undefined)[]>;
  /** The pools of the VRF with exactly these CIDRs, in address order; of one CIDR both, where two have it. */
  equalTo(vrfId: number, cidrs: readonly Cidr[]): Promise<Pool[]>;
  /** The pools around one, widest first, without itself. */
  ancestors(id: number): Promise<Pool[]>;
  /**
   * Direct children of a pool (null: roots of the VRF) that lie inside any of the ranges, in
   * address order.
   */
  childrenWithin(
    vrfId: number,
    parentId: number | null,
    ranges: readonly AddressRange[],
  ): Promise<Pool[]>;
  /** Every pool below these, in address order. */
  descendants(ids: readonly number[]): Promise<Pool[]>;
  /** A pool, and how many children it has. */
  counted(id: number): Promise<CountedPool | undefined>;
  /**
   * How many children each of the pools has, of those in the access scope when one is given; pools without
   * any are left out.
   */
  childCounts(ids: readonly number[], accessScope?: AccessScope): Promise<Map<number, number>>;
  /** The regions that pools name, of those in the access scope when one is given; in order. */
  regions(accessScope?: AccessScope): Promise<string[]>;
  /** Pools of the VRF that have rules for their children. */
  withRules(vrfId: number): Promise<Pool[]>;
  /** Pools of the VRF with any of these cloud ids. */
  byExternalId(vrfId: number, externalIds: readonly string[]): Promise<Pool[]>;

  /** Pools of any VRF whose tag `key` has one of the values. */
  byTag(key: string, values: readonly string[]): Promise<Pool[]>;

  /** The living pools with this key, of one VRF or of all. */
  byLiveKey(key: string, vrfId?: number): Promise<Pool[]>;

  /** Takes `count` fresh ids, ascending. */
  reserveIds(count: number): Promise<number[]>;
  /**
   * Inserts complete rows (ids from `reserveIds`, parents and childUsed already right). @throws
   * StoredConflict
   */
  insert(pools: readonly Pool[]): Promise<void>;
  /**
   * Overwrites all fields of stored pools but `childUsed` and `provider`, as given (version too).
   * @throws StoredConflict
   */
  save(pools: readonly Pool[]): Promise<void>;
  /**
   * Gives pools another parent. Call before `insert` of that parent, and after `remove` of the
   * former one.
   */
  setParent(ids: readonly number[], parentId: number | null): Promise<void>;
  setChildUsed(
    values: readonly { readonly id: number; readonly childUsed: bigint }[],
  ): Promise<void>;
  /** Sets lastSyncAt alone, without a new version. */
  touch(ids: readonly number[], lastSyncAt: Date): Promise<void>;
  /** Deletes the rows; their children must be given another parent, or go too, in the same run. */
  remove(ids: readonly number[]): Promise<void>;

  /**
   * Maximal free CIDRs inside a pool: free of its children and of every discovered resource of the
   * VRF that has no pool of its own (`poolId` null) and touches it. Right at any point of a run,
   * whatever was written before. With `address` and `address_desc` and `maxPrefixLength`, the limit
   * counts per prefix length, so that the first
   * `limit` allocations can be chosen from the answer; the answer is in the asked order.
   */
  freeBlocks(id: number, query: FreeBlockQuery): Promise<Cidr[]>;
}

/** A row that the storage refused because its CIDR, external id or name is taken. */
export class StoredConflict extends Error {
  constructor(readonly constraint: string) {
    super(`refused by the storage: ${constraint}`);
    this.name = 'StoredConflict';
  }
}

/** `PoolPage.after` is not a cursor of an earlier answer with the same sort. */
export class InvalidCursor extends Error {
  constructor() {
    super('the cursor is not one of an earlier answer with the same sort');
    this.name = 'InvalidCursor';
  }
}
