import type { Schemas } from '@cloudpam/api-client';
import { answerOf, api } from './client';
import { readLines } from './read-stream';

/** What comes over the event stream; null for a sign of life. */
export type StreamedEvent = Schemas['CloudEvent'] | null;

/**
 * Listens to events from now on. It resolves when the server listens for us: what is read after that
 * is as new as the first event.
 * @throws ApiProblem for a refusal, the browser's TypeError when the connection is lost
 */
export async function openEvents(signal: AbortSignal): Promise<AsyncGenerator<StreamedEvent>> {
  const stream = await answerOf(
    api.GET('/api/v1/events/stream', { parseAs: 'stream', signal, cache: 'no-store' }),
  );
  return eventsOf(stream as unknown as ReadableStream<Uint8Array>); // as `parseAs` says
}

async function* eventsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<StreamedEvent> {
  for await (const line of readLines(stream)) {
    if (line.startsWith('data: ')) yield JSON.parse(line.slice(6)) as Schemas['CloudEvent'];
    else if (line.startsWith(':')) yield null;
  }
}
