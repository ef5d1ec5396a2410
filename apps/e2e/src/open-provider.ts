import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import type { AddressInfo } from 'node:net';

/** A real OpenID provider beside the test. */
export interface Provider {
  readonly issuer: string;
  close(): Promise<void>;
}

/** Starts the provider for servers at these addresses. */
export async function openProvider(servers: readonly string[]): Promise<Provider> {
  const child = spawn(process.execPath, [path.join(__dirname, 'oidc-host.mjs'), ...servers], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let output = '';
  const issuer = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = /issuer (\S+)\n/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error(`the provider did not start:\n${output}`)));
  });
  return {
    issuer,
    close: async () => {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}

/** The settings of a server whose people log in with the provider. */
export function oidcSettings(issuer: string, clientId = 'cloudpam'): Record<string, string> {
  return {
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: `${clientId}-secret-with-signs._~`,
    OIDC_NAME: 'Example ID',
    OIDC_SCOPES: 'openid profile email groups',
    OIDC_ROLE_MAP: 'admins=admin,netops=editor,staff=viewer',
  };
}

/**
 * A port that nobody listens on: the provider must know the server's address before the server
 * starts, and the other way round.
 */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo; // it listens on TCP
  probe.close();
  await once(probe, 'close');
  return port;
}
