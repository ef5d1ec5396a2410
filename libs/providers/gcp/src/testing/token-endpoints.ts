import { createPublicKey, generateKeyPairSync, randomUUID, verify } from 'node:crypto';
import { googleStatus, json, type Answer } from './google-answers';

/** Where the federation of the double says that its tokens are good. */
export const AUDIENCE =
  '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/double/providers/double';
/** The one token of an outside identity provider that the double exchanges. */
export const SUBJECT_TOKEN = 'subject-token-of-the-double';

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const LIFETIME_S = 3_600;
const METADATA_HEADERS = { 'metadata-flavor': 'Google' };

/**
 * Gives access tokens as Google does, and knows those it has given: token exchange, metadata
 * server, self-signed by a key.
 */
export class TokenEndpoints {
  private readonly given = new Set<string>();
  private keys: { readonly privateKey: string; readonly publicKey: string } | undefined;
  private refusing = false;

  /** A new token that is good until {@link expireAll}. */
  issue(): string {
    const token = `ya29.${randomUUID()}`;
    this.given.add(token);
    return token;
  }

  /** Ends every token given so far, before its time. */
  expireAll(): void {
    this.given.clear();
  }

  /** From now on no endpoint gives a token. */
  refuseAll(): void {
    this.refusing = true;
  }

  /** Whether the header is that of a token which is good now. */
  accepts(authorization: string | undefined): boolean {
    const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
    return token !== undefined && (this.given.has(token) || this.isSelfSigned(token));
  }

  /** The answer to a token exchange or to the metadata server, if the path is one of theirs. */
  answer(path: string, body: URLSearchParams, flavor: string | undefined): Answer | undefined {
    if (path === '/sts/v1/token') return this.exchange(body);
    if (!path.startsWith('/computeMetadata/v1')) return undefined;
    // Without that header it would serve anyone who can make a machine open a link.
    if (flavor !== 'Google') return { status: 403, body: 'Missing Metadata-Flavor:Google header.' };
    if (/\/service-accounts\/[^/]+\/token$/.test(path))
      return this.refusing
        ? { status: 404, body: 'no service account' }
        : { ...json(this.tokenAnswer()), headers: METADATA_HEADERS };
    if (path.endsWith('/universe/universe-domain'))
      return { status: 404, body: 'not found', headers: METADATA_HEADERS };
    return {
      status: 200,
      body: 'project-of-the-double',
      contentType: 'application/text',
      headers: METADATA_HEADERS,
    };
  }

  /** A service account key as `gcloud iam service-accounts keys create` writes it. */
  serviceAccountKey(): object {
    this.keys ??= generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    return {
      type: 'service_account',
      project_id: 'project-of-the-double',
      private_key_id: 'key-1',
      private_key: this.keys.privateKey,
      client_email: 'collector@project-of-the-double.iam.gserviceaccount.com',
      client_id: '1',
    };
  }

  private exchange(body: URLSearchParams): Answer {
    if (
      this.refusing ||
      body.get('grant_type') !== TOKEN_EXCHANGE ||
      body.get('subject_token') !== SUBJECT_TOKEN ||
      body.get('audience') !== AUDIENCE
    ) {
      return json(
        { error: 'invalid_grant', error_description: 'The subject token is not one of this pool.' },
        400,
      );
    }
    return json({
      ...this.tokenAnswer(),
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    });
  }

  private tokenAnswer(): object {
    return { access_token: this.issue(), expires_in: LIFETIME_S, token_type: 'Bearer' };
  }

  /** A JWT signed by the service account's key for Google's scopes (AIP-4111), not yet expired. */
  private isSelfSigned(token: string): boolean {
    const [header, payload, signature, ...rest] = token.split('.');
    if (!this.keys || !header || !payload || !signature || rest.length > 0) return false;
    const good = verify(
      'RSA-SHA256',
      Buffer.from(`${header}.${payload}`),
      createPublicKey(this.keys.publicKey),
      Buffer.from(signature, 'base64url'),
    );
    if (!good) return false;
    const { scope, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as {
      scope?: string;
      exp?: number;
    }; // signed by our own key
    return (
      scope !== undefined &&
      /auth\/compute\.readonly/.test(scope) &&
      exp !== undefined &&
      exp * 1_000 > Date.now()
    );
  }
}

/** What Google answers to a token that it does not know, or no longer. */
export const UNAUTHENTICATED: Answer = googleStatus(
  401,
  'UNAUTHENTICATED',
  'Request had invalid authentication credentials.',
  'ACCESS_TOKEN_EXPIRED',
);
