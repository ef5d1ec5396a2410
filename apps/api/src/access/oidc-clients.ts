import { Inject, Injectable } from '@nestjs/common';
import { AccessError, type LoginSecrets, type VerifiedIdentity } from '@cloudpam/identity';
import * as client from 'openid-client';
import type { Config } from '../config';
import { CONFIG } from '../config-token';
import { isLoopback, type OidcProvider } from '../oidc-settings';
import { identityOf } from './verified-claims';

/** A provider that changed its metadata is noticed within an hour. Keys are looked up by their id, as they come. */
const METADATA_KEPT_MS = 3_600_000;
const TIMEOUT_S = 10;
const CLOCK_TOLERANCE_S = 30;

/** The OpenID providers of the settings, over openid-client: authorization code with PKCE, state and nonce. */
@Injectable()
export class OidcClients {
  private readonly discovered = new Map<string, { readonly config: client.Configuration; readonly until: number }>();

  constructor(@Inject(CONFIG) private readonly settings: Pick<Config, 'oidc'>) {}

  get providers(): readonly OidcProvider[] {
    return this.settings.oidc;
  }

  /** The provider of the name, or the only one. @throws AccessError `provider_not_found` */
  provider(name: string | undefined): OidcProvider {
    const [only, second] = this.providers;
    const found = name === undefined && !second ? only : this.providers.find((each) => each.name === name);
    if (!found) throw new AccessError('provider_not_found', this.providers.length === 0 ? 'This server has no OpenID provider; see OIDC_ISSUER in its settings.' : 'There is no such provider; GET /api/v1/auth/oidc/providers lists them.', 'provider');
    return found;
  }

  /** Where the browser logs in. @throws AccessError `provider_unavailable` */
  async loginUrl(provider: OidcProvider, redirectUri: string, { state, nonce, verifier }: LoginSecrets): Promise<URL> {
    return client.buildAuthorizationUrl(await this.discover(provider), {
      redirect_uri: redirectUri, scope: provider.scopes, state, nonce, code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
    });
  }

  /**
   * Who the answer of the provider is about. Checked: state, issuer of the answer, PKCE; signature, algorithm, issuer,
   * audience, nonce and time of the id token.
   * @param answer the address that the browser was sent back to
   * @throws AccessError `invalid_login` with the reason in `cause` | `provider_unavailable`
   */
  async identify(provider: OidcProvider, answer: URL, { state, nonce, verifier }: LoginSecrets): Promise<VerifiedIdentity> {
    const config = await this.discover(provider);
    try {
      const tokens = await client.authorizationCodeGrant(config, answer, { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true });
      const claims = tokens.claims();
      if (!claims || tokens.id_token === undefined) throw new Error('there is no id token');
      return await identityOf(provider, claims, tokens.id_token, () => (config.serverMetadata().userinfo_endpoint === undefined
        ? Promise.resolve({})
        : client.fetchUserInfo(config, tokens.access_token, claims.sub)));
    } catch (error) {
      throw refusal(provider, error);
    }
  }

  /** Where the provider's own session ends; undefined when it offers no such place. */
  async logoutUrl(name: string, idToken: string | null, returnTo: string | undefined): Promise<string | undefined> {
    const provider = this.providers.find((each) => each.name === name);
    if (!provider) return undefined;
    try {
      const config = await this.discover(provider);
      if (config.serverMetadata().end_session_endpoint === undefined) return undefined;
      return client.buildEndSessionUrl(config, {
        ...idToken === null ? {} : { id_token_hint: idToken }, ...returnTo === undefined ? {} : { post_logout_redirect_uri: returnTo },
      }).href;
    } catch {
      // The session here has ended anyway.
      return undefined;
    }
  }

  private async discover(provider: OidcProvider): Promise<client.Configuration> {
    const known = this.discovered.get(provider.name);
    if (known && known.until > Date.now()) return known.config;
    try {
      const config = await discovered(provider);
      this.discovered.set(provider.name, { config, until: Date.now() + METADATA_KEPT_MS });
      return config;
    } catch (error) {
      if (known) return known.config;
      throw unavailable(provider, error);
    }
  }
}

async function discovered({ issuer, clientId, clientSecret, clientAuth }: OidcProvider): Promise<client.Configuration> {
  const url = new URL(issuer);
  const insecure = url.protocol === 'http:' && isLoopback(url.hostname);
  const found = await client.discovery(url, clientId, undefined, client.None(), { timeout: TIMEOUT_S, execute: insecure ? [client.allowInsecureRequests] : [] });
  const metadata = found.serverMetadata();
  const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  // Basic encodes the secret, which some providers do not undo.
  const byPost = clientAuth === 'post' || (clientAuth === undefined && methods.includes('client_secret_post'));
  const auth = clientSecret === undefined ? client.None() : byPost ? client.ClientSecretPost(clientSecret) : client.ClientSecretBasic(clientSecret);
  const config = new client.Configuration(metadata, clientId, { [client.clockTolerance]: CLOCK_TOLERANCE_S }, auth);
  config.timeout = TIMEOUT_S;
  if (insecure) client.allowInsecureRequests(config);
  // Without this the signature would not be looked at, for the token comes by TLS: a wrong `alg` would pass.
  client.enableNonRepudiationChecks(config);
  return config;
}

function refusal(provider: OidcProvider, error: unknown): AccessError {
  if (error instanceof AccessError) return error;
  if (error instanceof client.ClientError && ['OAUTH_TIMEOUT', 'OAUTH_ABORT'].includes(error.code ?? '')) return unavailable(provider, error);
  if (error instanceof TypeError && error.message === 'fetch failed') return unavailable(provider, error);
  const denied = error instanceof client.AuthorizationResponseError ? `${provider.label} refused the login: ${error.error}.` : `The answer of ${provider.label} is not valid.`;
  return Object.assign(new AccessError('invalid_login', `${denied} Log in again.`), { cause: error });
}

function unavailable(provider: OidcProvider, error: unknown): AccessError {
  return Object.assign(new AccessError('provider_unavailable', `${provider.label} does not answer as an OpenID provider does. Try again later, or log in with a token.`), { cause: error });
}
