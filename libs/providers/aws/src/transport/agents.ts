import * as http from 'node:http';
import * as https from 'node:https';
import type { Duplex } from 'node:stream';
import { createSecureContext, type ConnectionOptions, type SecureContext } from 'node:tls';
import { trustedCas } from '@cloudpam/provider-shapes';
import { proxyOf } from './proxy-of';
import { openTunnel, type TunnelEnd } from './tunnel';

type Callback = (error: Error | null, stream: Duplex) => void;

const LIMITS = { keepAlive: true, maxSockets: 50 } as const;

/** What an SDK client connects with. It destroys them with itself, so each client has its own. */
export interface Agents {
  readonly httpAgent: http.Agent;
  readonly httpsAgent: https.Agent;
}

/** Agents through the proxy of the environment; those of https trust what `trust` holds. */
export function agentsOf(trust: SecureContext | undefined): Agents {
  return {
    httpAgent: new HttpAgent(LIMITS),
    httpsAgent: new HttpsAgent({ ...LIMITS, ...(trust && { secureContext: trust }) }),
  };
}

/**
 * Node's CAs and those of AWS_CA_BUNDLE, which the SDK does not read; undefined without one.
 * @throws when it cannot be read
 */
export function trustOf(env: NodeJS.ProcessEnv = process.env): SecureContext | undefined {
  const bundle = env['AWS_CA_BUNDLE'];
  return bundle ? createSecureContext({ ca: trustedCas(bundle, 'AWS_CA_BUNDLE', env) }) : undefined;
}

class HttpAgent extends http.Agent {
  override createConnection(
    options: http.ClientRequestArgs,
    callback: Callback,
  ): Duplex | null | undefined {
    const [host, port] = [options.host ?? 'localhost', Number(options.port ?? 80)];
    const proxy = proxyOf(host, port, false);
    return proxy
      ? tunnelled(proxy, { host, port }, callback)
      : super.createConnection(options, callback);
  }
}

class HttpsAgent extends https.Agent {
  override createConnection(
    options: https.RequestOptions & Pick<ConnectionOptions, 'secureContext'>,
    callback: Callback,
  ): Duplex | null | undefined {
    const [host, port] = [options.host ?? 'localhost', Number(options.port ?? 443)];
    const proxy = proxyOf(host, port, true);
    const { servername, secureContext } = options;
    const tls = {
      ...(servername !== undefined && { servername }),
      ...(secureContext && { secureContext }),
    };
    return proxy
      ? tunnelled(proxy, { host, port, tls }, callback)
      : super.createConnection(options, callback);
  }
}

function tunnelled(proxy: URL, end: TunnelEnd, callback: Callback): undefined {
  // Node takes an error without a stream, though its type asks for one.
  openTunnel(proxy, end).then(
    (stream) => callback(null, stream),
    (error: Error) => (callback as (error: Error) => void)(error),
  );
}
