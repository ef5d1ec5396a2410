import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { eventually } from './eventually';
import { startServer, TOKEN, type Server } from './start-server';
import { LASTING, SQLITE, type Database } from './storages';

/** A connection by hand: what is sent is just what is written, and what came back is text. */
class Wire {
  private text = '';
  readonly ended: Promise<void>;

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('latin1').on('data', (chunk: string) => (this.text += chunk));
    socket.on('error', () => undefined); // a cut is what some tests wait for
    this.ended = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  static async to(url: string): Promise<Wire> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    return new Wire(socket);
  }

  send(lines: readonly string[], body: string | Buffer = ''): this {
    this.socket.write([...lines, '', ''].join('\r\n'));
    this.socket.write(body);
    return this;
  }

  async answer(): Promise<{ status: number; head: string; body: Record<string, unknown> }> {
    await eventually('an answer', () =>
      Promise.resolve(/\r\n\r\n[^]*\}\s*(0\s*)?$/.test(this.text) || this.socket.destroyed),
    );
    const [head = '', ...rest] = this.text.split('\r\n\r\n');
    const body = /\{[^]*\}/.exec(rest.join('\r\n\r\n'))?.[0] ?? '{}';
    return {
      status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0),
      head: head.toLowerCase(),
      body: JSON.parse(body) as Record<string, unknown>,
    };
  }

  /** Sure that the server has taken the connection. */
  async greeted(): Promise<this> {
    await this.send(['GET /healthz HTTP/1.1', 'host: localhost']).answer();
    this.text = '';
    return this;
  }

  end(): void {
    this.socket.destroy();
  }
}

/** Requests that are under way when the server is told to end. */
const FLYING = 192;
const BULK = ['/api/v1/pools/bulk', '/api/v1/discovery'];
const post = (path: string, ...more: string[]): string[] => [
  `POST ${path} HTTP/1.1`,
  'host: localhost',
  'content-type: application/json',
  ...more,
];
const AS_ADMIN = `authorization: Bearer ${TOKEN}`;
const BOMBS = {
  nested: gzipSync('['.repeat(8e6) + ']'.repeat(8e6)),
  objects: gzipSync(`[${'{},'.repeat(5e6)}{}]`),
  'one long text': gzipSync(JSON.stringify('x'.repeat(40e6))),
};

describe('the edge of the server', () => {
  let database: Database;
  let server: Server;

  beforeAll(async () => {
    database = await SQLITE.open();
    server = await startServer(database.url, { REQUEST_TIMEOUT: '2s' });
  });
  afterAll(async () => {
    await server.stop();
    await database.remove();
  });

  it.each(BULK)('refuses nobody at %s before a byte of the body has come', async (path) => {
    const wire = (await Wire.to(server.url)).send(post(path, 'content-length: 30000000'));
    expect(await wire.answer()).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    wire.end();
  });

  it.each(BULK)(
    'refuses at %s whom the route is not for before a byte of the body has come',
    async (path) => {
      const { secret } = await server.api.expect(
        201,
        server.api.post<{ secret: string }>('/tokens', { name: 'reads', role: 'viewer' }),
      );
      const wire = (await Wire.to(server.url)).send(
        post(path, 'content-length: 30000000', `authorization: Bearer ${secret}`),
      );
      expect(await wire.answer()).toMatchObject({ status: 403, body: { code: 'forbidden' } });
      wire.end();
    },
  );

  it.each(
    BULK.flatMap((path) =>
      Object.entries(BOMBS).map(([name, body]) => [path, name, body] as const),
    ),
  )('stops reading at %s what unpacks to too much: %s', async (path, _, body) => {
    const wire = (await Wire.to(server.url)).send(
      post(path, AS_ADMIN, 'content-encoding: gzip', `content-length: ${body.length}`),
      body,
    );
    const { status, body: problem } = await wire.answer();
    expect([status, problem['code']]).toEqual([
      413,
      expect.stringMatching(/^body_too_(complex|large)$/),
    ]);
    wire.end();
  });

  it('ends a request whose body does not come in time, with a problem document', async () => {
    const wire = (await Wire.to(server.url)).send(
      post('/api/v1/pools', AS_ADMIN, 'content-length: 100'),
      '{',
    );
    expect(await wire.answer()).toMatchObject({ status: 408, body: { code: 'request_timeout' } });
    await wire.ended;
  });

  it('answers headers that are too large with a problem document', async () => {
    const wire = (await Wire.to(server.url)).send([
      `GET /healthz?${'x'.repeat(20_000)} HTTP/1.1`,
      'host: localhost',
    ]);
    const { status, head, body } = await wire.answer();
    expect([status, body['code']]).toEqual([431, 'headers_too_large']);
    expect(head).toContain('content-type: application/problem+json');
  });

  it('refuses two Host headers, a body of another type, and a method that the path does not have', async () => {
    const ask = async (
      lines: string[],
      body = '',
    ): Promise<{ status: number; head: string; body: Record<string, unknown> }> => {
      const wire = (await Wire.to(server.url)).send(lines, body);
      const answer = await wire.answer();
      wire.end();
      return answer;
    };
    expect(await ask(['GET /healthz HTTP/1.1', 'host: a', 'host: b'])).toMatchObject({
      status: 400,
    });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'text/json']) {
      expect(
        await ask(
          [
            'POST /api/v1/pools HTTP/1.1',
            'host: a',
            AS_ADMIN,
            `content-type: ${type}`,
            'content-length: 2',
          ],
          '{}',
        ),
      ).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
    }
    const wrong = await ask([
      'PUT /api/v1/pools HTTP/1.1',
      'host: a',
      AS_ADMIN,
      'content-length: 0',
    ]);
    expect(wrong).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } });
    expect(wrong.head).toMatch(/allow: get, head, options, post/);
    const options = await fetch(`${server.url}/api/v1/pools/1`, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([
      204,
      'DELETE, GET, HEAD, OPTIONS, PATCH',
    ]);
    expect(
      await ask(['PUT /api/v1/nothing HTTP/1.1', 'host: a', 'content-length: 0']),
    ).toMatchObject({ status: 404 });
  });
});

describe.each(LASTING)('the end of a server on $name', ({ open }) => {
  let database: Database;

  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.remove());

  it('answers what is in flight, cuts what is silent or half-sent, and ends', async () => {
    const server = await startServer(database.url, { SHUTDOWN_TIMEOUT: '1s' });
    const silent = await Wire.to(server.url);
    const half = (await (await Wire.to(server.url)).greeted()).send(
      post('/api/v1/pools', AS_ADMIN, 'content-length: 100'),
      '{',
    );
    const headless = await (await Wire.to(server.url)).greeted();
    headless.send(['POST /api/v1/pools HTTP/1.1\r\nhost: a']);
    await server.api.expect(200, server.api.get('/pools'));
    const root = await server.api.expect(
      201,
      server.api.post<{ id: number }>('/pools', { name: 'root', cidr: '10.0.0.0/8' }),
    );
    const wires = await Promise.all(
      Array.from({ length: FLYING }, async () => (await Wire.to(server.url)).greeted()),
    );
    const body = JSON.stringify({ name: 'flying', prefix_length: 24 });
    for (const wire of wires)
      wire.send(
        post(`/api/v1/pools/${root.id}/allocations`, AS_ADMIN, `content-length: ${body.length}`),
        body,
      );
    // What the others sent before has been read when this one has its answer.
    await eventually(
      'the first to land',
      async () => (await server.api.get<{ total: number }>('/pools?q=flying')).body.total > 0,
    );
    expect(await server.stop()).toBe(0);
    await Promise.all([silent.ended, half.ended, headless.ended]);
    expect(
      (await Promise.all(wires.map((wire) => wire.answer()))).map(({ status }) => status),
    ).toEqual(wires.map(() => 201));
    const again = await startServer(database.url);
    expect((await again.api.get<{ total: number }>('/pools?q=flying')).body.total).toBe(FLYING);
    await again.stop();
  });

  it.each(['1', '2'])('comes at once with a second signal, with %s workers', async (workers) => {
    const server = await startServer(database.url, {
      SHUTDOWN_TIMEOUT: '10m',
      CLOUDPAM_WORKERS: workers,
    });
    (await (await Wire.to(server.url)).greeted()).send(
      post('/api/v1/pools', AS_ADMIN, 'content-length: 100'),
      '{',
    );
    void server.stop();
    let ended: number | null | undefined;
    const signal = setInterval(() => void server.stop().then((code) => (ended = code)), 700);
    await eventually('the end', () => Promise.resolve(ended !== undefined));
    clearInterval(signal);
    expect(ended).toBe(1);
  });
});
