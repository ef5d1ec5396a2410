import { HttpException } from '@nestjs/common';
import { CidrError } from '@cloudpam/cidr';
import { KeyReused, redacted, StorageUnavailable, type Unavailability } from '@cloudpam/audit';
import { AccessError, TooManyAttempts } from '@cloudpam/identity';
import { InvalidCursor, PoolError, StoredConflict } from '@cloudpam/pools';
import { DigestError } from '@cloudpam/digests';
import { WebhookError } from '@cloudpam/events';
import { ImportError, SavedMapError } from '@cloudpam/import';
import { DiscoveryError } from '@cloudpam/reconciliation';
import { MethodNotAllowed } from './allowed-methods';
import { BodyTooLarge } from './body-bytes';
import { ClientGone } from './client-gone';
import { NotJson } from './json-parser';
import { BodyTooComplex } from './json-scanner';
import { PoolBriefDto } from './pool-brief.dto';
import { PROBLEM_STATUS, STATUS_TITLES } from './problem-codes';
import { GoneSince } from './answer';
import { FileError, placeIn } from './file-error';
import { SchemaError } from './schema';
import { Busy, TooManyStreams } from './turns';

/**
 * What the frameworks below refuse before a controller sees it; Nest passes on their status and
 * message only.
 */
const FRAMEWORK: readonly { status: number; message?: RegExp; code: string; detail: string }[] = [
  {
    status: 413,
    code: 'body_too_large',
    detail: 'The body is larger than this route takes. Send it in parts.',
  },
  { status: 415, code: 'unsupported_media_type', detail: 'Send application/json.' },
  { status: 404, code: 'not_found', detail: 'There is nothing at this path.' },
  {
    status: 429,
    code: 'rate_limited',
    detail: 'Too many requests from this address. Wait as long as Retry-After says.',
  },
];

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly request_id: string;
  readonly errors?: readonly { field: string; code: string; detail: string }[];
  readonly conflicts?: readonly { pool_id: number; cidr: string; name: string }[];
  readonly largest_free?: string;
}

const UNAVAILABLE = {
  no_answer: 'The database does not answer in time. Nothing was written; try again.',
  read_only:
    'The database takes no writes now, because its disk is full or it is read-only. Nothing ' +
    'was written; reading works.',
  outcome_unknown:
    'The database did not confirm the write. It may be there: repeat the request with its ' +
    'Idempotency-Key, or read before you repeat it.',
} as const satisfies Record<Unavailability, string>;

/** A problem document (RFC 9457). */
export function problem(
  status: number,
  code: string,
  detail: string,
  instance: string,
  requestId: string,
  more: Partial<Problem> = {},
): Problem {
  return {
    type: `https://cloudpam.dev/problems/${code}`,
    title: STATUS_TITLES[status] ?? 'Error',
    status,
    detail,
    instance,
    code,
    request_id: requestId,
    ...more,
  };
}

/** What went wrong, and what to do. */
export function problemOf(error: unknown, instance: string, requestId: string): Problem {
  const make = (
    status: number,
    code: string,
    detail: string,
    more: Partial<Problem> = {},
  ): Problem => problem(status, code, detail, instance, requestId, more);
  const field = (name: string | undefined, code: string, detail: string): Partial<Problem> =>
    name ? { errors: [{ field: name, code, detail }] } : {};
  if (error instanceof PoolError) {
    const { conflicts, largestFree } = error.details;
    const named =
      error.details.index === undefined
        ? error.details.field
        : `items.${error.details.index}.${error.details.field ?? ''}`;
    // A thing that the body names and that is not there is a mistake in the body.
    const status =
      PROBLEM_STATUS[error.code] === 404 && error.details.field ? 400 : PROBLEM_STATUS[error.code];
    return make(status, error.code, error.message, {
      ...field(named, error.code, error.message),
      ...(conflicts
        ? {
            conflicts: conflicts.slice(0, 100).map(PoolBriefDto.of),
          }
        : {}),
      ...(largestFree ? { largest_free: `/${largestFree.prefixLength}` } : {}),
    });
  }
  if (
    error instanceof DiscoveryError ||
    error instanceof AccessError ||
    error instanceof WebhookError ||
    error instanceof DigestError
  )
    return make(
      PROBLEM_STATUS[error.code],
      error.code,
      error.message,
      field(error.field, error.code, error.message),
    );
  if (error instanceof ImportError)
    return make(PROBLEM_STATUS[error.code], error.code, error.message, {
      ...(error.wrong.length > 0 && {
        errors: error.wrong.map(({ file, line, column, code, detail }) => ({
          field: placeIn(file, line, column),
          code,
          detail,
        })),
      }),
    });
  if (error instanceof SavedMapError)
    return make(PROBLEM_STATUS[error.code], error.code, error.message);
  if (error instanceof FileError)
    return make(
      PROBLEM_STATUS[error.code],
      error.code,
      error.message,
      field(error.where, error.code, error.detail),
    );
  if (error instanceof CidrError)
    return make(
      PROBLEM_STATUS[error.code],
      error.code,
      error.message,
      field('cidr', error.code, error.message),
    );
  if (error instanceof SchemaError)
    return make(400, error.problems[0]?.code ?? 'invalid_field', error.message, {
      errors: error.problems,
    });
  if (error instanceof StorageUnavailable)
    return make(
      503,
      error.reason === 'read_only' ? 'database_read_only' : 'database_unavailable',
      UNAVAILABLE[error.reason],
    );
  if (error instanceof TooManyStreams) return make(429, 'too_many_streams', error.message);
  if (error instanceof Busy) return make(503, 'busy', error.message);
  // Nobody reads this answer; the log and the metrics tell it from a failure.
  if (error instanceof ClientGone) return make(499, 'client_gone', error.message);
  if (error instanceof GoneSince) return make(410, 'gone_since', error.message);
  if (error instanceof MethodNotAllowed) return make(405, 'method_not_allowed', error.message);
  if (error instanceof BodyTooLarge) return make(413, 'body_too_large', error.message);
  if (error instanceof BodyTooComplex)
    return make(413, 'body_too_complex', `The body ${error.message}; send it in parts.`);
  if (error instanceof NotJson) return make(400, 'invalid_json', error.message);
  if (error instanceof TooManyAttempts) return make(429, 'rate_limited', error.message);
  if (error instanceof KeyReused)
    return make(
      422,
      'idempotency_key_reused',
      `${error.message}. Use a fresh key for each request.`,
    );
  if (error instanceof InvalidCursor)
    return make(
      400,
      'invalid_cursor',
      'This cursor is not one that an earlier page of this list gave.',
      field('cursor', 'invalid_cursor', 'is not known'),
    );
  if (error instanceof StoredConflict)
    return make(
      409,
      'conflict',
      `This conflicts with something stored (${error.constraint}). Read again and repeat.`,
    );
  const status = statusOf(error);
  const message = error instanceof Error ? error.message : 'The request is not valid.';
  const known = FRAMEWORK.find(
    (each) => each.status === status && (each.message?.test(message) ?? true),
  );
  if (known) return make(status, known.code, known.detail);
  if (status >= 400 && status < 500) return make(status, 'bad_request', message);
  return make(
    500,
    'internal_error',
    `Something failed here. It is logged under request id ${requestId}.`,
  );
}

/** The body of the answer. A token in a path or a field is not repeated. */
export function problemText(answer: Problem): string {
  return redacted(JSON.stringify(answer));
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof SyntaxError) return 400;
  return typeof error === 'object' &&
    error !== null &&
    'statusCode' in error &&
    typeof error.statusCode === 'number'
    ? error.statusCode
    : 500;
}
