import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { TooManyAttempts } from '@cloudpam/identity';
import { withoutHidden } from '../limits/without-hidden';
import { MethodNotAllowed } from './allowed-methods';
import { ClientGone, hasLeft } from './client-gone';
import { ErrorReports } from './error-reports';
import { problemOf, problemText, type Problem } from './problem';
import type { AuthenticatedRequest } from './request-context';
import { Busy, TooManyStreams } from './turns';
import { WEB_ROOT } from './web-root';

/** Seconds after which a database that did not answer may be asked again. */
const RETRY_AFTER = '5';
/** So much of a refused body is still read, so that its client sees the answer. */
const DRAINED_BYTES = 67_108_864;
/** Headers that were meant for the answer that failed. */
const OF_THE_ANSWER = [
  'content-encoding',
  'content-disposition',
  'content-length',
  'etag',
  'location',
];

@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly reports: ErrorReports) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<AuthenticatedRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const error = hasLeft(thrown, reply) ? new ClientGone() : thrown;
    const [instance = '/'] = request.url.split('?');
    const answer = problemOf(withoutHidden(error, request.accessScope), instance, request.id);
    request.trace?.problem(answer.code);
    if (answer.status >= 500 && !(error instanceof Busy))
      request.log.error({ err: error }, 'request failed');
    if (answer.status === 500)
      this.reports.report(error, {
        method: request.method,
        route: request.routeOptions.url ?? '',
        request_id: request.id,
      });
    if (reply.sent) return;
    request.problem = answer.code;
    if (answer.code === 'not_found' && isForThePage(request, instance)) return sendPage(reply);
    for (const name of OF_THE_ANSWER) void reply.removeHeader(name);
    // Closed while the client is still writing, the connection would take the answer with it. Node
    // drops the rest of the body.
    if (answer.status === 413 && Number(request.headers['content-length']) <= DRAINED_BYTES)
      void reply.removeHeader('connection');
    void reply
      .status(answer.status)
      .headers(headersOf(error, answer))
      .type('application/problem+json')
      .send(problemText(answer));
  }
}

function headersOf(error: unknown, { status }: Problem): Record<string, string> {
  return {
    ...(error instanceof MethodNotAllowed && { allow: error.allowed }),
    ...(status === 503 && { 'retry-after': RETRY_AFTER }),
    ...((error instanceof TooManyAttempts ||
      error instanceof TooManyStreams ||
      error instanceof Busy) && {
      'retry-after': String(error.retryAfter),
    }),
    ...(status === 401 && { 'www-authenticate': 'Bearer realm="cloudpam"' }),
  };
}

/** Whether a browser asks for a page: that finds its own way from any path. */
function isForThePage({ method, headers }: AuthenticatedRequest, path: string): boolean {
  return (
    method === 'GET' && !path.startsWith('/api/') && (headers.accept ?? '').includes('text/html')
  );
}

function sendPage(reply: FastifyReply): void {
  void reply
    .status(200)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-cache')
    .send(readFileSync(path.join(WEB_ROOT, 'index.html')));
}
