import { TimeOver, type CloudFailure } from '@cloudpam/provider-shapes';

/** An answer with status 200 that is not what the operation answers. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer';
}

// EC2 says the first, the other services one of the others.
const EXPIRED = ['RequestExpired', 'ExpiredToken', 'ExpiredTokenException'];
// EC2 says one of the first two of a region that the account has not opted in to, STS the third.
const NOT_ENABLED = ['AuthFailure', 'OptInRequired', 'RegionDisabledException'];
// How the SDK names an error answer without a code of its own, in XML and in JSON: something in between answered.
const NAMELESS = ['Unknown', 'UnknownError'];

/**
 * What ended a listing, as AWS says it: its own code (`UnauthorizedOperation`, `RequestLimitExceeded`), the system's
 * for a connection (`ECONNREFUSED`), `timeout`, or `malformed_answer` when the answer could not be read.
 */
export function awsFailure(error: unknown): CloudFailure {
  if (!(error instanceof Error)) return { code: 'unknown', message: String(error) };
  const code = codeOf(error);
  // The SDK appends a hint for programmers to what its parser says.
  const message = error.message.split('\n')[0]?.trim() || code;
  return { code, message };
}

/** Whether AWS said that the credentials are no longer good, though they once were. */
export function credentialsExpired(error: unknown): boolean {
  return error instanceof Error && EXPIRED.includes(error.name);
}

/** Whether AWS may have said that the region is not enabled for the account. */
export function regionNotEnabled(error: unknown): boolean {
  return error instanceof Error && NOT_ENABLED.includes(error.name);
}

function codeOf(error: Error): string {
  // Of all services' errors; each client has a base class of its own.
  if ('$fault' in error) return NAMELESS.includes(error.name) ? `http_${statusOf(error) ?? 'unknown'}` : error.name;
  if (error instanceof TimeOver) return 'timeout';
  if (error instanceof MalformedAnswer || '$response' in error) return 'malformed_answer';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name;
}

function statusOf(error: object): number | undefined {
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } }; // the SDK gives every service error its metadata
  return $metadata?.httpStatusCode;
}
