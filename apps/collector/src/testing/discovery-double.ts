import type { Schemas } from '@cloudpam/api-client';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** One POST that the double has taken. */
export interface Posted {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** The first, and mostly the only one. */
  readonly scope: Schemas['ScopeSnapshot'];
  readonly scopes: readonly Schemas['ScopeSnapshot'][];
  readonly runId: string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body: unknown;
}

/** A loopback server that takes `POST /api/v1/discovery`. */
export interface DiscoveryDouble {
  readonly url: string;
  readonly posts: readonly Posted[];
  close(): Promise<void>;
}

export const GOOD_TOKEN = `cpam_doubledouble_${'secret23'.repeat(7).slice(0, 52)}`;

/** Answers the post of that number (from 1) in place of the double, or cuts the connection. */
export type Replier = (
  posted: Posted,
  number: number,
) => Reply | 'cut' | undefined | Promise<undefined>;

/** Starts a double that accepts everything posted with GOOD_TOKEN. */
export async function startDiscoveryDouble(
  reply: Replier = () => undefined,
): Promise<DiscoveryDouble> {
  const posts: Posted[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      // What the collector posts is judged by the tests; the double trusts its shape.
      const sent = JSON.parse(
        gunzipSync(Buffer.concat(chunks)).toString('utf8'),
      ) as Schemas['Snapshot'];
      const [scope] = sent.scopes;
      if (!scope) throw new Error('a snapshot without a scope was posted');
      const posted: Posted = {
        url: request.url ?? '',
        headers: request.headers,
        scope,
        scopes: sent.scopes,
        runId: sent.run_id,
      };
      posts.push(posted);
      const known = request.headers.authorization === `Bearer ${GOOD_TOKEN}`;
      const answer =
        (await reply(posted, posts.length)) ??
        (known
          ? accepted(...posted.scopes)
          : problem(401, 'unauthenticated', 'the token is not known'));
      if (answer === 'cut') {
        request.socket.destroy();
        return;
      }
      const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
      response
        .writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
        .end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has an address and a port.
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, posts, close };
}

/** What the server answers when it has imported all resources of these scopes. */
export function accepted(...scopes: readonly Schemas['ScopeSnapshot'][]): Reply {
  const countsOf = (imported: number) => ({
    imported,
    updated: 0,
    orphaned: 0,
    unchanged: 0,
    conflicts: 0,
  });
  const all = countsOf(scopes.reduce((sum, { resources }) => sum + resources.length, 0));
  const body: Schemas['DiscoveryResult'] = {
    ...all,
    errors: [],
    scopes: scopes.map(({ account, region, resources }) => ({
      account,
      region,
      ...countsOf(resources.length),
    })),
  };
  return { status: 200, body };
}

/** An RFC 9457 problem. */
export function problem(
  status: number,
  code: string,
  detail: string,
  headers: { readonly [name: string]: string } = {},
): Reply {
  return {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
    body: { type: 'about:blank', title: code, status, code, detail },
  };
}
