import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { Agent, type Dispatcher } from 'undici';

/** PEM files. */
export interface TlsFiles {
  /** Trusted besides the CAs that Node knows. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

const LONGEST_USE_MS = 3_600_000;
const made = new WeakMap<TlsFiles, { readonly dispatcher: Dispatcher; readonly at: number }>();

/** Connections with these certificates. The files are read again every hour, so that renewed ones are taken. @throws the system's error */
export function tlsDispatcher(files: TlsFiles): Dispatcher {
  const known = made.get(files);
  if (known && performance.now() - known.at < LONGEST_USE_MS) return known.dispatcher;
  const { ca, cert, key } = files;
  const dispatcher = new Agent({
    connect: {
      ...ca === undefined ? {} : { ca: [...rootCertificates, readFileSync(ca, 'utf8')] },
      ...cert === undefined || key === undefined ? {} : { cert: readFileSync(cert), key: readFileSync(key) },
    },
  });
  made.set(files, { dispatcher, at: performance.now() });
  // What is under way on the former connections is finished.
  void known?.dispatcher.close();
  return dispatcher;
}
