import { caAdvice, foreignAnswer, TimeOver, type CloudFailure } from '@cloudpam/provider-shapes';
import { NoCredentials } from './credentials/no-credentials';

/** An answer with status 200 that is not what the operation answers. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer';
}

/** What an error of the SDK holds of the answer. */
interface RawAnswer {
  readonly statusCode: number;
  readonly headers: { readonly [name: string]: string };
}

// EC2 says the first, the other services one of the others.
const EXPIRED = ['RequestExpired', 'ExpiredToken', 'ExpiredTokenException'];
const ENDED =
  ' (the credentials have ended: get new ones, or use a role, which renews them by itself)';
// EC2 says one of the first two of a region that the account has not opted in to, STS the third.
const NOT_ENABLED = ['AuthFailure', 'OptInRequired', 'RegionDisabledException'];
// How the SDK names an error answer without a code of its own, in XML and in JSON: something in
// between answered.
const NAMELESS = ['Unknown', 'UnknownError'];

/**
 * What ended a listing, as AWS says it: its own code (`UnauthorizedOperation`,
 * `RequestLimitExceeded`), the system's for a connection (`ECONNREFUSED`), `timeout`, `http_403`
 * when something else than AWS answered, `malformed_answer` when the answer could not be read, or
 * why there are no credentials (`profile_missing`).
 */
export function awsFailure(error: unknown): CloudFailure {
  if (!(error instanceof Error)) return { code: 'unknown', message: String(error) };
  const foreign = foreignAnswerIn(error);
  if (foreign) return foreign;
  const code = codeOf(error);
  // The SDK appends a hint for programmers to what its parser says.
  const message = error.message.split('\n')[0]?.trim() || code;
  return { code, message: message + adviceOn(error, code) };
}

/** Whether AWS said that the credentials are no longer good, though they once were. */
export function credentialsExpired(error: unknown): boolean {
  return error instanceof Error && EXPIRED.includes(error.name);
}

/** Whether AWS may have said that the region is not enabled for the account. */
export function regionNotEnabled(error: unknown): boolean {
  return error instanceof Error && NOT_ENABLED.includes(error.name);
}

/**
 * AWS names its errors so that the SDK can read them; whatever else has answered is a proxy, a
 * gateway or a login page.
 */
function foreignAnswerIn(error: Error): CloudFailure | undefined {
  if (!('$response' in error) || ('$fault' in error && !NAMELESS.includes(error.name)))
    return undefined;
  const answer = error.$response as RawAnswer | undefined; // the SDK keeps the answer that it could not read
  if (!answer || answer.statusCode < 300) return undefined;
  const { statusCode: status, headers } = answer;
  return {
    code: `http_${status}`,
    message: foreignAnswer({ asked: 'AWS', status, header: (name) => headers[name] }),
  };
}

function codeOf(error: Error): string {
  // Of all services' errors; each client has a base class of its own.
  if ('$fault' in error) return error.name;
  if (error instanceof TimeOver) return 'timeout';
  if (error instanceof NoCredentials) return error.code;
  if (error instanceof MalformedAnswer || '$response' in error) return 'malformed_answer';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name;
}

function adviceOn(error: Error, code: string): string {
  if (error instanceof NoCredentials) return '';
  if (code === 'malformed_answer')
    return '; something that is not AWS may have answered, such as a proxy';
  if (EXPIRED.includes(code)) return ENDED;
  return caAdvice(code, 'AWS_CA_BUNDLE');
}
