import type { Schemas } from '@cloudpam/api-client';
import { fetchMe } from './access';
import { request } from './request';
import { session } from './session';

export type LoginProvider = Schemas['LoginProvider'];

/** With whom people may log in, and whether this browser's cookie is good. */
export function fetchProviders(signal?: AbortSignal): Promise<Schemas['LoginProviders']> {
  return request<Schemas['LoginProviders']>('GET', '/auth/oidc/providers', { signal });
}

/** Asks the server about the cookie, and tells the session. */
export async function findSession(): Promise<void> {
  const { signed_in: signedIn } = await fetchProviders();
  if (!signedIn) return session.byCookie(null);
  const { csrf_token: csrf, actor } = await fetchMe();
  session.byCookie(csrf, actor.id);
}

/** Ends the session here and at the provider, where that is offered. */
export async function logOut(): Promise<void> {
  if (session.csrf() === undefined) {
    session.close();
    return;
  }
  const { logout_url: url } = await request<Schemas['LoggedOut']>('POST', '/auth/logout');
  session.close();
  if (url !== null) window.location.assign(url);
}
