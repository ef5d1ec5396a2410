import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcp, type AddressInfo } from 'node:net';
import { parseCidr } from '@cloudpam/cidr';
import { PostEvent } from './post-event';
import { TargetGuard } from './target-guard';

/** For receivers that say nothing; the others may be slow. */
const HASTY_MS = 300;

describe('posting an event', () => {
  const servers: { close(): unknown }[] = [];
  const guard = new TargetGuard([parseCidr('127.0.0.0/8')]);
  let poster: PostEvent;
  let hasty: PostEvent;
  beforeEach(() => {
    poster = new PostEvent(guard, () => new Date(5_000));
    hasty = new PostEvent(guard, () => new Date(5_000), HASTY_MS);
  });
  afterEach(async () => {
    await poster.close();
    await hasty.close();
    for (const server of servers.splice(0)) server.close();
  });
  const receiver = async (listener: RequestListener): Promise<string> => {
    const server: Server = createServer(listener);
    servers.push({ close: () => (server.closeAllConnections(), server.close()) });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
  };

  it('sends the body and headers once, to path and query', async () => {
    const seen: unknown[] = [];
    const url = await receiver(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      seen.push([request.method, request.url, request.headers['webhook-id'], body]);
      response.writeHead(202).end('taken');
    });
    expect(await poster.post(`${url}/a?b=1#c`, { 'webhook-id': '7' }, '{"ü":1}')).toEqual({
      at: new Date(5_000),
      ms: expect.any(Number),
      httpStatus: 202,
      answer: 'taken',
      error: null,
    });
    expect(seen).toEqual([['POST', '/a?b=1', '7', '{"ü":1}']]);
  });

  it.each([400, 404, 410, 429, 500, 503])('has failed where %s is answered', async (status) => {
    const url = await receiver((_, response) => response.writeHead(status).end('no'));
    expect(await poster.post(url, {}, '')).toMatchObject({
      httpStatus: status,
      answer: 'no',
      error: `HTTP ${status}`,
    });
  });

  it('has failed where nothing is answered in time, and where nobody listens', async () => {
    const url = await receiver(() => undefined);
    expect(await hasty.post(url, {}, '')).toMatchObject({
      httpStatus: null,
      error: 'no answer within 0.3 s',
    });
    expect(await poster.post('http://127.0.0.1:1/', {}, '')).toMatchObject({
      httpStatus: null,
      error: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('has failed where headers never end, or what comes is no HTTP', async () => {
    for (const line of ['HTTP/1.1 200 OK\r\nx: ', 'SSH-2.0-OpenSSH\r\n']) {
      const tcp = createTcp((socket) => {
        socket.on('error', () => undefined);
        socket.write(line);
      });
      servers.push(tcp);
      await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
      const { port } = tcp.address() as AddressInfo; // it listens on a port
      expect(await hasty.post(`http://127.0.0.1:${port}/`, {}, '')).toMatchObject({
        httpStatus: null,
        error: expect.any(String),
      });
    }
  });

  it('reads a kilobyte of an answer that never ends, and closes the connection', async () => {
    let sent = 0;
    let closed: Promise<unknown> | undefined;
    const url = await receiver((_, response) => {
      closed = once(response, 'close');
      response.writeHead(200);
      const chunk = Buffer.alloc(65_536, 'x');
      const more = (): void => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
      };
      response.on('drain', more);
      more();
    });
    const attempt = await poster.post(url, {}, '');
    expect([attempt.httpStatus, attempt.error, attempt.answer?.length]).toEqual([200, null, 1_024]);
    await closed;
    // What was on its way in the buffers of the two sockets.
    expect(sent).toBeLessThan(16 * 1_048_576);
  });

  it('does not wait for the rest of an answer that hangs', async () => {
    const url = await receiver((_, response) => {
      response.writeHead(200);
      response.write('begun');
    });
    const began = performance.now();
    expect(await poster.post(url, {}, '')).toMatchObject({ httpStatus: 200, answer: 'begun' });
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  it('keeps nobody waiting for others whom the same receiver has not answered', async () => {
    const url = await receiver((request, response) => {
      if (request.url === '/') response.end('taken');
    });
    const silent = Array.from({ length: 20 }, () => hasty.post(`${url}/silent`, {}, ''));
    expect(await hasty.post(url, {}, '')).toMatchObject({ httpStatus: 200, answer: 'taken' });
    await Promise.all(silent);
  });

  it('keeps the beginning of a reason that is long, as the names of a certificate can make it', async () => {
    const failing = new TargetGuard([], (_, __, callback) =>
      callback(new Error(`no name: ${'a'.repeat(30_000)}`), []),
    );
    const posting = new PostEvent(failing, () => new Date(5_000));
    const { error } = await posting.post('https://hooks.example.com/', {}, '');
    expect([error?.length, error?.slice(0, 10)]).toEqual([1_024, 'no name: a']);
    await posting.close();
  });

  it('keeps what storages can keep of an answer', async () => {
    const url = await receiver((_, response) => response.end(Buffer.from([97, 0, 255, 98])));
    expect((await poster.post(url, {}, '')).answer).toBe('a��b');
  });
});
