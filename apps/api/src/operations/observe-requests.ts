import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Histogram, register } from 'prom-client';
import { isLongLived } from '../http/long-lived';
import type { AuthenticatedRequest } from '../http/request-context';

/** Durations of all requests by route, what was refused and why, and the metrics of the process. */
export function observeRequests(server: FastifyInstance): void {
  register.clear();
  collectDefaultMetrics();
  const durations = new Histogram({
    name: 'cloudpam_http_request_duration_seconds',
    help: 'Duration of HTTP requests in seconds',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  });
  const problems = new Counter({
    name: 'cloudpam_problems_total',
    help: 'Requests that were answered with a problem, by its code',
    labelNames: ['code'],
  });
  server.addHook('onResponse', (request: AuthenticatedRequest, reply, done) => {
    if (request.problem !== undefined) problems.inc({ code: request.problem });
    if (!isLongLived(request.routeOptions.url))
      durations.observe(
        {
          method: request.method,
          route: request.routeOptions.url ?? 'none',
          status: String(reply.statusCode),
        },
        reply.elapsedTime / 1_000,
      );
    done();
  });
}
