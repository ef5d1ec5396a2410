import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { bodyLimitsOf } from './body-limits';
import { ClientGone } from './client-gone';
import { BodyTooLarge } from './json-body';
import type { AuthenticatedRequest } from './request-context';

/** Routes that take files, and read what they are themselves. */
export const FILE_ROUTES: readonly string[] = ['/api/v1/import'];

/** Media types of files beside JSON. */
export const FILE_TYPES = ['multipart/form-data', 'text/csv', 'application/zip'] as const;

/** A body that its route reads itself. */
export class RawBody {
  constructor(
    /** The whole Content-Type, with its parameters. */
    readonly contentType: string,
    private bytes: Buffer | undefined,
  ) {}

  get isEmpty(): boolean {
    return (this.bytes?.length ?? 0) === 0;
  }

  /** Its bytes, once: the request would hold them for as long as it is answered. */
  take(): Buffer {
    const { bytes = Buffer.alloc(0) } = this;
    this.bytes = undefined;
    return bytes;
  }
}

/** A file came to a route that takes JSON. */
class NoFileHere extends Error {
  readonly statusCode = 415;
}

/** Takes files as they are on the routes that read them; on any other they are 415. */
export function readFiles(server: FastifyInstance): void {
  for (const type of FILE_TYPES)
    server.addContentTypeParser(type, async (request: AuthenticatedRequest, payload: Readable) => {
      if (!FILE_ROUTES.includes(request.routeOptions.url ?? '')) {
        request.raw.resume();
        throw new NoFileHere('Send application/json.');
      }
      return readRawBody(request, payload);
    });
}

/** The bytes of a body, counted while they arrive. @throws BodyTooLarge, ClientGone */
export async function readRawBody(
  request: AuthenticatedRequest,
  payload: Readable,
): Promise<RawBody> {
  const limits = bodyLimitsOf(request.routeOptions.url);
  const hash = request.headers['idempotency-key'] === undefined ? undefined : createHash('sha256');
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of payload as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limits.bytes) throw new BodyTooLarge(limits.bytes);
      hash?.update(chunk);
      chunks.push(chunk);
    }
  } catch (error) {
    // What is not read any more is left, not destroyed: the connection has to carry the answer.
    request.raw.unpipe();
    request.raw.resume();
    throw error instanceof BodyTooLarge ? error : new ClientGone();
  }
  request.bodyHash = hash?.digest('hex');
  return new RawBody(request.headers['content-type'] ?? '', Buffer.concat(chunks, size));
}
