import * as http from 'node:http';
import * as https from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import * as tls from 'node:tls';
import { foreignAnswer } from '@cloudpam/provider-shapes';

/** Where a tunnel leads. */
export interface TunnelEnd {
  readonly host: string;
  readonly port: number;
  /** TLS at its end; undefined for none. */
  readonly tls?: tls.ConnectionOptions;
}

/** The proxy did not open a tunnel. */
export class ProxyRefused extends Error {
  override readonly name = 'ProxyRefused';

  /** @param code as of a failure: `http_407`, `ECONNREFUSED` */
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const TIMEOUT_MS = 5_000;

/** A connection through a proxy, by CONNECT. @throws ProxyRefused */
export async function openTunnel(proxy: URL, end: TunnelEnd): Promise<Duplex> {
  const socket = await connectThrough(proxy, end);
  if (!end.tls) return socket;
  const { servername = isIP(end.host) ? '' : end.host } = end.tls;
  return tls.connect({ ...end.tls, socket, servername });
}

function connectThrough(proxy: URL, { host, port, tls: end }: TunnelEnd): Promise<Duplex> {
  const to = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  const failed = (code: string, why: string): ProxyRefused =>
    new ProxyRefused(code, `the proxy ${proxy.host} opens no way to ${to}: ${why}`);
  const options = {
    method: 'CONNECT',
    host: proxy.hostname,
    path: to,
    headers: { host: to, ...authorization(proxy) },
    agent: false,
    timeout: TIMEOUT_MS,
  } as const;
  return new Promise((resolve, reject) => {
    const request =
      proxy.protocol === 'https:'
        ? https.request({
            ...options,
            port: proxy.port || 443,
            ...(end?.secureContext && { secureContext: end.secureContext }),
          })
        : http.request({ ...options, port: proxy.port || 80 });
    request.once('connect', ({ statusCode = 0, headers }, socket) => {
      if (statusCode === 200) return resolve(socket);
      socket.destroy();
      const header = (name: string): string | undefined => [headers[name]].flat()[0];
      reject(
        failed(`http_${statusCode}`, foreignAnswer({ asked: 'AWS', status: statusCode, header })),
      );
    });
    request.once('response', (response) =>
      request.destroy(new Error(`it answered with status ${response.statusCode}`)),
    );
    request.once('timeout', () =>
      request.destroy(
        Object.assign(new Error(`no answer within ${TIMEOUT_MS / 1_000} seconds`), {
          code: 'timeout',
        }),
      ),
    );
    request.once('error', (error: NodeJS.ErrnoException) =>
      reject(failed(error.code ?? 'proxy', error.message || String(error.code))),
    );
    request.end();
  });
}

function authorization({ username, password }: URL): { readonly [name: string]: string } {
  if (!username && !password) return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}
