import { caAdvice, foreignAnswer } from '@cloudpam/provider-shapes';
import { fetch, type Response } from 'undici';
import { retryAfterMs } from './retrying';
import { tlsDispatcher, type TlsFiles } from './tls-dispatcher';

/** One POST to the server. */
export interface ServerPost {
  /** Base address, without a trailing slash. */
  readonly server: string;
  /** Secret. */
  readonly token: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: Uint8Array<ArrayBuffer> | string;
  readonly timeoutMs: number;
  readonly tls?: TlsFiles;
  /** Ends the request early. */
  readonly signal?: AbortSignal;
}

/** What came back: an answer of any status, or none. */
export type ServerReply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** The body, when it is a JSON object. */
      readonly body?: { readonly [field: string]: unknown };
      /** Of the problem (RFC 9457); `http_<status>` when the answer is not the server's. */
      readonly code: string;
      readonly detail: string;
      /** Whether it is a problem as the server writes it, and not a proxy's page. */
      readonly isProblem: boolean;
      /** Milliseconds. */
      readonly retryAfterMs?: number;
    }
  | { readonly kind: 'unreachable'; readonly code: string; readonly detail: string };

/** Posts JSON with the token. Never rejects. */
export async function postToServer(post: ServerPost): Promise<ServerReply> {
  const timeout = AbortSignal.timeout(post.timeoutMs);
  try {
    const response = await fetch(`${post.server}${post.path}`, {
      dispatcher: tlsDispatcher(post.tls),
      method: 'POST',
      headers: {
        authorization: `Bearer ${post.token}`,
        'content-type': 'application/json',
        accept: 'application/json, application/problem+json',
        ...post.headers,
      },
      body: post.body,
      // Following one would turn the POST into a GET.
      redirect: 'manual',
      signal: post.signal ? AbortSignal.any([post.signal, timeout]) : timeout,
    });
    return answerOf(response, await response.text());
  } catch (error) {
    return { kind: 'unreachable', ...causeOf(error, post.server) };
  }
}

function answerOf(response: Response, text: string): ServerReply {
  const { status } = response;
  const body = jsonObject(text);
  const isProblem = typeof body?.['code'] === 'string';
  const told = [body?.['detail'], body?.['title']].find(
    (part) => typeof part === 'string' && part !== '',
  );
  const header = (name: string): string | undefined => response.headers.get(name) ?? undefined;
  const foreign = `${foreignAnswer({ asked: 'CloudPAM', status, header })}; or correct --server`;
  return {
    kind: 'answer',
    status,
    ...(body && { body }),
    code: isProblem ? String(body['code']) : `http_${status}`,
    detail: isProblem ? String(told ?? `the server answered with status ${status}`) : foreign,
    isProblem,
    retryAfterMs: retryAfterMs(response.headers.get('retry-after'), new Date()),
  };
}

function jsonObject(text: string): { readonly [field: string]: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null
      ? (value as { readonly [field: string]: unknown })
      : undefined; // any object can be asked for fields
  } catch {
    return undefined;
  }
}

/** fetch says `fetch failed` and hides the reason in the cause, which may have one of its own. */
function causeOf(
  error: unknown,
  server: string,
): { readonly code: string; readonly detail: string } {
  // Whatever it is, reading fields of it is safe.
  const { name, message, cause } = error as { name?: unknown; message?: string; cause?: Cause };
  const refused = /(?:^|\n)Proxy response \((\d+)\)/.exec(
    `${cause?.message}\n${cause?.cause?.message}`,
  );
  if (refused) {
    const status = Number(refused[1]);
    const answered = foreignAnswer({ asked: 'CloudPAM', status, header: () => undefined });
    return { code: `http_${status}`, detail: `the proxy opens no way to ${server}: ${answered}` };
  }
  const code = String(cause?.code ?? name ?? 'unknown');
  const words = message === 'fetch failed' ? cause?.message : message;
  const why = words ? ` (${words})` : '';
  return {
    code,
    detail: `${server} cannot be reached: ${code}${why}${caAdvice(code, '--tls-ca')}`,
  };
}

interface Cause {
  readonly code?: unknown;
  readonly message?: string;
  readonly cause?: { readonly message?: string };
}
