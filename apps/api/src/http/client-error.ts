import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { problem, problemText } from './problem';

/** What the parser of HTTP refuses before there is a request. */
const REFUSED: {
  readonly [code: string]: {
    readonly status: number;
    readonly code: string;
    readonly detail: string;
  };
} = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'headers_too_large',
    detail:
      'The address and headers of the request are larger than 16 kB. Send less, or send it in parts.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'request_timeout',
    detail: 'The request did not arrive in time. Send it again.',
  },
};
const OTHER = {
  status: 400,
  code: 'bad_request',
  detail: 'This is no HTTP request that can be understood.',
};

/**
 * Answers a client whose request is none, as a problem document (RFC 9457), and ends the
 * connection.
 */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const { status, code, detail } = REFUSED[error.code ?? ''] ?? OTHER;
  const id = randomUUID();
  const answer = problem(status, code, detail, '/', id);
  const text = problemText(answer);
  if (!socket.writable) return void socket.destroy();
  socket.end(
    [
      `HTTP/1.1 ${status} ${answer.title}`,
      'content-type: application/problem+json',
      `content-length: ${Buffer.byteLength(text)}`,
      `x-request-id: ${id}`,
      'cache-control: no-store',
      'connection: close',
      '',
      text,
    ].join('\r\n'),
    () => socket.destroy(),
  );
}
