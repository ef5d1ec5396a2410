import type { CustomFetch } from 'openid-client';
import type { EnvHttpProxyAgent } from 'undici';

let agent: EnvHttpProxyAgent | undefined;

/**
 * Requests to providers: through the proxy that `HTTPS_PROXY` names, but for the hosts of
 * `NO_PROXY`.
 */
export const providerFetch: CustomFetch = async (
  url,
  { method, headers, body, redirect, signal },
) => {
  // A tenth of what a server loads, and most have no provider.
  const { EnvHttpProxyAgent, fetch } = await import('undici');
  agent ??= new EnvHttpProxyAgent();
  // It answers as the built-in one does; only the types differ. What openid-client sends is text.
  return fetch(url, {
    method,
    headers,
    body: body as string | URLSearchParams | null,
    redirect,
    signal,
    dispatcher: agent,
  }) as unknown as Promise<Response>;
};

/** Ends idle connections, so that a command can end. */
export async function closeProviderConnections(): Promise<void> {
  await agent?.close();
  agent = undefined;
}
