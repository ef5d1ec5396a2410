import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { bodyLimitsOf } from './body-limits';
import { readJsonBody } from './json-body';
import type { AuthenticatedRequest } from './request-context';

/** The body of a request is not the JSON that it says it is. */
export class NotJson extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'NotJson';
  }
}

/** Reads bodies as JSON and as nothing else: any other content type is 415. In place of the parsers of the framework. */
export function readBodiesAsJson(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', async (request: AuthenticatedRequest, payload: Readable) => {
    try {
      // What is not read any more is left, not destroyed: the connection has to carry the answer.
      const { value, hash } = await readJsonBody(payload.iterator({ destroyOnReturn: false }), bodyLimitsOf(request.routeOptions.url));
      request.bodyHash = hash;
      return value;
    } catch (error) {
      request.raw.unpipe();
      request.raw.resume();
      throw error instanceof SyntaxError ? new NotJson(/^The body /.test(error.message) ? error.message : 'The body is not valid JSON.') : error;
    }
  });
}
