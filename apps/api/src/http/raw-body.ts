import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { loopTurn } from '@cloudpam/event-loop';
import type { FastifyInstance } from 'fastify';
import { bodyBytes, leaveUnread } from './body-bytes';
import { bodyLimitsOf } from './body-limits';
import type { AuthenticatedRequest } from './request-context';

/** Routes that take files, and read what they are themselves. */
export const FILE_ROUTES: readonly string[] = ['/api/v1/import'];

/** Media types of files beside JSON. */
export const FILE_TYPES = ['multipart/form-data', 'text/csv', 'application/zip'] as const;

const SLICE_BYTES = 262_144;
/** Stands for a boundary, so that pieces do not run into each other. */
const END_OF_PIECE = '\0--\0';

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
        leaveUnread(request.raw);
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
  const type = request.headers['content-type'] ?? '';
  const { bytes: limit } = bodyLimitsOf(request.routeOptions.url);
  let bytes: Buffer;
  try {
    bytes = await bodyBytes(payload, limit);
  } catch (error) {
    leaveUnread(request.raw);
    throw error;
  }
  if (request.headers['idempotency-key'] !== undefined)
    request.bodyHash = await hashOf(type, bytes);
  return new RawBody(type, bytes);
}

/** A hash of what is sent, without the boundary between parts: a client makes up another one for each request. */
async function hashOf(type: string, bytes: Buffer): Promise<string> {
  const hash = createHash('sha256');
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(type) ?? [];
  const boundary = quoted ?? plain;
  for (let from = 0; from < bytes.length;) {
    await loopTurn();
    const next = boundary === undefined ? -1 : bytes.indexOf(`--${boundary}`, from);
    const end = next === -1 ? bytes.length : next;
    for (let at = from; at < end; at += SLICE_BYTES) {
      hash.update(bytes.subarray(at, Math.min(at + SLICE_BYTES, end)));
      await loopTurn();
    }
    hash.update(END_OF_PIECE);
    from = end + (boundary === undefined ? 0 : boundary.length + 2);
  }
  return hash.digest('hex');
}
