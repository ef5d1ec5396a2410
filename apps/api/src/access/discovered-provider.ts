import type { JWTVerifyGetKey } from 'jose';
import * as client from 'openid-client';
import { isLoopback, type OidcProvider } from '../config/oidc-settings';
import { providerFetch } from './provider-fetch';
import { providerKeys } from './provider-keys';

const TIMEOUT_S = 10;
/** Signatures with a key that is published; never `none`, nor those with a secret. */
const SIGNATURES = /^((RS|PS|ES)(256|384|512)|EdDSA|Ed25519)$/;
export const CLOCK_TOLERANCE_S = 30;

/** A provider as its metadata describes it. */
export interface DiscoveredProvider {
  readonly config: client.Configuration;
  readonly metadata: client.ServerMetadata;
  readonly keys: JWTVerifyGetKey;
  /** Signature algorithms of its tokens. */
  readonly algorithms: string[];
}

/**
 * Reads the metadata of a provider, whose issuer must be the one of the settings. @throws what
 * openid-client throws
 */
export async function discoverProvider({
  issuer,
  clientId,
  clientSecret,
  clientAuth,
}: OidcProvider): Promise<DiscoveredProvider> {
  const url = new URL(issuer);
  const insecure = url.protocol === 'http:' && isLoopback(url.hostname);
  const found = await client.discovery(url, clientId, undefined, client.None(), {
    timeout: TIMEOUT_S,
    execute: insecure ? [client.allowInsecureRequests] : [],
    [client.customFetch]: providerFetch,
  });
  const metadata = found.serverMetadata();
  const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  // Basic encodes the secret, which some providers do not undo.
  const byPost =
    clientAuth === 'post' || (clientAuth === undefined && methods.includes('client_secret_post'));
  const auth =
    clientSecret === undefined
      ? client.None()
      : byPost
        ? client.ClientSecretPost(clientSecret)
        : client.ClientSecretBasic(clientSecret);
  const config = new client.Configuration(
    metadata,
    clientId,
    { [client.clockTolerance]: CLOCK_TOLERANCE_S },
    auth,
  );
  config.timeout = TIMEOUT_S;
  config[client.customFetch] = providerFetch;
  if (insecure) client.allowInsecureRequests(config);
  const algorithms = (metadata.id_token_signing_alg_values_supported ?? ['RS256']).filter((each) =>
    SIGNATURES.test(each),
  );
  return { config, metadata, keys: keysOf(metadata, insecure), algorithms };
}

function keysOf({ jwks_uri: address }: client.ServerMetadata, insecure: boolean): JWTVerifyGetKey {
  if (address === undefined) throw new Error('the metadata name no jwks_uri');
  const url = new URL(address);
  if (url.protocol !== 'https:' && !insecure)
    throw new Error(`jwks_uri must be an https:// address, not ${address}`);
  return providerKeys(url, TIMEOUT_S * 1_000);
}
