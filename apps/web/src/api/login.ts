import type { Schemas } from '@cloudpam/api-client';
import { fetchMe } from './access';
import { ApiProblem } from './api-problem';
import { answerOf, api } from './client';
import { session } from './session';

/** With whom people may log in, and whether this browser's cookie is good. */
export function fetchProviders(signal?: AbortSignal): Promise<Schemas['LoginProviders']> {
  return answerOf(api.GET('/api/v1/auth/oidc/providers', { signal }));
}

/** Asks the server about the cookie, and tells the session. */
export async function findSession(): Promise<void> {
  const { signed_in: signedIn } = await fetchProviders();
  if (!signedIn) return session.byCookie(null);
  const { csrf_token: csrf, actor, provider } = await fetchMe();
  session.byCookie(csrf, actor.id, provider ?? undefined);
}

/** Where the login at a provider ends, for who has none here any more. */
export function providerLogoutUrl(provider: string): string {
  return `/api/v1/auth/oidc/logout?provider=${encodeURIComponent(provider)}`;
}

/**
 * Ends the session here and at the provider, where that is offered; there also when it has ended
 * here by itself.
 */
export async function logOut(): Promise<void> {
  if (session.csrf() === undefined) return session.close();
  const provider = session.provider();
  rememberLogout();
  try {
    const { logout_url: url } = await answerOf(api.POST('/api/v1/auth/logout'));
    session.close(true);
    if (url !== null) window.location.assign(url);
  } catch (error) {
    if (!(error instanceof ApiProblem && error.status === 401) || provider === undefined)
      throw error;
    session.close(true);
    window.location.assign(providerLogoutUrl(provider));
  }
}

const LOGGED_OUT = 'cloudpam.logged-out';
const RETURN = 'cloudpam.return';

/** Whoever has just logged out is not logged in again by the page itself. */
function rememberLogout(): void {
  sessionStorage.setItem(LOGGED_OUT, 'yes');
}

/** Whether this tab has logged out since it last went to a provider. */
export function hasLoggedOut(): boolean {
  return sessionStorage.getItem(LOGGED_OUT) !== null;
}

/**
 * This tab goes to a provider and wants to come back to a path, also when the login fails so that
 * nothing else knows it.
 */
export function leaveForProvider(returnTo: string): void {
  sessionStorage.removeItem(LOGGED_OUT);
  sessionStorage.setItem(RETURN, returnTo);
}

const SENT_ON = 'cloudpam.sent-on';
const SENT_ON_AGAIN_MS = 30_000;

/**
 * Whether the page may send this tab to the provider by itself: not right after it did, or a
 * browser that keeps no cookie would go round.
 */
export function mayBeSentOn(): boolean {
  return Date.now() - Number(sessionStorage.getItem(SENT_ON) ?? 0) > SENT_ON_AGAIN_MS;
}

/** Notes that the page has sent this tab to the provider by itself. */
export function noteSentOn(): void {
  sessionStorage.setItem(SENT_ON, String(Date.now()));
}

/** Where this tab wanted to go when it last went to a provider. */
export function wantedPath(): string | null {
  return sessionStorage.getItem(RETURN);
}

/** As whom the provider knows who was just refused. */
export function refusedPerson(): string | undefined {
  const found = /(?:^|; )cloudpam_refused=([^;]*)/.exec(document.cookie)?.[1];
  return found === undefined ? undefined : decodeURIComponent(found);
}
