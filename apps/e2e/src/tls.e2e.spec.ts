import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from 'node:tls';
import { eventually } from './eventually';
import { ROOT, startServer, TOKEN, type Server } from './start-server';

const FILES = path.join(__dirname, '../fixtures/tls');
const pem = (name: string): Buffer => readFileSync(path.join(FILES, name));

describe('a server with TLS that asks collectors for certificates', () => {
  let folder: string;
  let server: Server;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'cloudpam-tls-'));
    for (const end of ['crt', 'key'])
      copyFileSync(path.join(FILES, `server.${end}`), path.join(folder, `server.${end}`));
    server = await startServer('memory:', {
      TLS_CERT: path.join(folder, 'server.crt'),
      TLS_KEY: path.join(folder, 'server.key'),
      TLS_CLIENT_CA: path.join(FILES, 'client-ca.crt'),
    });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  /** Asks with a client certificate, or without. Gives status, body and headers. */
  const ask = (
    method: string,
    at: string,
    { token = TOKEN, as, body }: { token?: string; as?: string; body?: object } = {},
  ): Promise<{ status: number; body: string; hsts: string | undefined }> =>
    new Promise((resolve, reject) => {
      const asked = request(
        `${server.url}${at}`,
        {
          method,
          ca: pem('server-ca.crt'),
          ...(as === undefined ? {} : { cert: pem(`${as}.crt`), key: pem(`${as}.key`) }),
          agent: false,
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        },
        (response) => {
          let text = '';
          response.on('data', (chunk: Buffer) => {
            text += chunk.toString();
          });
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              body: text,
              hsts: response.headers['strict-transport-security'],
            }),
          );
        },
      );
      asked.on('error', reject).end(body && JSON.stringify(body));
    });
  const collectorToken = async (): Promise<string> => {
    const made = await ask('POST', '/api/v1/tokens', { body: { name: 'c', role: 'collector' } });
    return (JSON.parse(made.body) as { secret: string }).secret; // what the route answers
  };
  const certificate = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(server.url);
      const socket = connect(
        { host: hostname, port: Number(port), ca: pem('server-ca.crt') },
        () => {
          resolve(socket.getPeerCertificate().subject.CN as string); // a test certificate with one common name
          socket.destroy();
        },
      ).on('error', reject);
    });

  it('speaks HTTPS only, and tells browsers to stay with it', async () => {
    expect(server.url).toMatch(/^https:/);
    expect(await ask('GET', '/api/v1/me')).toMatchObject({
      status: 200,
      hsts: expect.stringContaining('max-age=31536000'),
    });
    await expect(fetch(server.url.replace('https:', 'http:'))).rejects.toThrow();
  });

  it('lets a collector in with a certificate of its CA, and with no other', async () => {
    const token = await collectorToken();
    expect((await ask('GET', '/api/v1/me', { token, as: 'client' })).status).toBe(200);
    for (const as of [undefined, 'stranger']) {
      const refused = await ask('GET', '/api/v1/me', { token, as });
      expect([refused.status, (JSON.parse(refused.body) as { code: string }).code]).toEqual([
        403,
        'client_certificate_required',
      ]);
    }
  });

  it('takes what the collector delivers with --tls-ca, --tls-cert and --tls-key', async () => {
    const run = async (...more: string[]): Promise<number | null> => {
      const child = spawn(
        process.execPath,
        [
          path.join(ROOT, 'apps/collector/dist/main.js'),
          'run',
          '--provider',
          'files',
          '--path',
          path.join(ROOT, 'examples/estate'),
          '--attempts',
          '1',
          ...more,
        ],
        {
          env: {
            PATH: process.env['PATH'],
            CLOUDPAM_SERVER: server.url,
            CLOUDPAM_TOKEN: await collectorToken(),
          },
          stdio: 'ignore',
        },
      );
      return new Promise((resolve) => child.once('exit', resolve));
    };
    const ca = ['--tls-ca', path.join(FILES, 'server-ca.crt')];
    expect(
      await run(
        ...ca,
        '--tls-cert',
        path.join(FILES, 'client.crt'),
        '--tls-key',
        path.join(FILES, 'client.key'),
      ),
    ).toBe(0);
    expect([await run(...ca), await run()]).toEqual([2, 2]);
  });

  it('takes a renewed certificate without a restart', async () => {
    expect(await certificate()).toBe('server');
    for (const end of ['crt', 'key'])
      copyFileSync(path.join(FILES, `renewed-server.${end}`), path.join(folder, `server.${end}`));
    await eventually(
      'the renewed certificate',
      async () => (await certificate()) === 'renewed-server',
    );
    expect((await ask('GET', '/api/v1/me')).status).toBe(200);
  });

  it('does not start with files that are not there', async () => {
    await expect(
      startServer('memory:', { TLS_CERT: '/nowhere.crt', TLS_KEY: '/nowhere.key' }),
    ).rejects.toThrow('nowhere.crt');
    await expect(startServer('memory:', { TLS_CERT: '/nowhere.crt' })).rejects.toThrow(
      'TLS_CERT and TLS_KEY go together',
    );
  });
});
