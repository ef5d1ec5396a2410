import * as client from 'openid-client';
import type { OidcProvider } from '../config/oidc-settings';
import type { DiscoveredProvider } from './discovered-provider';
import type { OidcClients } from './oidc-clients';
import { factsText, providerFault, refusalFacts } from './provider-faults';
import { providerFetch } from './provider-fetch';

const TIMEOUT_MS = 10_000;
/** What a provider says without a word about its settings: nobody has agreed to anything yet. */
const NOT_ASKED = [
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
];
/** Answers of a token endpoint that knows the client and not the code. */
const KNOWS_CLIENT = ['invalid_grant', 'invalid_request'];

/** What was found out about a provider without a person who logs in. */
export interface ProviderReport {
  /** Each keeps people from logging in, or will. */
  readonly faults: readonly string[];
  /** What the provider does not offer, and what follows. */
  readonly notes: readonly string[];
}

/**
 * Tries a provider: its metadata and keys, the client and its secret (by a code that cannot be
 * good), and the redirect address and scopes (by a login that nobody is asked about).
 * @param callback where people are sent back to; undefined where only a request could tell
 */
export async function checkProvider(
  clients: OidcClients,
  provider: OidcProvider,
  callback: string | undefined,
): Promise<ProviderReport> {
  let found: DiscoveredProvider;
  try {
    found = await clients.discover(provider);
  } catch (error) {
    return {
      faults: [`its metadata cannot be used: ${factsText(refusalFacts(error))}`],
      notes: [],
    };
  }
  const faults = [
    ...metadataFaults(provider, found),
    await keyFault(found),
    await clientFault(provider, found, callback),
    callback === undefined ? undefined : await loginFault(clients, provider, callback),
  ].filter((each) => each !== undefined);
  return { faults, notes: notesOf(provider, found, callback) };
}

function metadataFaults(
  { scopes }: OidcProvider,
  { metadata, algorithms }: DiscoveredProvider,
): string[] {
  const {
    response_types_supported: types,
    code_challenge_methods_supported: challenges,
    scopes_supported: offered,
  } = metadata;
  const missing = offered ? scopes.split(' ').filter((each) => !offered.includes(each)) : [];
  return [
    ...(types && !types.includes('code')
      ? ['it offers no authorization code flow (response type code)']
      : []),
    ...(challenges && !challenges.includes('S256') ? ['it offers no PKCE with S256'] : []),
    ...(algorithms.length === 0 ? ['it signs id tokens by no algorithm with a published key'] : []),
    ...(missing.length > 0
      ? [`its metadata do not list the scopes ${missing.join(', ')} of OIDC_SCOPES`]
      : []),
  ];
}

async function keyFault({ metadata }: DiscoveredProvider): Promise<string | undefined> {
  const address = metadata.jwks_uri ?? '';
  try {
    const headers = { accept: 'application/json' };
    const answer = await providerFetch(address, {
      method: 'GET',
      headers,
      body: null,
      redirect: 'manual',
      signal: soon(),
    });
    const { keys } = (await answer.json()) as { keys?: unknown[] }; // whatever it is, it is looked at
    if (answer.ok && Array.isArray(keys) && keys.length > 0) return undefined;
    return `it publishes no keys at ${address} (status ${answer.status})`;
  } catch (error) {
    return `its keys at ${address} cannot be read: ${error instanceof Error ? error.message : 'unknown'}`;
  }
}

async function clientFault(
  provider: OidcProvider,
  { config }: DiscoveredProvider,
  callback: string | undefined,
): Promise<string | undefined> {
  try {
    await client.genericGrantRequest(config, 'authorization_code', {
      code: 'a-check-by-cloudpam',
      code_verifier: client.randomPKCECodeVerifier(),
      redirect_uri: callback ?? 'http://localhost/',
    });
    return 'its token endpoint takes any code';
  } catch (error) {
    if (error instanceof client.ResponseBodyError && KNOWS_CLIENT.includes(error.error))
      return undefined;
    return (
      'it does not take OIDC_CLIENT_ID with OIDC_CLIENT_SECRET: ' +
      `${factsText(providerFault(provider, error).facts)}`
    );
  }
}

async function loginFault(
  clients: OidcClients,
  provider: OidcProvider,
  callback: string,
): Promise<string | undefined> {
  const nobody = {
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
  };
  const what = `it does not take a login with the redirect address ${callback}, or with the scopes or OIDC_AUTH_PARAMS`;
  try {
    const url = await clients.loginUrl(
      { ...provider, authParams: { ...provider.authParams, prompt: 'none' } },
      callback,
      nobody,
    );
    const answer = await providerFetch(url.href, {
      method: 'GET',
      headers: {},
      body: null,
      redirect: 'manual',
      signal: soon(),
    });
    const error = new URL(answer.headers.get('location') ?? '/', url).searchParams.get('error');
    if (answer.status < 400 && (error === null || NOT_ASKED.includes(error))) return undefined;
    return `${what}: ${error ?? `status ${answer.status}`}`;
  } catch (error) {
    return `${what}: ${factsText(refusalFacts(error))}`;
  }
}

function notesOf(
  { scopes }: OidcProvider,
  { metadata }: DiscoveredProvider,
  callback: string | undefined,
): string[] {
  const offered = metadata.scopes_supported ?? [];
  return [
    ...(callback === undefined
      ? ['PUBLIC_URL is not set: whether it takes the redirect address was not tried']
      : []),
    ...(metadata.end_session_endpoint === undefined
      ? ['it has no address for logging out: signing out ends the session here alone']
      : []),
    ...(metadata['backchannel_logout_supported'] === true
      ? []
      : ['it does not tell of logouts (back-channel logout)']),
    ...(offered.includes('offline_access') && !scopes.split(' ').includes('offline_access')
      ? [
          'it may give refresh tokens, which roles are checked again by, only with the scope offline_access',
        ]
      : []),
  ];
}

function soon(): AbortSignal {
  return AbortSignal.timeout(TIMEOUT_MS);
}
