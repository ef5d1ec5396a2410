import { request, writeParts } from './request';
import type { Query, Write } from './request';
import type {
  Allocation,
  BlockPage,
  BlockState,
  Deletion,
  FreePage,
  NewPool,
  Page,
  Pool,
  PoolFields,
} from './wire';

type Signal = { readonly signal?: AbortSignal };

/** Calls on pools. */
export const poolsApi = {
  list: (query: Query, { signal }: Signal = {}) =>
    request<Page<Pool>>('GET', '/pools', { query, signal }),
  get: (id: number, { signal }: Signal = {}) => request<Pool>('GET', `/pools/${id}`, { signal }),
  children: (id: number, query: Query, { signal }: Signal = {}) =>
    request<Page<Pool>>('GET', `/pools/${id}/children`, { query, signal }),
  ancestors: (id: number, { signal }: Signal = {}) =>
    request<{ items: readonly Pool[] }>('GET', `/pools/${id}/ancestors`, { signal }),
  free: (id: number, query: Query, { signal }: Signal = {}) =>
    request<FreePage>('GET', `/pools/${id}/free`, { query, signal }),
  blocks: (
    id: number,
    prefixLength: number,
    status: BlockState | 'all',
    query: Query,
    { signal }: Signal = {},
  ) =>
    request<BlockPage>('GET', `/pools/${id}/blocks`, {
      query: { new_prefix_len: prefixLength, status, ...query },
      signal,
    }),
  create: (pool: NewPool, write: Write) =>
    request<Pool>('POST', '/pools', { body: pool, ...writeParts(write) }),
  change: (pool: Pool, fields: Partial<PoolFields>) =>
    request<Pool>('PATCH', `/pools/${pool.id}`, { body: fields, version: pool.version }),
  remove: (id: number, cascade: boolean, dryRun: boolean, { signal }: Signal = {}) =>
    request<Deletion>('DELETE', `/pools/${id}`, {
      query: { cascade: cascade || undefined, dry_run: dryRun || undefined },
      signal,
    }),
  allocate: (id: number, allocation: Allocation, write: Write) =>
    request<{ items: readonly Pool[] }>('POST', `/pools/${id}/allocations`, {
      body: allocation,
      ...writeParts(write),
    }),
  split: (id: number, prefixLength: number, write: Write) =>
    request<{ items: readonly Pool[] }>('POST', `/pools/${id}/split`, {
      body: { prefix_length: prefixLength },
      ...writeParts(write),
    }),
  merge: (poolIds: readonly number[], name: string, write: Write) =>
    request<Pool>('POST', '/pools/merge', {
      body: { pool_ids: poolIds, name: name || undefined },
      ...writeParts(write),
    }),
  move: (id: number, to: PlaceOfPool, write: Write) =>
    request<PoolMove>('POST', `/pools/${id}/move`, {
      body: { cidr: to.cidr, vrf_id: to.vrfId, with_children: to.withChildren },
      ...writeParts(write),
    }),
};

/** Where a pool is to go, alone or with everything below it. */
export interface PlaceOfPool {
  readonly cidr: string;
  readonly vrfId?: number;
  readonly withChildren: boolean;
}

/** The pool where it came to, and what came along. */
export type PoolMove = Pool & { readonly moved_count?: number };
