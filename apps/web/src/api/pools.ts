import type { Schemas } from '@cloudpam/api-client';
import { answerOf, api } from './client';
import type { Page } from './page';
import { queryOf } from './query';
import type { TextQuery } from './query';
import { ifMatch, signalOf, writeParams } from './write';
import type { Write } from './write';

type Signal = { readonly signal?: AbortSignal };

/** Calls on pools. */
export const poolsApi = {
  list: (query: TextQuery<'listPools'>, { signal }: Signal = {}) =>
    answerOf(
      api.GET('/api/v1/pools', { params: { query: queryOf<'listPools'>(query) }, signal }),
    ) as Promise<Page<Schemas['Pool']>>, // Only a past time is answered by past pools.
  get: (id: number, { signal }: Signal = {}) =>
    answerOf(api.GET('/api/v1/pools/{id}', { params: { path: { id } }, signal })),
  children: (id: number, query: TextQuery<'listChildren'>, { signal }: Signal = {}) =>
    answerOf(
      api.GET('/api/v1/pools/{id}/children', {
        params: { path: { id }, query: queryOf<'listChildren'>(query) },
        signal,
      }),
    ),
  ancestors: (id: number, { signal }: Signal = {}) =>
    answerOf(api.GET('/api/v1/pools/{id}/ancestors', { params: { path: { id } }, signal })),
  free: (id: number, query: TextQuery<'listFreeBlocks'>, { signal }: Signal = {}) =>
    answerOf(
      api.GET('/api/v1/pools/{id}/free', {
        params: { path: { id }, query: queryOf<'listFreeBlocks'>(query) },
        signal,
      }),
    ),
  blocks: (id: number, query: TextQuery<'listCandidates'>, { signal }: Signal = {}) =>
    answerOf(
      api.GET('/api/v1/pools/{id}/blocks', {
        params: { path: { id }, query: queryOf<'listCandidates'>(query) },
        signal,
      }),
    ),
  create: (body: Schemas['NewPool'], write: Write) =>
    answerOf(
      api.POST('/api/v1/pools', { params: writeParams(write), body, signal: signalOf(write) }),
    ),
  change: ({ id, version }: Schemas['Pool'], body: Schemas['PoolPatch']) =>
    answerOf(
      api.PATCH('/api/v1/pools/{id}', { params: { path: { id }, header: ifMatch(version) }, body }),
    ),
  remove: (id: number, cascade: boolean, dryRun: boolean, { signal }: Signal = {}) =>
    answerOf(
      api.DELETE('/api/v1/pools/{id}', {
        params: {
          path: { id },
          query: { cascade: cascade || undefined, dry_run: dryRun || undefined },
        },
        signal,
      }),
    ),
  allocate: (id: number, body: Schemas['Allocation'], write: Write) =>
    answerOf(
      api.POST('/api/v1/pools/{id}/allocations', {
        params: { path: { id }, ...writeParams(write) },
        body,
        signal: signalOf(write),
      }),
    ),
  split: (id: number, body: Schemas['Split'], write: Write) =>
    answerOf(
      api.POST('/api/v1/pools/{id}/split', {
        params: { path: { id }, ...writeParams(write) },
        body,
        signal: signalOf(write),
      }),
    ),
  merge: (body: Schemas['Merge'], write: Write) =>
    answerOf(
      api.POST('/api/v1/pools/merge', {
        params: writeParams(write),
        body,
        signal: signalOf(write),
      }),
    ),
  move: (id: number, body: Schemas['Move'], write: Write) =>
    answerOf(
      api.POST('/api/v1/pools/{id}/move', {
        params: { path: { id }, ...writeParams(write) },
        body,
        signal: signalOf(write),
      }),
    ),
};
