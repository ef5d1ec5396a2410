/**
 * Shapes of `/api/v1` as they travel: snake_case, times in ISO 8601 (UTC), address counts as decimal strings because
 * they can pass 2^53. Written by hand until the generated client takes over; nothing outside this folder knows.
 */
export type Kind = 'container' | 'vpc' | 'subnet' | 'secondary_range' | 'reservation';
export type PoolStatus = 'planned' | 'active' | 'deprecated';
export type Source = 'manual' | 'discovered';
export type SyncStatus = 'synced' | 'drift' | 'orphaned';
export type Strategy = 'first_fit' | 'best_fit' | 'last_fit';
export type Tags = Readonly<Record<string, string>>;

/** Addresses of a pool: decimal strings, and the used share as a number 0..1. */
export interface Utilization {
  readonly total: string;
  readonly used: string;
  readonly reserved: string;
  readonly free: string;
  readonly ratio: number;
}

export interface Pool {
  readonly id: number;
  readonly vrf_id: number;
  readonly parent_id: number | null;
  readonly name: string;
  readonly cidr: string;
  readonly family: 4 | 6;
  readonly kind: Kind;
  readonly status: PoolStatus;
  readonly source: Source;
  readonly account_id: number | null;
  readonly provider: string | null;
  readonly external_id: string | null;
  readonly external_vpc: string | null;
  readonly region: string | null;
  readonly sync_status: SyncStatus | null;
  readonly last_sync_at: string | null;
  readonly description: string;
  readonly tags: Tags;
  readonly vlan_id: number | null;
  readonly expires_at: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly version: number;
  readonly child_count?: number;
  readonly utilization: Utilization;
}

/** One page of a list. `next_cursor` is null on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly total_is_estimate?: boolean;
  readonly page?: number;
  readonly page_size?: number;
  readonly next_cursor: string | null;
}

/** A maximal free block; `size` in addresses. */
export interface FreeBlock {
  readonly cidr: string;
  readonly size: string;
}

export interface FreePage {
  readonly items: readonly FreeBlock[];
  readonly largest_free: string | null;
  readonly next_cursor: string | null;
}

export type BlockState = 'free' | 'used' | 'partial';

export interface Block {
  readonly cidr: string;
  readonly status: BlockState;
  readonly pool_id: number | null;
  readonly pool_name: string | null;
}

export interface BlockPage {
  readonly items: readonly Block[];
  readonly next_cursor: string | null;
  readonly total: string;
}

/** What a delete would take or took: at most 100 of the deleted pools are named. */
export interface Deletion {
  readonly deleted: readonly { readonly pool_id: number; readonly cidr: string; readonly name: string }[];
  readonly deleted_count: number;
  readonly reparented_count: number;
}

/** The fields of a pool that people set. */
export interface PoolFields {
  readonly name: string;
  readonly kind?: Kind;
  readonly status?: PoolStatus;
  readonly account_id?: number | null;
  readonly region?: string | null;
  readonly description?: string;
  readonly tags?: Tags;
  readonly vlan_id?: number | null;
  readonly expires_at?: string | null;
}

export interface NewPool extends PoolFields {
  readonly cidr: string;
  readonly vrf_id?: number;
  readonly parent_id?: number;
}

export interface Allocation extends PoolFields {
  readonly prefix_length: number;
  readonly count?: number;
  readonly strategy?: Strategy;
}

export interface Account {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly provider: string;
  readonly external_id: string;
  readonly platform: string | null;
  readonly tier: string | null;
  readonly environment: string | null;
  readonly regions: readonly string[];
  readonly description: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly version: number;
}

export interface Vrf {
  readonly id: number;
  readonly name: string;
  readonly rd: string | null;
  readonly description: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly version: number;
}

export interface Vlan {
  readonly id: number;
  readonly vid: number;
  readonly name: string;
  readonly group: string;
  readonly description: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly version: number;
}
