import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { storableJson, unstorableAt } from '@cloudpam/audit';
import type { FastifyInstance } from 'fastify';
import { leaveUnread } from './body-bytes';
import { bodyLimitsOf } from './body-limits';
import { readJsonBody } from './json-body';
import { FILE_ROUTES, readRawBody } from './raw-body';
import type { AuthenticatedRequest } from './request-context';
import { SchemaError, UNSTORABLE } from './schema';

/** Routes whose bodies repeat what a cloud has said. */
const REPORTS = [
  '/api/v1/discovery',
  '/api/v1/collectors/jobs/:id/progress',
  '/api/v1/collectors/jobs/:id/finish',
];

/** The body of a request is not the JSON that it says it is. */
export class NotJson extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'NotJson';
  }
}

/**
 * What clouds report is kept with U+FFFD in place of such a character; what people write is
 * refused. @throws SchemaError
 */
function storable(value: unknown, route: string | undefined): unknown {
  if (route !== undefined && REPORTS.includes(route)) return storableJson(value);
  const field = unstorableAt(value);
  if (field)
    throw new SchemaError([
      { field: field.join('.').slice(0, 200) || 'body', code: 'invalid_field', detail: UNSTORABLE },
    ]);
  return value;
}

/**
 * Reads bodies as JSON and as nothing else: any other content type is 415. In place of the parsers
 * of the framework.
 */
export function readBodiesAsJson(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/json',
    async (request: AuthenticatedRequest, payload: Readable) => {
      const { url } = request.routeOptions;
      if (FILE_ROUTES.includes(url ?? '')) return readRawBody(request, payload);
      const hash =
        request.headers['idempotency-key'] === undefined ? undefined : createHash('sha256');
      try {
        const { value, hasUnicodeEscapes } = await readJsonBody(payload, bodyLimitsOf(url), hash);
        request.bodyHash = hash?.digest('hex');
        return hasUnicodeEscapes ? storable(value, url) : value;
      } catch (error) {
        leaveUnread(request.raw);
        throw error instanceof SyntaxError
          ? new NotJson(
              /^The body /.test(error.message) ? error.message : 'The body is not valid JSON.',
            )
          : error;
      }
    },
  );
}
