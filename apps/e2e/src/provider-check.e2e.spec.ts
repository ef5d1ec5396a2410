import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createProxy, type Server as HttpServer } from 'node:http';
import { createServer as createProvider, type Server as HttpsServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from './eventually';
import { ROOT, startServer } from './start-server';

const FILES = path.join(__dirname, '../fixtures/tls');
const CA = path.join(FILES, 'server-ca.crt');
const SECRET = 'a-secret-of-the-client';
const KEY = { kty: 'RSA', kid: 'one', alg: 'RS256', use: 'sig', n: 'AQAB', e: 'AQAB' };

describe("the check of a provider, through a proxy and with a CA of one's own", () => {
  let provider: HttpsServer;
  let proxy: HttpServer;
  let issuer: string;
  let folder: string;
  const tunnels: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'cloudpam-check-'));
    provider = createProvider(
      {
        cert: readFileSync(path.join(FILES, 'server.crt')),
        key: readFileSync(path.join(FILES, 'server.key')),
      },
      (request, response) => {
        let form = '';
        request.on('data', (chunk: Buffer) => (form += chunk.toString()));
        request.on('end', () => {
          const { pathname, searchParams } = new URL(request.url ?? '/', issuer);
          const answer = (status: number, body: object, location?: string): void => {
            response.writeHead(status, {
              'content-type': 'application/json',
              ...(location === undefined ? {} : { location }),
            });
            response.end(JSON.stringify(body));
          };
          if (pathname === '/.well-known/openid-configuration') {
            return answer(200, {
              issuer,
              jwks_uri: `${issuer}/jwks`,
              token_endpoint: `${issuer}/token`,
              authorization_endpoint: `${issuer}/auth`,
              scopes_supported: ['openid', 'profile', 'email'],
              token_endpoint_auth_methods_supported: ['client_secret_post'],
            });
          }
          if (pathname === '/jwks') return answer(200, { keys: [KEY] });
          if (pathname === '/token') {
            const good = new URLSearchParams(form).get('client_secret') === SECRET;
            return answer(good ? 400 : 401, { error: good ? 'invalid_grant' : 'invalid_client' });
          }
          const back = searchParams.get('redirect_uri') ?? '';
          return back.startsWith('https://pam.example/')
            ? answer(302, {}, `${back}?error=login_required`)
            : answer(400, {});
        });
      },
    );
    proxy = createProxy().on(
      'connect',
      ({ url = '' }: { url?: string }, socket: ReturnType<typeof connect>) => {
        tunnels.push(url);
        const there = connect(Number(url.split(':')[1]), '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          there.pipe(socket).pipe(there);
        });
        for (const [end, other] of [
          [socket, there],
          [there, socket],
        ] as const)
          end.on('error', () => other.destroy());
      },
    );
    for (const server of [provider, proxy]) await once(server.listen(0, '127.0.0.1'), 'listening');
    issuer = `https://localhost:${(provider.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    provider.closeAllConnections();
    provider.close();
    proxy.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => tunnels.splice(0));

  const settings = (more: Record<string, string>): Record<string, string> => ({
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: 'cloudpam',
    OIDC_CLIENT_SECRET: SECRET,
    OIDC_ROLE_MAP: '*=viewer',
    PUBLIC_URL: 'https://pam.example',
    HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    NODE_EXTRA_CA_CERTS: CA,
    ...more,
  });
  async function check(
    more: Record<string, string> = {},
  ): Promise<{ code: number | null; output: string }> {
    const env = {
      PATH: process.env['PATH'],
      DATABASE_URL: `sqlite:${path.join(folder, 'check.sqlite')}`,
      ...settings(more),
    };
    const child = spawn(
      process.execPath,
      [path.join(ROOT, 'apps/api/dist/cli.js'), 'provider', 'check'],
      {
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, output };
  }

  it('says that a provider is good, and what it does not offer', async () => {
    const { code, output } = await check();
    expect(output).toContain(`oidc (${issuer}): good`);
    expect(output).toContain('note: it has no address for logging out');
    expect([code, new Set(tunnels)]).toEqual([0, new Set([new URL(issuer).host])]);
  });

  it('names each fault: the secret, the redirect address, the scopes, the certificate, the address', async () => {
    const wrong = await check({
      OIDC_CLIENT_SECRET: 'other',
      PUBLIC_URL: 'https://other.example',
      OIDC_SCOPES: 'openid groups',
      NO_PROXY: 'localhost',
    });
    expect([wrong.code, tunnels]).toEqual([1, []]);
    for (const part of [
      'does not take OIDC_CLIENT_ID with OIDC_CLIENT_SECRET: error invalid_client',
      'the redirect address https://other.example/api/v1/auth/oidc/callback',
      'the scopes groups',
    ]) {
      expect(wrong.output).toContain(part);
    }
    expect((await check({ NODE_EXTRA_CA_CERTS: '' })).output).toMatch(
      /fault: its metadata cannot be used: cause fetch failed.*UNABLE_TO/,
    );
    expect((await check({ OIDC_ISSUER: `${issuer}/other` })).output).toMatch(
      /fault: its metadata cannot be used/,
    );
  });

  it('is made at the start, which it does not hold up', async () => {
    const server = await startServer('memory:', settings({ OIDC_CLIENT_SECRET: 'other' }));
    await eventually('the warning', () => Promise.resolve(server.output().includes('warning:')));
    expect(server.output()).toMatch(
      /warning: logging in with oidc \(https:\S+\) will fail: it does not take OIDC_CLIENT_ID/,
    );
    expect(server.output()).not.toContain('other"');
    await server.stop();
  });
});
