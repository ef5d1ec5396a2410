import type { Schemas } from '@cloudpam/api-client';
import { useQueries } from '@tanstack/react-query';
import { poolsApi } from '../api/pools';

/** The pools with these ids that could be read, by id. */
export function useNamedPools(ids: readonly number[]): ReadonlyMap<number, Schemas['Pool']> {
  const answers = useQueries({
    queries: ids.map((id) => ({
      queryKey: ['pools', 'named', id],
      queryFn: ({ signal }: { signal: AbortSignal }) => poolsApi.get(id, { signal }),
      staleTime: 60_000,
    })),
  });
  return new Map(answers.flatMap(({ data }) => (data ? [[data.id, data] as const] : [])));
}
