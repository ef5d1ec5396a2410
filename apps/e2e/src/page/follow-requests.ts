import type { Page, Request } from 'playwright-core';
import { eventually } from '../eventually';

const QUIET_MS = 500;
const STREAM = '/api/v1/events/stream';

/**
 * Follows what a page asks from now on. The event stream has no end, so it does not count.
 * @returns waits until all is answered, and nothing was asked for half a second
 */
export function followRequests(page: Page): () => Promise<void> {
  const open = new Set<Request>();
  let last = performance.now();
  const end = (request: Request): void => {
    open.delete(request);
    last = performance.now();
  };
  page.on('request', (request) => {
    last = performance.now();
    // What was asked by a document that is left may never be answered.
    if (request.isNavigationRequest()) open.clear();
    if (new URL(request.url()).pathname !== STREAM) open.add(request);
  });
  page.on('requestfinished', end);
  page.on('requestfailed', end);
  return () =>
    eventually('the answers to a page', () =>
      Promise.resolve(open.size === 0 && performance.now() - last > QUIET_MS),
    );
}
