import { poolsApi } from './pools';
import { vrfsApi } from './vrfs';
import { session } from './session';

interface Call {
  readonly line: string;
  readonly csrf: string | undefined;
}

/** A server whose cookie stands for a person and a proof; writes need the proof. */
class Server {
  readonly calls: Call[] = [];
  owner: { id: string; csrf: string } | undefined;

  fetch = (input: RequestInfo | URL): Promise<Response> => {
    const request = input as Request; // The client of the page gives whole requests.
    const { method } = request;
    const { pathname } = new URL(request.url);
    const csrf = request.headers.get('x-cloudpam-csrf') ?? undefined;
    this.calls.push({ line: `${method} ${pathname}`, csrf });
    return Promise.resolve(this.answer(pathname, method, csrf));
  };

  private answer(url: string, method: string, csrf: string | undefined): Response {
    if (!this.owner) return Response.json({ code: 'unauthenticated' }, { status: 401 });
    if (url === '/api/v1/me')
      return Response.json({ actor: { id: this.owner.id }, csrf_token: this.owner.csrf });
    if (method !== 'GET' && csrf !== this.owner.csrf)
      return Response.json({ code: 'csrf_refused' }, { status: 403 });
    return Response.json({ done: true });
  }
}

let server: Server;
const createPool = (): Promise<unknown> =>
  poolsApi.create({ name: 'a', cidr: '10.0.0.0/8' }, { idempotencyKey: 'k' });
const listPools = (): Promise<unknown> => poolsApi.list({});

beforeEach(() => {
  server = new Server();
  globalThis.fetch = server.fetch;
  session.byCookie('first', 'user:1');
});

describe('a session that another tab has changed', () => {
  it('goes on with the new proof, and asks once for all that wait', async () => {
    server.owner = { id: 'user:1', csrf: 'second' };
    await expect(Promise.all([createPool(), vrfsApi.create({ name: 'b' }, 'l')])).resolves.toEqual([
      { done: true },
      { done: true },
    ]);
    expect(server.calls.filter(({ line }) => line === 'GET /api/v1/me')).toHaveLength(1);
    expect(session.csrf()).toBe('second');
  });

  it('writes nothing in the name of another person, and knows who is here now', async () => {
    server.owner = { id: 'user:2', csrf: 'second' };
    await expect(createPool()).rejects.toMatchObject({ code: 'csrf_refused' });
    expect(server.calls.map(({ line }) => line)).toEqual(['POST /api/v1/pools', 'GET /api/v1/me']);
    expect([session.person(), session.csrf()]).toEqual(['user:2', 'second']);
  });

  it('ends when there is none any more, after one question', async () => {
    await expect(listPools()).rejects.toMatchObject({ status: 401 });
    expect(server.calls.map(({ line }) => line)).toEqual(['GET /api/v1/pools', 'GET /api/v1/me']);
    expect([session.caller(), session.person()]).toEqual([null, undefined]);
  });

  it('is not given up for a read that the former cookie made', async () => {
    const { fetch } = server;
    let isFirst = true;
    globalThis.fetch = (request) => {
      if (!isFirst) return fetch(request);
      isFirst = false;
      server.owner = { id: 'user:1', csrf: 'second' };
      return Promise.resolve(Response.json({ code: 'unauthenticated' }, { status: 401 }));
    };
    await expect(listPools()).resolves.toEqual({ done: true });
    expect(session.csrf()).toBe('second');
  });
});
