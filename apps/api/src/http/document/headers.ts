import type { OpenAPIObject } from '@nestjs/swagger';
import { POSITION_PATTERN } from '@cloudpam/storage-typeorm';

type Headers = NonNullable<NonNullable<OpenAPIObject['components']>['headers']>;
type Parameters = NonNullable<NonNullable<OpenAPIObject['components']>['parameters']>;

const text = { type: 'string' } as const;

/** The headers of answers, by the name that the document refers to them by. */
const ANSWER_HEADERS = {
  Allow: { description: 'The methods that the path has', schema: text, example: 'GET, HEAD, POST' },
  'Content-Disposition': {
    description: 'The name of the file',
    schema: text,
    example: 'attachment; filename="cloudpam-export.zip"',
  },
  ETag: {
    description:
      'What is answered, for `If-None-Match`; of one resource the version comes first, and it is for `If-Match`',
    schema: { ...text, pattern: '^"(\\d{1,15}(-[\\w-]{16})?|[\\w-]{16})"$' },
    example: '"3-q5Vb7mF3xYw0aZkT"',
  },
  'Idempotency-Replayed': {
    description: 'There where the answer is that to an earlier request with the same key',
    schema: { ...text, enum: ['true'] },
  },
  Link: {
    description: 'Where it is found from now on: `rel="successor-version"` (RFC 8288)',
    schema: text,
  },
  Location: {
    description: 'Where what was made is, or where a browser goes on',
    schema: text,
    example: '/api/v1/pools/42',
  },
  'Retry-After': {
    description: 'After so many seconds it may be asked again',
    schema: { ...text, pattern: '^\\d+$' },
    example: '5',
  },
  'Set-Cookie': { description: 'The cookies of a login or a session', schema: text },
  'WWW-Authenticate': {
    description: 'How to authenticate',
    schema: text,
    example: 'Bearer realm="cloudpam"',
  },
  'X-CloudPAM-Last-Event': {
    description: 'The place in the log up to which this tells: `after` of the next request',
    schema: { ...text, pattern: '^\\d+$' },
    example: '4711',
  },
  'X-CloudPAM-Position': {
    description: 'How far the database is with this write, where there are read replicas',
    schema: { ...text, pattern: POSITION_PATTERN },
    example: '0000000100000000042C7B10',
  },
  'X-Request-Id': {
    description: 'Under which the request is in the log and the audit trail',
    schema: { ...text, pattern: '^[\\w.:-]{1,128}$' },
    example: '0b9f9d5e-5d3c-4c39-9a3f-2f4f6f0a5a11',
  },
} satisfies Headers;

export type AnswerHeader = keyof typeof ANSWER_HEADERS;

export const HEADER_COMPONENTS: Headers = ANSWER_HEADERS;

/** References to headers, as an answer names them. */
export function headersOf(names: readonly AnswerHeader[]): Record<string, { $ref: string }> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

/** The parameters that routes of a kind share. */
export const SHARED_PARAMETERS = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'The same key and body again give the same answer and no second effect: ' +
      '1 to 255 visible ASCII characters',
    schema: { ...text, minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]{1,255}$' },
    example: 'order-4711',
  },
  ChangeReason: {
    name: 'X-Change-Reason',
    in: 'header',
    required: false,
    description:
      'Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it ' +
      'in ASCII (RFC 8187)',
    schema: text,
    example: 'CHG-1234',
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: false,
    description: 'The ETag that the change is based on; 412 when it is not the newest',
    schema: { ...text, pattern: '^(\\*|"\\d{1,15}(-[\\w-]{16})?")$' },
    example: '"3"',
  },
  Position: {
    name: 'X-CloudPAM-Position',
    in: 'header',
    required: false,
    description:
      'What the answer to an earlier write had in this header: a replica answers that has at least this write, and ' +
      'need not have what was written since. Without it every answer has all that was written before',
    schema: { ...text, pattern: POSITION_PATTERN },
    example: '0000000100000000042C7B10',
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'ETags of answers that the caller has: 304 when one is what would be answered',
    schema: text,
    example: '"3-q5Vb7mF3xYw0aZkT"',
  },
} as const satisfies Parameters;
