import { ApiProblem } from './api-problem';
import { tokensApi } from './access';
import { followAttention } from './attention';
import { api } from './client';
import { poolsApi } from './pools';
import { session } from './session';

const calls: Request[] = [];

function answer(status: number, body: unknown): void {
  calls.length = 0;
  globalThis.fetch = (request) => {
    calls.push(request as Request); // The client of the page gives whole requests.
    return Promise.resolve(new Response(status === 204 ? null : JSON.stringify(body), { status }));
  };
}

const header = (call: number, name: string): string | null | undefined =>
  calls[call]?.headers.get(name);
const listPools = (): Promise<unknown> => poolsApi.list({});
const deletePool = (): Promise<unknown> => poolsApi.remove(7, false, false);

beforeEach(() => {
  session.close();
  session.open('cpam_a', false);
});

describe('a call', () => {
  it('carries the token and the version', async () => {
    answer(200, { id: 7 });
    const change = api.PATCH('/api/v1/pools/{id}', {
      params: { path: { id: 7 }, header: { 'If-Match': '"3"' } },
      body: { name: 'x' },
    });
    expect((await change).data).toEqual({ id: 7 });
    expect(calls[0]?.url).toBe(`${window.location.origin}/api/v1/pools/7`);
    expect(header(0, 'authorization')).toBe('Bearer cpam_a');
    expect(header(0, 'if-match')).toBe('"3"');
    expect(await calls[0]?.json()).toEqual({ name: 'x' });
  });

  it('carries the idempotency key of a write, and none in a dry run', async () => {
    answer(201, {});
    await poolsApi.split(7, { prefix_length: 24 }, { idempotencyKey: 'k' });
    await poolsApi.split(7, { prefix_length: 24 }, { dryRun: true });
    expect(calls.map(({ url }) => new URL(url).search)).toEqual(['', '?dry_run=true']);
    expect([header(0, 'idempotency-key'), header(1, 'idempotency-key')]).toEqual(['k', null]);
  });

  it('repeats the parameters that are lists', async () => {
    answer(200, {});
    await poolsApi.list({ tag: ['a:b', 'c:d'], q: '' });
    expect([...new URL(calls[0]?.url ?? '').searchParams]).toEqual([
      ['tag', 'a:b'],
      ['tag', 'c:d'],
    ]);
  });

  it('throws the problem of the server with the largest free block', async () => {
    answer(409, { code: 'pool_exhausted', detail: 'No /16 is free.', largest_free: '/22' });
    const problem = await listPools().catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(ApiProblem);
    expect(problem).toMatchObject({
      status: 409,
      code: 'pool_exhausted',
      message: 'No /16 is free.',
      largestFree: 22,
    });
  });

  it('says what it can of an answer that is no problem', async () => {
    globalThis.fetch = () =>
      Promise.resolve(new Response('<html>', { status: 502, statusText: 'Bad Gateway' }));
    await expect(listPools()).rejects.toMatchObject({
      code: 'no_problem_body',
      message: '502 Bad Gateway',
    });
  });

  it('gives nothing for an answer without a body', async () => {
    answer(204, null);
    await expect(tokensApi.revoke(1)).resolves.toBeUndefined();
  });
});

describe('who calls', () => {
  it('is nobody any more when the token is refused', async () => {
    answer(401, {});
    await expect(listPools()).rejects.toMatchObject({ status: 401 });
    expect(session.token()).toBeNull();
  });

  it('stays when another token was tried', async () => {
    answer(401, {});
    const headers = { authorization: 'Bearer cpam_b' };
    await expect(api.GET('/api/v1/me', { headers })).rejects.toMatchObject({ status: 401 });
    expect(header(0, 'authorization')).toBe('Bearer cpam_b');
    expect(session.token()).toBe('cpam_a');
  });

  it('shows the CSRF token with a write by cookie, and never with a token', async () => {
    answer(200, {});
    await deletePool();
    session.close();
    session.byCookie('proof');
    await listPools();
    await deletePool();
    expect([0, 1, 2].map((call) => header(call, 'x-cloudpam-csrf'))).toEqual([null, null, 'proof']);
    expect(header(2, 'authorization')).toBeNull();
  });

  it('is nobody any more when a login by cookie is refused', async () => {
    session.close();
    session.byCookie('proof');
    answer(401, {});
    await expect(listPools()).rejects.toMatchObject({ status: 401 });
    expect(session.caller()).toBeNull();
  });

  it('goes on with a rotated token, and is not ended by an answer to the former one', async () => {
    session.close();
    session.open('cpam_abc_one', false);
    answer(401, {});
    const late = listPools();
    session.rotated('cpam_other_two');
    expect(session.token()).toBe('cpam_abc_one');
    session.rotated('cpam_abc_two');
    await expect(late).rejects.toMatchObject({ status: 401 });
    expect(session.token()).toBe('cpam_abc_two');
    session.close();
    session.rotated('cpam_abc_three');
    expect(session.token()).toBeNull();
  });

  it('says of a read by cookie whether a person is at the page', async () => {
    session.close();
    session.byCookie('proof');
    answer(200, {});
    const now = performance.now();
    const clock = jest.spyOn(performance, 'now').mockReturnValue(now + 121_000);
    await listPools();
    followAttention();
    window.dispatchEvent(new Event('keydown'));
    await listPools();
    clock.mockRestore();
    expect([header(0, 'x-cloudpam-poll'), header(1, 'x-cloudpam-poll')]).toEqual(['1', null]);
  });
});
