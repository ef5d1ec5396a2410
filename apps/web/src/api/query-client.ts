import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './api-problem';

const TRIES = 2;

/**
 * The cache of answers. What the server refused is not asked again; a lost connection is, twice.
 */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) =>
          failures < TRIES && !(error instanceof ApiProblem && error.status < 500),
      },
    },
  });
}
