import type { Schemas } from '@cloudpam/api-client';
import { answerOf, api } from './client';
import { queryOf, type TextQuery } from './query';

/** Calls on the past and the future of pools. */
export const forecastsApi = {
  ending: (
    query: TextQuery<'listForecasts'>,
    signal?: AbortSignal,
  ): Promise<Schemas['PoolForecastList']> =>
    answerOf(
      api.GET('/api/v1/forecasts', { params: { query: queryOf<'listForecasts'>(query) }, signal }),
    ),
  usage: (
    id: number,
    query: TextQuery<'getPoolUsage'>,
    signal?: AbortSignal,
  ): Promise<Schemas['PoolUsage']> =>
    answerOf(
      api.GET('/api/v1/pools/{id}/usage', {
        params: { path: { id }, query: queryOf<'getPoolUsage'>(query) },
        signal,
      }),
    ),
  ofPool: (
    id: number,
    query: TextQuery<'getPoolForecast'>,
    signal?: AbortSignal,
  ): Promise<Schemas['PoolForecast']> =>
    answerOf(
      api.GET('/api/v1/pools/{id}/forecast', {
        params: { path: { id }, query: queryOf<'getPoolForecast'>(query) },
        signal,
      }),
    ),
};
