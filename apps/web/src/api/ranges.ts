import type { Schemas } from '@cloudpam/api-client';
import { answerOf, api } from './client';
import { queryOf, type TextQuery } from './query';
import { changed, type RecordsApi } from './records';
import { keyHeader } from './write';

type Range = Schemas['Range'];

/** The ranges that lie in a pool itself, in address order. */
export function fetchPoolRanges(
  id: number,
  query: TextQuery<'listPoolRanges'>,
  signal?: AbortSignal,
): Promise<Schemas['RangeList']> {
  return answerOf(
    api.GET('/api/v1/pools/{id}/ranges', {
      params: { path: { id }, query: queryOf<'listPoolRanges'>(query) },
      signal,
    }),
  );
}

/** Calls on the ranges of one pool. */
export function poolRangesApi(
  id: number,
): RecordsApi<Range, Schemas['NewRange'], Schemas['RangePatch']> {
  return {
    name: 'ranges',
    of: id,
    list: async ({ q: _, ...query }, signal) => ({
      ...(await fetchPoolRanges(id, query, signal)),
      read_as: null,
    }),
    create: (body, idempotencyKey) =>
      answerOf(
        api.POST('/api/v1/pools/{id}/ranges', {
          params: { path: { id }, header: keyHeader(idempotencyKey) },
          body,
        }),
      ),
    change: (record, body) =>
      answerOf(api.PATCH('/api/v1/ranges/{id}', { params: changed(record), body })),
    remove: (record) =>
      record.purpose === 'quarantine'
        ? answerOf(api.POST('/api/v1/ranges/{id}/release', { params: changed(record) }))
        : answerOf(api.DELETE('/api/v1/ranges/{id}', { params: changed(record) })),
  };
}
