import type { Schemas } from '@cloudpam/api-client';
import { answerOf, api } from './client';

/** What the first page shows, in one answer. */
export function fetchDashboard(signal?: AbortSignal): Promise<Schemas['Dashboard']> {
  return answerOf(api.GET('/api/v1/dashboard', { signal }));
}
