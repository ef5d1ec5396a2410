import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Claims = Record<string, unknown>;

/** How the next id token differs from a good one. */
export interface Forgery {
  readonly claims?: Claims;
  readonly header?: Claims;
  /** Makes the signature of the text; by default with the provider's key. */
  readonly sign?: (text: string) => Buffer;
  /** What the user info says instead of the truth. */
  readonly userInfo?: Claims;
  /** Fields of the token answer. */
  readonly answer?: Claims;
  /** The whole token answer is this refusal. */
  readonly refusal?: Answer;
}

interface Answer {
  readonly status?: number;
  readonly body: unknown;
}
interface Person extends Claims {
  readonly sub: string;
}

export interface ForgingProvider {
  readonly issuer: string;
  /** A code for a login that was sent to `loginUrl`, as if the person had agreed. */
  code(loginUrl: URL, person: Person, forgery?: Forgery): string;
  /** A logout token for `claims`; without a forgery a good one. */
  logoutToken(claims: Claims, forgery?: Forgery): string;
  /** From now on tokens are signed with a new key, under a new id. */
  rotateKey(): void;
  /** What the next refresh is answered: tokens for a person as they are now, or a refusal. */
  nextRefresh(answer: Person | Answer): void;
  /** Every request so far, as `GET /jwks`. */
  readonly asked: string[];
  /** What was pushed to the provider before a login (RFC 9126). */
  readonly pushed: URLSearchParams[];
  close(): Promise<void>;
}

export const CLIENT = { id: 'cloudpam', secret: 'a-secret-of-the-client' };
const KEY = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const LATER_KEY = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const LOGOUT = { 'http://schemas.openid.net/event/backchannel-logout': {} };
/** A key that the provider never published. */
export const OTHER_KEY = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;

/** HMAC with what an attacker knows: the published key. */
export const byPublishedKey = (text: string): Buffer =>
  createHmac('sha256', KEY.publicKey.export({ format: 'pem', type: 'spki' }))
    .update(text)
    .digest();
export const bySecret = (text: string): Buffer =>
  createHmac('sha256', CLIENT.secret).update(text).digest();

/**
 * A provider that keeps to the protocol (a code is good once, and only with its PKCE verifier) but
 * for what a test wants forged.
 */
export async function startForgingProvider(metadata: Claims = {}): Promise<ForgingProvider> {
  const codes = new Map<
    string,
    { challenge: string; redirectUri: string; nonce: string; person: Person; forgery: Forgery }
  >();
  let given: { person: Claims; forgery: Forgery } | undefined;
  let key = { kid: 'one', pair: KEY };
  let refresh: Person | Answer = { status: 400, body: { error: 'invalid_grant' } };
  const asked: string[] = [];
  const pushed: URLSearchParams[] = [];
  let jtis = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    request.on('end', () => {
      const { status = 200, ...answer } = answerTo(
        new URL(request.url ?? '/', issuer).pathname,
        new URLSearchParams(body),
        request.headers.authorization,
      );
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP

  function answerTo(
    path: string,
    form: URLSearchParams,
    authorization: string | undefined,
  ): Answer {
    if (path === '/.well-known/openid-configuration') {
      return {
        body: {
          issuer,
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          userinfo_endpoint: `${issuer}/userinfo`,
          end_session_endpoint: `${issuer}/end`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256', 'none', 'HS256'],
          authorization_response_iss_parameter_supported: true,
          code_challenge_methods_supported: ['S256'],
          pushed_authorization_request_endpoint: `${issuer}/par`,
          ...metadata,
        },
      };
    }
    if (path === '/jwks')
      return {
        body: {
          keys: [
            {
              ...key.pair.publicKey.export({ format: 'jwk' }),
              kid: key.kid,
              alg: 'RS256',
              use: 'sig',
            },
          ],
        },
      };
    if (path === '/userinfo') return { body: { ...given?.person, ...given?.forgery.userInfo } };
    if (path === '/par') {
      pushed.push(form);
      return { status: 201, body: { request_uri: 'urn:pushed:1', expires_in: 60 } };
    }
    if (form.get('grant_type') === 'refresh_token') return refreshed();
    const found = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    // RFC 6749, 2.3.1: both parts are encoded as a form is.
    const [clientId, secret] = Buffer.from((authorization ?? '').slice('Basic '.length), 'base64')
      .toString()
      .split(':')
      .map(decodeURIComponent);
    const isClient = clientId === CLIENT.id && secret === CLIENT.secret;
    if (
      !isClient ||
      !found ||
      found.redirectUri !== form.get('redirect_uri') ||
      found.challenge !==
        createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url')
    ) {
      return { status: 400, body: { error: 'invalid_grant' } };
    }
    given = found;
    if (found.forgery.refusal) return found.forgery.refusal;
    const now = Math.floor(Date.now() / 1_000);
    const claims = {
      iss: issuer,
      aud: CLIENT.id,
      iat: now,
      exp: now + 300,
      nonce: found.nonce,
      sub: found.person.sub,
      ...found.forgery.claims,
    };
    return {
      body: {
        access_token: 'opaque',
        token_type: 'Bearer',
        expires_in: 300,
        id_token: jwt(claims, found.forgery),
        ...found.forgery.answer,
      },
    };
  }

  function refreshed(): Answer {
    if (!('sub' in refresh)) return refresh;
    const now = Math.floor(Date.now() / 1_000);
    given = { person: refresh, forgery: {} };
    return {
      body: {
        access_token: 'opaque',
        token_type: 'Bearer',
        expires_in: 300,
        refresh_token: 'renewed',
        id_token: jwt(
          { iss: issuer, aud: CLIENT.id, iat: now, exp: now + 300, sub: refresh.sub },
          {},
        ),
      },
    };
  }

  function jwt(
    claims: Claims,
    {
      header,
      sign: signature = (text) => sign('sha256', Buffer.from(text), key.pair.privateKey),
    }: Forgery,
  ): string {
    const part = (value: unknown): string =>
      Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = `${part({ alg: 'RS256', kid: key.kid, ...header })}.${part(claims)}`;
    return `${text}.${signature(text).toString('base64url')}`;
  }

  return {
    issuer,
    asked,
    pushed,
    logoutToken: (claims, forgery = {}) =>
      jwt(
        {
          iss: issuer,
          aud: CLIENT.id,
          iat: Math.floor(Date.now() / 1_000),
          jti: `logout-${++jtis}`,
          events: LOGOUT,
          ...claims,
          ...forgery.claims,
        },
        forgery,
      ),
    rotateKey: () => {
      key = { kid: 'two', pair: LATER_KEY };
    },
    nextRefresh: (answer) => {
      refresh = answer;
    },
    code(loginUrl, person, forgery = {}) {
      const code = createHash('sha256')
        .update(`${codes.size} ${loginUrl.href} ${Math.random()}`)
        .digest('hex');
      const { searchParams: asked } = loginUrl;
      codes.set(code, {
        challenge: asked.get('code_challenge') ?? '',
        redirectUri: asked.get('redirect_uri') ?? '',
        nonce: asked.get('nonce') ?? '',
        person,
        forgery,
      });
      return code;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
