import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'] as const;

/** The path exists, and has other methods. */
export class MethodNotAllowed extends Error {
  constructor(
    method: string,
    readonly allowed: string,
  ) {
    super(`${method} is not possible here; possible are ${allowed}.`);
    this.name = 'MethodNotAllowed';
  }
}

/**
 * Tells of every path which methods it has (RFC 9110): `OPTIONS` is answered, and 405 with `Allow`
 * where there is no 404.
 */
@Injectable()
export class AllowedMethods implements OnApplicationBootstrap {
  private server: FastifyInstance | undefined;
  private readonly methods = new Map<string, Set<string>>();

  /** Follows the routes of a server from the first on. */
  follow(server: FastifyInstance): void {
    this.server = server;
    server.addHook('onRoute', ({ url, method }) => {
      if (!/^\/(api\/v1|healthz|readyz|metrics)(\/|$)/.test(url)) return;
      const known = this.methods.get(url) ?? new Set(['OPTIONS']);
      for (const each of [method].flat()) known.add(each);
      if (known.has('GET')) known.add('HEAD');
      this.methods.set(url, known);
    });
  }

  /** Once all routes are there. */
  onApplicationBootstrap(): void {
    for (const [url, known] of [...this.methods]) {
      const allowed = METHODS.filter((method) => known.has(method)).join(', ');
      this.server?.route({
        method: METHODS.filter((method) => !known.has(method) || method === 'OPTIONS'),
        url,
        onRequest: (request, reply, done) => {
          if (request.method === 'OPTIONS') void reply.status(204).header('allow', allowed).send();
          else done(new MethodNotAllowed(request.method, allowed));
        },
        handler: () => undefined, // the hook has answered
      });
    }
  }
}
