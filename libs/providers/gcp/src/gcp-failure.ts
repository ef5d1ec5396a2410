import {
  asList,
  asObject,
  asText,
  caAdvice,
  foreignAnswer,
  TimeOver,
  type CloudFailure,
  type JsonObject,
} from '@cloudpam/provider-shapes';

/** An answer with status 200 that is not what the method answers. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer';
}

/**
 * There is no access token to be had: no credentials at all, or an endpoint that refuses to give
 * one for them.
 */
export class NoAccessToken extends Error {
  override readonly name = 'NoAccessToken';

  constructor(override readonly cause: unknown) {
    super(asText(asObject(cause)?.['message']) ?? String(cause), { cause });
  }
}

/**
 * What may help against a failed call: the next minute, another try, a new access token, or
 * nothing.
 */
export type Remedy = 'next_minute' | 'try_again' | 'new_token' | 'none';

// ENOENT, of a credentials file that is not there, is a code of the system too: only those of
// connections pass.
const CONNECTION_CODES = [
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_STREAM_PREMATURE_CLOSE',
];
const QUOTA_REASONS = ['rateLimitExceeded', 'userRateLimitExceeded', 'RATE_LIMIT_EXCEEDED'];

/**
 * What ended a call, as Google says it: the reason of its error (`forbidden`,
 * `accessNotConfigured`), else the status (`PERMISSION_DENIED`); `invalid_grant` and the like from
 * a token endpoint; the system's code for a connection (`ECONNREFUSED`); `malformed_answer`,
 * `timeout`, `no_credentials`, or `http_502` where no Google answered.
 */
export function gcpFailure(error: unknown): CloudFailure {
  if (error instanceof MalformedAnswer) return { code: 'malformed_answer', message: error.message };
  if (error instanceof TimeOver) return { code: 'timeout', message: error.message };
  const foreign = foreignAnswerIn(error instanceof NoAccessToken ? error.cause : error);
  if (foreign) return foreign;
  if (error instanceof NoAccessToken) {
    return {
      code: codeOf(error.cause) ?? 'no_credentials',
      message: error.message + adviceOn(error.cause),
    };
  }
  const message =
    asText(apiError(error)?.['message']) ?? asText(asObject(error)?.['message']) ?? String(error);
  return {
    code: codeOf(error) ?? (error instanceof Error ? error.name : 'unknown'),
    message: message.trim() + adviceOn(error),
  };
}

/** Quotas pass with the minute, 5xx and lost connections soon; a refusal is final. */
export function remedyFor(error: unknown): Remedy {
  if (error instanceof TimeOver) return 'try_again';
  if (error instanceof NoAccessToken)
    return remedyFor(error.cause) === 'try_again' ? 'try_again' : 'none';
  const status = statusOf(error);
  if (status === undefined)
    return CONNECTION_CODES.includes(systemCode(error) ?? '') ? 'try_again' : 'none';
  if (
    status === 429 ||
    (status === 403 && reasonsOf(error).some((reason) => QUOTA_REASONS.includes(reason)))
  )
    return 'next_minute';
  if (status === 401) return 'new_token';
  return status === 408 || status >= 500 ? 'try_again' : 'none';
}

/**
 * Google says in JSON what is wrong; whatever else has answered is a proxy, a gateway or a login
 * page.
 */
function foreignAnswerIn(error: unknown): CloudFailure | undefined {
  const status = statusOf(error);
  if (status === undefined || status < 300 || codeIn(error) !== undefined) return undefined;
  const { response } = error as { response?: { headers?: Headers } }; // the client keeps the answer
  const header = (name: string): string | undefined => response?.headers?.get(name) ?? undefined;
  return { code: `http_${status}`, message: foreignAnswer({ asked: 'Google', status, header }) };
}

function codeOf(error: unknown): string | undefined {
  const status = statusOf(error);
  return status === undefined ? systemCode(error) : (codeIn(error) ?? `http_${status}`);
}

/** In the body of an answer. */
function codeIn(error: unknown): string | undefined {
  // A token endpoint answers by RFC 6749: the code is the text `error`.
  const oauth = asText(bodyOf(error)?.['error']);
  return oauth ?? reasonsOf(error)[0] ?? asText(apiError(error)?.['status']);
}

function adviceOn(error: unknown): string {
  return caAdvice(systemCode(error) ?? '', 'NODE_EXTRA_CA_CERTS');
}

/** The reasons in `errors[]` (Compute), then those in `details[]` (every newer API). */
function reasonsOf(error: unknown): string[] {
  const { errors, details } = apiError(error) ?? {};
  const entries = [...(asList(errors) ?? []), ...(asList(details) ?? [])];
  return entries.flatMap((entry) => asText(asObject(entry)?.['reason']) ?? []);
}

function apiError(error: unknown): JsonObject | undefined {
  return asObject(bodyOf(error)?.['error']);
}

function bodyOf(error: unknown): JsonObject | undefined {
  return asObject(asObject(asObject(error)?.['response'])?.['data']);
}

function statusOf(error: unknown): number | undefined {
  const status = asObject(asObject(error)?.['response'])?.['status'];
  return typeof status === 'number' ? status : undefined;
}

function systemCode(error: unknown): string | undefined {
  return asText(asObject(error)?.['code']);
}
