import {
  AccessError,
  LoginRefused,
  type AccessErrorCode,
  type LoginFacts,
} from '@cloudpam/identity';
import { redacted } from '@cloudpam/audit';
import { errors as jose } from 'jose';
import * as client from 'openid-client';
import type { OidcProvider } from '../config/oidc-settings';

const LONGEST_FACT = 300;
/** Whatever could be a token, a code or a secret. */
const SECRET_LIKE = /[\w-]{40,}(\.[\w-]+)*/g;
const BUSY = ['temporarily_unavailable', 'server_error'];
const WRONG_SETTINGS = [
  'invalid_client',
  'unauthorized_client',
  'invalid_scope',
  'invalid_request',
  'unsupported_response_type',
  'unsupported_grant_type',
  'invalid_request_object',
  'invalid_request_uri',
  'request_not_supported',
  'request_uri_not_supported',
  'registration_not_supported',
  'invalid_target',
  'invalid_redirect_uri',
];
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO/;

/**
 * What the operator reads of a fault of a provider: all by name, nothing that anybody could log in
 * with.
 */
export interface ProviderFault {
  readonly code: AccessErrorCode;
  readonly facts: LoginFacts;
}

/**
 * What went wrong between this server and a provider, and whose turn it is: the person's, the
 * provider's or the operator's.
 */
export function providerFault(
  { issuer }: Pick<OidcProvider, 'issuer'>,
  error: unknown,
): ProviderFault {
  const fault = (code: AccessErrorCode, facts: LoginFacts): ProviderFault => ({
    code,
    facts: { issuer, ...facts },
  });
  if (error instanceof client.AuthorizationResponseError) {
    const code =
      error.error === 'access_denied'
        ? 'login_cancelled'
        : (codeOf(error.error) ?? 'invalid_login');
    return fault(code, { error: told(error.error), ...described(error.error_description) });
  }
  if (error instanceof client.ResponseBodyError) {
    return fault(
      error.status >= 500 ? 'provider_unavailable' : (codeOf(error.error) ?? 'invalid_login'),
      {
        error: told(error.error),
        ...described(error.error_description),
        ...answerFacts(error.response),
      },
    );
  }
  if (error instanceof client.WWWAuthenticateChallengeError) {
    const { error: name, error_description: description } = error.cause[0]?.parameters ?? {};
    return fault('provider_settings', {
      error: told(name ?? 'unauthorized'),
      ...described(description),
      ...answerFacts(error.response),
    });
  }
  const causes = causesOf(error);
  const answer = causes.find(
    (each): each is Response =>
      each instanceof Object &&
      'status' in each &&
      typeof each.status === 'number' &&
      'url' in each &&
      typeof each.url === 'string',
  );
  if (answer && answer.status >= 400)
    return fault(
      answer.status >= 500 || answer.status === 429 ? 'provider_unavailable' : 'provider_settings',
      {
        cause: messagesOf(causes),
        ...answerFacts(answer),
      },
    );
  return fault(codeOfCauses(causes), { cause: messagesOf(causes) });
}

/**
 * The same as a refusal for who wanted to log in.
 * @param otherwise what it is when the fault itself does not tell
 */
export function refusalOf(
  provider: OidcProvider,
  error: unknown,
  otherwise: AccessErrorCode = 'invalid_login',
): AccessError {
  if (error instanceof AccessError) return error;
  const fault = providerFault(provider, error);
  const { facts } = fault;
  const code = fault.code === 'invalid_login' ? otherwise : fault.code;
  return new LoginRefused(code, textOf(code, provider.label), facts);
}

/** What is known of a refusal. */
export function refusalFacts(error: unknown): LoginFacts {
  if (error instanceof LoginRefused) return error.facts;
  return { cause: error instanceof Error ? error.message : 'unknown' };
}

/** Facts as one line of text. */
export function factsText(facts: LoginFacts): string {
  return Object.entries(facts)
    .filter(([name]) => name !== 'issuer')
    .map(([name, value]) => `${name.replaceAll('_', ' ')} ${String(value)}`)
    .join(', ');
}

function textOf(code: AccessErrorCode, label: string): string {
  switch (code) {
    case 'login_cancelled':
      return `The login at ${label} was cancelled. Log in again.`;
    case 'provider_unavailable':
      return `${label} does not answer as an OpenID provider does. Try again later, or log in with a token.`;
    case 'provider_settings':
      return (
        `${label} and this server are not set up for each other. Ask an admin: the log of the ` +
        'server says what is wrong.'
      );
    default:
      return `The answer of ${label} is not valid. Log in again.`;
  }
}

function codeOf(error: string): AccessErrorCode | undefined {
  if (BUSY.includes(error)) return 'provider_unavailable';
  return WRONG_SETTINGS.includes(error) ? 'provider_settings' : undefined;
}

/**
 * Of a fault without an answer: no connection, a metadata document of someone else, a token that is
 * not good.
 */
function codeOfCauses(causes: readonly unknown[]): AccessErrorCode {
  const codes = causes.map((each) =>
    each instanceof Object && 'code' in each ? String(each.code) : '',
  );
  if (codes.some((each) => UNTRUSTED.test(each))) return 'provider_settings';
  if (codes.some((each) => ['OAUTH_TIMEOUT', 'OAUTH_ABORT', jose.JWKSTimeout.code].includes(each)))
    return 'provider_unavailable';
  if (causes.some((each) => each instanceof TypeError && each.message === 'fetch failed'))
    return 'provider_unavailable';
  return 'invalid_login';
}

function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (
    let at = error;
    at instanceof Object && causes.length < 5;
    at = 'cause' in at ? at.cause : undefined
  )
    causes.push(at);
  return causes;
}

/**
 * Messages of the libraries name claims and checks; what these hold stands beside them, in objects,
 * and is left out.
 */
function messagesOf(causes: readonly unknown[]): string {
  const messages = causes
    .filter((each) => each instanceof Error)
    .map(({ message, code }: Error & { code?: unknown }) =>
      typeof code === 'string' && !code.startsWith('OAUTH_') && !message.includes(code)
        ? `${message} (${code})`
        : message,
    );
  return told([...new Set(messages.filter(Boolean))].join(': ') || 'unknown');
}

function answerFacts({
  status,
  url,
}: {
  readonly status: number;
  readonly url: string;
}): LoginFacts {
  return { ...(url === '' ? {} : { address: told(url.split('?')[0] ?? '') }), status };
}

function described(description: string | undefined): LoginFacts {
  return description === undefined ? {} : { error_description: told(description) };
}

/**
 * A text of the provider, for the log: one line, not too long, without anything that looks like a
 * secret.
 */
function told(text: string): string {
  return redacted(text)
    .replace(/\p{Cc}+/gu, ' ')
    .replace(SECRET_LIKE, '***')
    .slice(0, LONGEST_FACT)
    .toWellFormed();
}
