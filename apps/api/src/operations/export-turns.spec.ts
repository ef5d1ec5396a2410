import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StorageUnavailable } from '@cloudpam/audit';
import { ExportTurns } from '../http/turns';
import { Prepared } from '../prepared.fixture';
import { memoryStorage } from '../storage/storage';

const ROUTES = ['/export?datasets=audit', '/audit/export', '/audit/export?format=csv'];

describe('exports that run at a time', () => {
  let server: Prepared;
  const headers = (): { authorization: string } => ({ authorization: `Bearer ${server.token}` });
  const exported = (route: string): ReturnType<typeof server.app.inject> =>
    server.app.inject({ method: 'GET', url: `/api/v1${route}`, headers: headers() });

  beforeAll(async () => {
    server = await Prepared.open();
    const name = 'x'.repeat(200);
    const items = Array.from({ length: 2_000 }, (_, n) => ({
      name,
      cidr: `10.${n >> 8}.${n & 255}.0/24`,
    }));
    const { body } = await server.send('POST', '/pools/bulk', { items });
    expect(body['created']).toBe(2_000);
    await server.app.listen(0, '127.0.0.1');
  });
  afterAll(() => server.app.close());

  it.each(ROUTES)('are refused when too many wait: %s', async (route) => {
    const turns = server.app.get(ExportTurns);
    const leaving = Array.from({ length: 20 }, () => new AbortController());
    const taken = leaving.map(({ signal }) => turns.take(signal).catch(() => undefined));
    const ends = await Promise.all(taken.slice(0, 4));
    const refused = await exported(route);
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '10']);
    expect(refused.json()).toMatchObject({ code: 'busy' });
    for (const each of leaving) each.abort(new Error('gone'));
    await Promise.all(taken);
    for (const end of ends) end?.();
  });

  it.each(ROUTES)('end when their clients have gone: %s', async (route) => {
    const { port } = server.app.getHttpServer().address() as AddressInfo;
    // More than run and wait together: each must have given its turn back.
    for (let n = 0; n < 21; n++) {
      const request = get({ port, path: `/api/v1${route}`, headers: headers() });
      const [answer] = (await once(request, 'response')) as [IncomingMessage];
      expect(answer.statusCode).toBe(200);
      request.destroy();
    }
    expect((await exported(route)).statusCode).toBe(200);
  });

  it.each(ROUTES)('are not held by those that are refused: %s', async (route) => {
    for (let n = 0; n < 21; n++) {
      const { statusCode } = await server.app.inject({
        method: 'GET',
        url: `/api/v1${route}`,
        headers: { ...headers(), 'x-cloudpam-position': 'nonsense' },
      });
      expect(statusCode).toBe(400);
    }
    expect((await exported(route)).statusCode).toBe(200);
  });
});

describe('an export that cannot be read to its end', () => {
  it('ends its answer, and nothing else', async () => {
    const storage = memoryStorage();
    let reads = Infinity;
    const { unitOfWork } = storage;
    const server = await Prepared.open(undefined, {
      ping: () => storage.ping(),
      close: () => storage.close(),
      unitOfWork: {
        ...unitOfWork,
        read: async (work, options) => {
          if (options?.since === 'now' && reads-- <= 0)
            throw new StorageUnavailable('no_answer', new Error('gone'));
          return unitOfWork.read(work, options);
        },
      },
    });
    await server.app.listen(0, '127.0.0.1');
    const { port } = server.app.getHttpServer().address() as AddressInfo;
    const headers = { authorization: `Bearer ${server.token}` };
    for (const path of ['/export', '/audit/export'])
      for (const good of [0, 1, 2]) {
        reads = good;
        const request = get({ port, path: `/api/v1${path}`, headers });
        const [answer] = (await once(request, 'response')) as [IncomingMessage];
        // It may break off.
        answer.on('error', () => undefined).resume();
        if (!answer.closed) await new Promise((resolve) => answer.once('close', resolve));
      }
    reads = Infinity;
    const { statusCode } = await server.app.inject({ url: '/api/v1/export', headers });
    expect(statusCode).toBe(200);
    await server.app.close();
  });
});
