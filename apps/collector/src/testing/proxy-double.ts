import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';

/** The CA that signed for the clouds of `startTlsFront`, and for localhost. */
export const TEST_CA = join(__dirname, 'tls/ca.crt');

const USER = 'ada';
const PASSWORD = 'pass/word';

/** A proxy on loopback: CONNECT only, and not without its user and password. */
export interface ProxyDouble {
  /** With user and password. */
  readonly url: string;
  readonly urlWithoutUser: string;
  readonly host: string;
  /** Hosts and ports that a way was opened to, each once. */
  readonly tunnels: ReadonlySet<string>;
  close(): Promise<void>;
}

/**
 * Starts a proxy. @param portOf the loopback port that it leads to; where there is none, it refuses
 * with 403
 */
export async function startProxyDouble(
  portOf: (host: string, port: number) => number | undefined,
): Promise<ProxyDouble> {
  const tunnels = new Set<string>();
  const open = new Set<Duplex>();
  const expected = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`;
  const server = createServer().on('connect', (request, client) => {
    const target = request.url ?? '';
    const [, name = '', asked] = /^(.*):(\d+)$/.exec(target) ?? [];
    const port = portOf(name, Number(asked));
    const refusal =
      request.headers['proxy-authorization'] !== expected
        ? '407 Proxy Authentication Required'
        : port === undefined
          ? '403 Forbidden'
          : undefined;
    open.add(client.on('error', () => client.destroy()));
    if (refusal !== undefined)
      return void client.end(
        `HTTP/1.1 ${refusal}\r\nServer: squid/5.7\r\nContent-Length: 0\r\n\r\n`,
      );
    tunnels.add(target);
    const to = connect(port ?? 0, '127.0.0.1', () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
    open.add(to.on('error', () => client.destroy()));
    to.pipe(client).pipe(to);
  });
  const port = await listening(server);
  const host = `127.0.0.1:${port}`;
  const close = async (): Promise<void> => {
    for (const side of open) side.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    url: `http://${USER}:${encodeURIComponent(PASSWORD)}@${host}`,
    urlWithoutUser: `http://${host}`,
    host,
    tunnels,
    close,
  };
}

/** TLS in front of a loopback port, with a certificate of the clouds that `TEST_CA` signed. */
export async function startTlsFront(
  to: number,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const [cert, key] = ['clouds.crt', 'clouds.key'].map((name) =>
    readFileSync(join(__dirname, 'tls', name)),
  );
  const open = new Set<Duplex>();
  const server = createTlsServer({ cert, key }, (client) => {
    const behind = connect(to, '127.0.0.1');
    for (const side of [client, behind]) open.add(side.on('error', () => side.destroy()));
    behind.pipe(client).pipe(behind);
  });
  const port = await listening(server);
  const close = async (): Promise<void> => {
    for (const side of open) side.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port, close };
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port; // it listens on TCP
}
