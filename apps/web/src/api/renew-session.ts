import { createCloudPamClient } from '@cloudpam/api-client';
import { session } from './session';

/** Asks by the cookie alone, and never for itself again. */
const byCookie = createCloudPamClient({
  baseUrl: window.location.origin,
  fetch: (request) => fetch(request),
});

let asking: Promise<boolean> | undefined;

/**
 * Asks the server whose the cookie is now, and tells the session: another tab may have logged in,
 * as the same person or another, or logged out. Those who ask at the same time share one answer.
 * @returns whether somebody is logged in
 */
export function renewSession(): Promise<boolean> {
  asking ??= ask().finally(() => {
    asking = undefined;
  });
  return asking;
}

/**
 * Follows what other tabs of this browser do: whoever logs in or out there is, or is not, logged in
 * here too.
 */
export function followOtherTabs(): void {
  const channel = new BroadcastChannel('cloudpam.session');
  let known = session.csrf();
  let isTold = false;
  session.subscribe(() => {
    const changed = session.csrf() !== known;
    known = session.csrf();
    if (changed && !isTold) channel.postMessage('changed');
  });
  channel.onmessage = () => {
    if (session.token() !== null) return;
    // What is being asked already may have been asked before the change.
    void Promise.resolve(asking)
      .then(async () => {
        isTold = true;
        await renewSession();
      })
      .catch(() => undefined)
      .finally(() => {
        isTold = false;
      });
  };
}

async function ask(): Promise<boolean> {
  const { data, response } = await byCookie.GET('/api/v1/me');
  if (response.status === 401) session.close();
  if (!data) return false;
  const { csrf_token: csrf, actor, provider } = data;
  if (csrf === null) return false;
  if (csrf !== session.csrf()) session.byCookie(csrf, actor.id, provider ?? undefined);
  return true;
}
