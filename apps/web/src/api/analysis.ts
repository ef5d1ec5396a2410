import type { Schemas } from '@cloudpam/api-client';
import { answerOf, api } from './client';
import { queryOf, type TextQuery } from './query';

/** Calls on how space is used, and what to change about it. */
export const analysisApi = {
  list: (
    query: TextQuery<'listRecommendations'>,
    signal?: AbortSignal,
  ): Promise<Schemas['RecommendationList']> =>
    answerOf(
      api.GET('/api/v1/analysis', {
        params: { query: queryOf<'listRecommendations'>(query) },
        signal,
      }),
    ),
  ofPool: (id: number, signal?: AbortSignal): Promise<Schemas['PoolAnalysis']> =>
    answerOf(api.GET('/api/v1/pools/{id}/analysis', { params: { path: { id } }, signal })),
};
