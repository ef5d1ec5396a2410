import { hash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** What tells of tokens, sessions and logins: no cache may keep it. */
const SECRET = /^\/api\/v1\/(tokens|users|me|auth)\b/;
const VERSION = /^"\d{1,15}"$/;

/** Whether answers of the route tell of secrets. */
export function isSecret(request: FastifyRequest): boolean {
  return SECRET.test(routeOf(request));
}

/** The path as it is declared: that of the request may be written in other ways. */
function routeOf({ routeOptions, url }: FastifyRequest): string {
  return routeOptions.url ?? url;
}

/**
 * Tags the JSON of reads by what it says (RFC 9110, section 8.8.3), with the version before it where one resource is
 * answered, and answers 304 to who has it already.
 */
export function tagAnswers(server: FastifyInstance): void {
  server.addHook('onSend', (request, reply, payload, done) => {
    const isRead = ['GET', 'HEAD'].includes(request.method) && reply.statusCode === 200;
    if (!isRead || typeof payload !== 'string' || !isTagged(routeOf(request)))
      return done(null, payload);
    const version = reply.getHeader('etag');
    const mark = hash('sha1', payload, 'base64url').slice(0, 16);
    const tag =
      typeof version === 'string' && VERSION.test(version)
        ? `${version.slice(0, -1)}-${mark}"`
        : `"${mark}"`;
    // Whoever keeps it asks whether it still is so.
    void reply.header('etag', tag).header('cache-control', 'private, no-cache');
    if (!names(request.headers['if-none-match'], tag)) return done(null, payload);
    void reply.status(304).removeHeader('content-type').removeHeader('content-length');
    done(null, request.method === 'HEAD' ? '' : null); // Fastify cannot do without, there
  });
}

/** Whether answers to a GET of the route are tagged. */
export function isTagged(route: string): boolean {
  return route.startsWith('/api/v1/') && !SECRET.test(route);
}

/** Whether the header names the tag; what a proxy has compressed is the same. */
function names(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header
    .split(',')
    .map((each) => each.trim().replace(/^W\//, ''))
    .some((each) => each === tag || each === '*');
}
