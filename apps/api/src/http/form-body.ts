import type { FastifyInstance } from 'fastify';

const FORM_BYTES = 65_536;

/** A form came to a route that takes JSON. */
class NoFormHere extends Error {
  readonly statusCode = 415;
}

/** Reads forms (RFC 1866) on the routes that take them; on any other they are 415. */
export function readForms(server: FastifyInstance, routes: readonly string[]): void {
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: FORM_BYTES },
    (request, body, done) => {
      if (!routes.includes(request.routeOptions.url ?? ''))
        return done(new NoFormHere('Send application/json.'));
      done(null, Object.fromEntries(new URLSearchParams(String(body))));
    },
  );
}
