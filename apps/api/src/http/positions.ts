import type { AccessScope, Since } from '@cloudpam/audit';
import { POSITION_PATTERN } from '@cloudpam/storage-typeorm';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Storage } from '../storage/storage';
import { SchemaError } from './schema';

const HEADER = 'x-cloudpam-position';
const PATTERN = new RegExp(POSITION_PATTERN);

/**
 * What an answer to a GET must show, wherever it is read: all that was committed, or what the client says that it
 * wants. Undefined for a write, which reads what it changes.
 * @param accessScope of who is limited: it is the newest, so what it is put over must not be older
 * @throws SchemaError for a position that no answer had
 */
export function sinceOf(
  { method, headers }: Pick<FastifyRequest, 'method' | 'headers'>,
  accessScope: AccessScope | undefined,
): Since | undefined {
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  const position = headers[HEADER];
  if (position === undefined) return 'now';
  if (typeof position !== 'string' || !PATTERN.test(position))
    throw new SchemaError([
      {
        field: 'X-CloudPAM-Position',
        code: 'invalid_field',
        detail: 'is not what the answer to a write had in this header',
      },
    ]);
  return accessScope ? 'now' : position;
}

/** Tells who has written how far that is, where there are replicas to be read from. */
export function tellPositions(server: FastifyInstance, { replicas }: Storage): void {
  if (!replicas) return;
  server.addHook('onSend', async (request, reply, payload) => {
    const { principal } = request as { principal?: unknown };
    const isWrite = !['GET', 'HEAD', 'OPTIONS'].includes(request.method);
    if (!isWrite || principal === undefined || reply.statusCode >= 400) return payload;
    const position = await replicas.position();
    if (position !== undefined) void reply.header(HEADER, position);
    return payload;
  });
}
