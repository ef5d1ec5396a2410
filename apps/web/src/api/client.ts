import { createCloudPamClient } from '@cloudpam/api-client';
import { send } from './send';

/** Calls of the API, typed by its document and made as whoever is here. */
export const api = createCloudPamClient({ baseUrl: window.location.origin, fetch: send });

/**
 * The body of an answer.
 * @throws ApiProblem for every answer that is not a success; the browser's TypeError when no answer
 *   came
 */
export async function answerOf<T>(call: Promise<{ readonly data?: T }>): Promise<T> {
  return (await call).data as T; // `send` throws what is not a success.
}
