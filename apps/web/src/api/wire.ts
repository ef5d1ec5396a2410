/**
 * Shapes of `/api/v1` as they travel: snake_case, times in ISO 8601 (UTC), address counts as
 * decimal strings because they can pass 2^53. Answers come from the OpenAPI document.
 */
import type { Schemas } from '@cloudpam/api-client';

export type Kind = 'container' | 'vpc' | 'subnet' | 'secondary_range' | 'reservation';
export type PoolStatus = 'planned' | 'active' | 'deprecated';
export type Source = 'manual' | 'discovered';
export type SyncStatus = 'synced' | 'drift' | 'orphaned';
export type Strategy = 'first_fit' | 'best_fit' | 'last_fit';
export type Tags = Readonly<Record<string, string>>;

/** Addresses of a pool: decimal strings, and the used share as a number 0..1. */
export type Utilization = Schemas['Pool']['utilization'];

export type Pool = Schemas['Pool'];

/** One page of a list. `next_cursor` is null on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly total_is_estimate?: boolean;
  readonly page?: number;
  readonly page_size?: number;
  readonly next_cursor: string | null;
  /** How the text of `q` was read, where that is not word for word. */
  readonly read_as?: string | null;
}

/** A maximal free block; `size` in addresses. */
export type FreeBlock = Schemas['FreePage']['items'][number];

export type FreePage = Schemas['FreePage'];

export type BlockState = 'free' | 'used' | 'partial';

export type Block = Schemas['Block'];

export type BlockPage = Schemas['BlockPage'];

/** What a delete would take or took: at most 100 of the deleted pools are named. */
export type Deletion = Schemas['Deletion'];

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
  readonly rules?: Pool['rules'];
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
  readonly accept_uncounted_hosts?: boolean;
}

export type Account = Schemas['Account'];

export type Vrf = Schemas['Vrf'];

export type Vlan = Schemas['Vlan'];
