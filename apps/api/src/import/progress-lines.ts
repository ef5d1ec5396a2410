import { PassThrough } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { problemOf, problemText } from '../http/problem';
import type { RequestContext } from '../http/request-context';
import type { ImportProgress } from './import-files';

const LINES = 'application/x-ndjson';

/** Whether the client wants to hear how far it is. */
export function wantsLines({ request }: FastifyReply): boolean {
  return (request.headers.accept ?? '').includes(LINES);
}

/** Answers with a line for each step, and with the result or the problem as the last one. */
export function answerInLines(
  context: RequestContext,
  reply: FastifyReply,
  work: (progress: ImportProgress) => Promise<object>,
): void {
  const lines = new PassThrough();
  const write = (line: object): void => {
    if (!lines.destroyed) lines.write(`${JSON.stringify(line)}\n`);
  };
  void reply.status(200).type(LINES).send(lines);
  work((stage, done, of) => write({ stage, done, of })).then(
    (result) => {
      write({ result });
      lines.end();
    },
    (error: unknown) => {
      const [instance = '/'] = reply.request.url.split('?');
      const problem = problemOf(error, instance, context.requestId);
      if (problem.status >= 500) reply.request.log.error({ err: error }, 'import failed');
      if (!lines.destroyed) lines.end(`{"problem":${problemText(problem)}}\n`);
    },
  );
}
