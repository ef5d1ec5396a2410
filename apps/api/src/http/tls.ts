import { readFileSync, statSync } from 'node:fs';
import type { Server } from 'node:https';
import type { SecureContextOptions } from 'node:tls';
import type { TlsFiles } from '../config/config';

const INTERVAL_MS = 5_000;

/** What the files hold. @throws the system's error for a file that cannot be read */
export function readTls({ cert, key, clientCa }: TlsFiles): SecureContextOptions {
  return {
    cert: readFileSync(cert),
    key: readFileSync(key),
    ...(clientCa === undefined ? {} : { ca: readFileSync(clientCa) }),
    minVersion: 'TLSv1.2',
  };
}

/**
 * Takes certificates that were renewed, without a restart: connections from then on have the new
 * one. Files that do not fit each other, as while they are being replaced, are left for the next
 * look. Gives a function that ends it.
 */
export function watchTls(server: Server, files: TlsFiles, say: (text: string) => void): () => void {
  let known = stateOf(files);
  const timer = setInterval(() => {
    const state = stateOf(files);
    if (state === known) return;
    try {
      server.setSecureContext(readTls(files));
      known = state;
      say('The certificate was renewed.');
    } catch (error) {
      say(`The renewed certificate is not taken: ${String(error)}`);
    }
  }, INTERVAL_MS);
  return () => clearInterval(timer);
}

function stateOf({ cert, key, clientCa }: TlsFiles): string {
  return [cert, key, clientCa]
    .map((file) => {
      const stat = file === undefined ? undefined : statSync(file, { throwIfNoEntry: false });
      return `${stat?.mtimeMs ?? ''} ${stat?.size ?? ''} ${stat?.ino ?? ''}`;
    })
    .join(',');
}
