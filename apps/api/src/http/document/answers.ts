import type { OpenAPIObject } from '@nestjs/swagger';
import { PROBLEM_STATUS, STATUS_TITLES, type ProblemCode } from '../problem-codes';
import { headersOf, type AnswerHeader } from './headers';
import type { RouteFacts } from './route-facts';

type Responses = NonNullable<NonNullable<OpenAPIObject['components']>['responses']>;
type Response = Responses[string];

/** Headers of every answer. */
const OF_ALL: readonly AnswerHeader[] = ['X-Request-Id'];
/** Headers of the problems of a status. */
const OF_STATUS: Readonly<Record<number, readonly AnswerHeader[]>> = {
  401: ['WWW-Authenticate'],
  405: ['Allow'],
  429: ['Retry-After'],
  503: ['Retry-After'],
};

/** Problems that any request of a kind can meet. */
const COMMON: readonly {
  readonly of: (facts: RouteFacts) => boolean;
  readonly codes: readonly ProblemCode[];
}[] = [
  {
    of: () => true,
    codes: [
      'bad_request',
      'method_not_allowed',
      'rate_limited',
      'headers_too_large',
      'internal_error',
    ],
  },
  { of: ({ path }) => path.startsWith('/api/'), codes: ['unknown_field', 'invalid_field'] },
  { of: ({ takesCursor }) => takesCursor, codes: ['invalid_cursor'] },
  { of: ({ takesRange }) => takesRange, codes: ['invalid_address', 'invalid_cidr'] },
  {
    of: ({ isPublic }) => !isPublic,
    codes: ['unauthenticated', 'forbidden', 'client_certificate_required'],
  },
  { of: ({ asksStorage }) => asksStorage, codes: ['database_unavailable'] },
  { of: ({ isWrite, asksMore }) => isWrite || asksMore, codes: ['missing_field'] },
  {
    of: ({ isWrite }) => isWrite,
    codes: ['invalid_json', 'body_too_large', 'body_too_complex', 'unsupported_media_type'],
  },
  {
    of: ({ isWrite, isPublic }) => isWrite && !isPublic,
    codes: ['csrf_refused', 'conflict', 'database_read_only'],
  },
  { of: ({ takesKey }) => takesKey, codes: ['idempotency_key_reused'] },
  { of: ({ isWrite, withinLimits }) => isWrite && withinLimits, codes: ['outside_limits'] },
];

/** The codes of the problems of a route, by status. */
export function problemsOf(facts: RouteFacts): Record<string, ProblemCode[]> {
  const common = COMMON.filter(({ of }) => of(facts)).flatMap(({ codes }) => codes);
  const found: Record<string, ProblemCode[]> = {};
  const add = (status: number, code: ProblemCode): void => {
    found[status] = [...new Set([...(found[status] ?? []), code])].sort();
  };
  for (const code of [...common, ...facts.problems]) add(PROBLEM_STATUS[code], code);
  for (const code of facts.named) add(400, code);
  return found;
}

/** A success, with the headers that it has. */
export function successOf(response: Response, headers: readonly AnswerHeader[]): Response {
  return { ...response, headers: headersOf([...headers, ...OF_ALL]) };
}

/**
 * The answer with a status that no success is. Its codes stand with each operation.
 * @param headers those of the operation: a cookie may be set by a refusal too
 */
export function problemOf(
  status: string,
  headers: readonly AnswerHeader[],
): Response | { $ref: string } {
  if (headers.includes('Set-Cookie')) return problemResponse(Number(status), ['Set-Cookie']);
  return { $ref: `#/components/responses/${nameOf(Number(status))}` };
}

/** What `problemOf` refers to. */
export function problemResponses(statuses: Iterable<string>): Responses {
  return Object.fromEntries(
    [...statuses]
      .sort()
      .map(Number)
      .map((status) => [nameOf(status), problemResponse(status, [])]),
  );
}

function problemResponse(status: number, headers: readonly AnswerHeader[]): Response {
  return {
    description: STATUS_TITLES[status] ?? 'Problem',
    headers: headersOf([...(OF_STATUS[status] ?? []), ...headers, ...OF_ALL]),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

function nameOf(status: number): string {
  const title = STATUS_TITLES[status] ?? `Status ${status}`;
  return title.replace(/ (\w)/g, (_, letter: string) => letter.toUpperCase());
}
