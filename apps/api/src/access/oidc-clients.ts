import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  AccessError,
  type LoginSecrets,
  type LogoutToken,
  type ProviderSessions,
  type ProviderWord,
  type UserSession,
  type VerifiedIdentity,
} from '@cloudpam/identity';
import { jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import * as client from 'openid-client';
import { CONFIG, type Config } from '../config/config';
import type { OidcProvider } from '../config/oidc-settings';
import {
  CLOCK_TOLERANCE_S,
  discoverProvider,
  type DiscoveredProvider,
} from './discovered-provider';
import { issuerOf, logoutTokenOf } from './logout-token';
import { factsText, providerFault, refusalFacts, refusalOf } from './provider-faults';
import { identityOf } from './verified-claims';

/** A provider that changed its metadata is noticed within an hour. */
const METADATA_KEPT_MS = 3_600_000;
/** Metadata that could not be read again are used on, and read again after this. */
const RETRY_MS = 30_000;

/**
 * The OpenID providers of the settings, over openid-client: authorization code with PKCE, state and
 * nonce.
 */
@Injectable()
export class OidcClients implements ProviderSessions {
  private readonly discovered: LRUCache<string, DiscoveredProvider>;

  private readonly discovering = new Map<string, Promise<DiscoveredProvider>>();
  private readonly log = new Logger('OpenID Connect');

  constructor(@Inject(CONFIG) private readonly settings: Pick<Config, 'oidc'>) {
    this.discovered = new LRUCache({
      max: Math.max(1, settings.oidc.length),
      ttl: METADATA_KEPT_MS,
      ttlResolution: 0,
      // What is old is better than nothing, while the provider does not answer.
      noDeleteOnStaleGet: true,
    });
  }

  get providers(): readonly OidcProvider[] {
    return this.settings.oidc;
  }

  /** The provider of the name, or the only one. @throws AccessError `provider_not_found` */
  provider(name: string | undefined): OidcProvider {
    const [only, second] = this.providers;
    const found =
      name === undefined && !second ? only : this.providers.find((each) => each.name === name);
    if (!found)
      throw new AccessError(
        'provider_not_found',
        this.providers.length === 0
          ? 'This server has no OpenID provider; see OIDC_ISSUER in its settings.'
          : 'There is no such provider; GET /api/v1/auth/oidc/providers lists them.',
        'provider',
      );
    return found;
  }

  /**
   * Where the browser logs in.
   * @param isOther the person wants to log in as someone else than the provider takes them for
   * @throws AccessError `provider_unavailable` | `provider_settings`
   */
  async loginUrl(
    provider: OidcProvider,
    redirectUri: string,
    { state, nonce, verifier }: LoginSecrets,
    isOther = false,
  ): Promise<URL> {
    const { config, metadata } = await this.discover(provider);
    const parameters = {
      ...provider.authParams,
      ...(isOther ? { prompt: promptFor(metadata) } : {}),
      redirect_uri: redirectUri,
      scope: provider.scopes,
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    };
    const isPushed =
      provider.par === 'always' || metadata.require_pushed_authorization_requests === true;
    if (!isPushed) return client.buildAuthorizationUrl(config, parameters);
    return client.buildAuthorizationUrlWithPAR(config, parameters).catch((error: unknown) => {
      throw refusalOf(provider, error);
    });
  }

  /**
   * Who the answer of the provider is about. Checked: state, issuer of the answer, PKCE; signature,
   * algorithm, issuer, audience, nonce and time of the id token.
   * @param answer the address that the browser was sent back to
   * @throws AccessError `invalid_login` | `login_cancelled` | `provider_unavailable` |
   *   `provider_settings`
   */
  async identify(
    provider: OidcProvider,
    answer: URL,
    { state, nonce, verifier }: LoginSecrets,
  ): Promise<VerifiedIdentity> {
    const found = await this.discover(provider);
    try {
      const tokens = await client.authorizationCodeGrant(found.config, answer, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const identity = await this.identityIn(provider, found, tokens, undefined);
      if (!identity) throw new Error('there is no id token');
      return identity;
    } catch (error) {
      throw refusalOf(provider, error);
    }
  }

  async ask(
    name: string,
    refreshToken: string,
    issuer: string,
    subject: string,
  ): Promise<ProviderWord> {
    const provider = this.providers.find((each) => each.name === name);
    if (!provider)
      return { state: 'ended', facts: { why: `there is no provider ${name} any more` } };
    let renewed: string | undefined;
    try {
      const found = await this.discover(provider);
      const tokens = await client.refreshTokenGrant(found.config, refreshToken);
      renewed = tokens.refresh_token;
      const identity = await this.identityIn(provider, found, tokens, subject);
      if (identity && (identity.issuer !== issuer || identity.subject !== subject))
        return { state: 'ended', facts: { why: 'the refresh token is about someone else' } };
      return {
        state: 'alive',
        refreshToken: tokens.refresh_token ?? refreshToken,
        roleMap: provider.roleMap,
        identity,
      };
    } catch (error) {
      const facts =
        error instanceof AccessError ? refusalFacts(error) : providerFault(provider, error).facts;
      if (error instanceof client.ResponseBodyError && error.error === 'invalid_grant')
        return { state: 'ended', facts };
      this.log.warn(
        `a role could not be checked with ${name}, which is tried again: ${factsText(facts)}`,
      );
      // The former token may have ended with the answer that brought this one.
      return { state: 'unknown', refreshToken: renewed };
    }
  }

  /** Where the provider's own session ends; undefined when it offers no such place. */
  async logoutUrl(
    {
      provider: name,
      idToken,
      logoutHint,
    }: Pick<UserSession, 'provider' | 'idToken' | 'logoutHint'>,
    returnTo: string | undefined,
  ): Promise<string | undefined> {
    const provider = this.providers.find((each) => each.name === name);
    if (!provider) return undefined;
    try {
      const { config, metadata } = await this.discover(provider);
      if (metadata.end_session_endpoint === undefined) return undefined;
      return client.buildEndSessionUrl(config, {
        ...(idToken !== null
          ? { id_token_hint: idToken }
          : logoutHint !== null
            ? { logout_hint: logoutHint }
            : {}),
        ...(returnTo === undefined ? {} : { post_logout_redirect_uri: returnTo }),
      }).href;
    } catch {
      // The session here has ended anyway.
      return undefined;
    }
  }

  /**
   * What a logout token says, once its signature, issuer, audience, time and shape are checked.
   * @throws AccessError
   * `invalid_logout_token`
   */
  async logoutToken(text: string, now: Date): Promise<LogoutToken> {
    const issuer = issuerOf(text);
    let fault: unknown = new Error(`no provider of the settings has the issuer ${issuer ?? ''}`);
    for (const provider of this.providers) {
      const found = await this.discover(provider).catch((error: unknown) => {
        fault = error;
      });
      if (!found || found.metadata.issuer !== issuer) continue;
      try {
        return await logoutTokenOf(text, {
          issuer,
          clientId: provider.clientId,
          keys: found.keys,
          algorithms: found.algorithms,
          now,
        });
      } catch (error) {
        fault = error;
      }
    }
    throw new AccessError(
      'invalid_logout_token',
      `This is no logout token for this server: ${fault instanceof Error ? fault.message : ''}`,
      'logout_token',
    );
  }

  /**
   * Metadata and keys of the provider. @throws AccessError `provider_unavailable` |
   * `provider_settings`
   */
  async discover(provider: OidcProvider): Promise<DiscoveredProvider> {
    const known = this.discovered.get(provider.name);
    if (known) return known;
    // All who wait for it share one answer: anybody can begin a login.
    const asked =
      this.discovering.get(provider.name) ??
      discoverProvider(provider).finally(() => this.discovering.delete(provider.name));
    this.discovering.set(provider.name, asked);
    try {
      const found = await asked;
      this.discovered.set(provider.name, found);
      return found;
    } catch (error) {
      const old = this.discovered.get(provider.name, { allowStale: true });
      // Metadata that are not this issuer's, or no metadata: the address in the settings is wrong.
      if (!old) throw refusalOf(provider, error, 'provider_settings');
      this.discovered.set(provider.name, old, { ttl: RETRY_MS });
      return old;
    }
  }

  /**
   * Who tokens are about; without an id token, whom the user info is about, if it is the expected
   * subject.
   */
  private async identityIn(
    provider: OidcProvider,
    { config, metadata, keys, algorithms }: DiscoveredProvider,
    tokens: Awaited<ReturnType<typeof client.refreshTokenGrant>>,
    subject: string | undefined,
  ): Promise<VerifiedIdentity | undefined> {
    const claims = tokens.claims();
    const hasUserInfo = metadata.userinfo_endpoint !== undefined;
    const userInfo = (of: string): Promise<client.UserInfoResponse> =>
      client.fetchUserInfo(config, tokens.access_token, of);
    if (claims && tokens.id_token !== undefined) {
      // The library checks the claims. The signature it leaves to TLS; here it counts, and with it
      // the algorithm.
      await jwtVerify(tokens.id_token, keys, {
        issuer: metadata.issuer,
        audience: provider.clientId,
        algorithms,
        clockTolerance: CLOCK_TOLERANCE_S,
      });
      return identityOf(provider, claims, tokens, () =>
        hasUserInfo ? userInfo(claims.sub) : Promise.resolve({}),
      );
    }
    if (subject === undefined || !hasUserInfo) return undefined;
    return identityOf(
      provider,
      { ...(await userInfo(subject)), iss: metadata.issuer, sub: subject },
      tokens,
      () => Promise.resolve({}),
    );
  }
}

/** How the provider is asked to let people choose who they are. */
function promptFor({ prompt_values_supported: known }: client.ServerMetadata): string {
  return !Array.isArray(known) || known.includes('select_account') ? 'select_account' : 'login';
}
