import { readFileSync } from 'node:fs';
import { trustedCas } from '@cloudpam/provider-shapes';
import { EnvHttpProxyAgent, type Dispatcher } from 'undici';

/** PEM files. */
export interface TlsFiles {
  /** Trusted besides the CAs that Node knows. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

const NO_FILES: TlsFiles = {};
const LONGEST_USE_MS = 3_600_000;
const made = new WeakMap<TlsFiles, { readonly dispatcher: Dispatcher; readonly at: number }>();

/**
 * Connections with these certificates, through the proxy that `HTTPS_PROXY` or `HTTP_PROXY` names,
 * but for what `NO_PROXY` lists. The files are read again every hour, so that renewed ones are
 * taken. @throws when one cannot be read
 */
export function tlsDispatcher(files: TlsFiles = NO_FILES): Dispatcher {
  const known = made.get(files);
  if (known && performance.now() - known.at < LONGEST_USE_MS) return known.dispatcher;
  const { ca, cert, key } = files;
  const server = {
    ...(ca === undefined ? {} : { ca: trustedCas(ca, '--tls-ca') }),
    ...(cert === undefined || key === undefined
      ? {}
      : { cert: readFileSync(cert), key: readFileSync(key) }),
  };
  // Without a proxy the first holds, through one the second.
  const dispatcher = new EnvHttpProxyAgent({ connect: server, requestTls: server });
  made.set(files, { dispatcher, at: performance.now() });
  // What is under way on the former connections is finished.
  void known?.dispatcher.close();
  return dispatcher;
}
