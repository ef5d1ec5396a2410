import { EC2ServiceException } from '@aws-sdk/client-ec2';
import type { CloudFailure } from '@cloudpam/provider-shapes';

/** An answer with status 200 that is not what the operation answers. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer';
}

/**
 * What ended a listing, as AWS says it: its own code (`UnauthorizedOperation`, `RequestLimitExceeded`), the system's
 * for a connection (`ECONNREFUSED`), or `malformed_answer` when the answer could not be read.
 */
export function awsFailure(error: unknown): CloudFailure {
  if (!(error instanceof Error)) return { code: 'unknown', message: String(error) };
  const code = codeOf(error);
  // The SDK appends a hint for programmers to what its parser says.
  const message = error.message.split('\n')[0]?.trim() || code;
  return { code, message };
}

function codeOf(error: Error): string {
  // An error answer without a code of its own is named so: something in between answered.
  if (error instanceof EC2ServiceException) {
    return error.name === 'Unknown' ? `http_${error.$metadata.httpStatusCode ?? 'unknown'}` : error.name;
  }
  if (error instanceof MalformedAnswer || '$response' in error) return 'malformed_answer';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name;
}
