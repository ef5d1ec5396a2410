import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DocumentCheck } from './document-check';
import type { Document, Exchange } from './document-types';

const CHANNEL = 'fastify.initialization';
/** The document of the code: `npm run openapi:check` proves that it is. */
const DOCUMENT = path.resolve(__dirname, '../../../../../libs/api-client/openapi.json');

/**
 * From now on every answer of every server that is made in this process is held against the
 * document before it is sent.
 * @param tell takes what the document does not know
 * @returns ends it for servers that are made later
 */
export function holdToDocument(tell: (fault: string) => void): () => void {
  let check: DocumentCheck | undefined;
  const faultsOf = (exchange: Exchange): string[] => {
    check ??= new DocumentCheck(JSON.parse(readFileSync(DOCUMENT, 'utf8')) as Document);
    try {
      return check.faults(exchange);
    } catch (error) {
      return [`${exchange.method} ${exchange.url}: cannot be checked: ${String(error)}`];
    }
  };
  const hold = (message: unknown): void => {
    const { fastify } = message as { fastify: FastifyInstance }; // what Fastify publishes there
    fastify.addHook('onSend', (request, reply, payload, done) => {
      faultsOf(exchangeOf(request, reply, payload)).forEach(tell);
      done(null, payload);
    });
  };
  subscribe(CHANNEL, hold);
  return () => void unsubscribe(CHANNEL, hold);
}

function exchangeOf(request: FastifyRequest, reply: FastifyReply, payload: unknown): Exchange {
  return {
    method: request.method,
    url: request.url.split('?')[0] ?? '/',
    route: request.routeOptions.url,
    query: (request.query ?? {}) as Exchange['query'], // Fastify parses it into an object
    requestHeaders: request.headers,
    requestBody: request.body,
    status: reply.statusCode,
    headers: reply.getHeaders(),
    body: bodyOf(payload),
  };
}

function bodyOf(payload: unknown): string | undefined {
  if (payload === null || payload === undefined) return '';
  return typeof payload === 'string' || Buffer.isBuffer(payload) ? String(payload) : undefined;
}
