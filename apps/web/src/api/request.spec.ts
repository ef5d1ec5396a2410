import { ApiProblem } from './api-problem';
import { queryText, request } from './request';
import { session } from './session';

class Shelf {
  readonly #items = new Map<string, string>();
  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.#items.set(key, value);
  }
  removeItem(key: string): void {
    this.#items.delete(key);
  }
}

const calls: { url: string; init: RequestInit }[] = [];

function answer(status: number, body: unknown): void {
  calls.length = 0;
  Object.assign(globalThis, {
    fetch: (url: string, init: RequestInit) => {
      calls.push({ url, init });
      return Promise.resolve(
        new Response(status === 204 ? null : JSON.stringify(body), { status }),
      );
    },
  });
}

beforeEach(() => {
  Object.assign(globalThis, { sessionStorage: new Shelf(), localStorage: new Shelf() });
  session.open('cpam_a', false);
});

describe('request', () => {
  it('sends the token, the version and the idempotency key', async () => {
    answer(200, { id: 7 });
    await expect(
      request('PATCH', '/pools/7', { body: { name: 'x' }, version: 3, idempotencyKey: 'k' }),
    ).resolves.toEqual({ id: 7 });
    expect(calls[0]?.url).toBe('/api/v1/pools/7');
    expect(calls[0]?.init.headers).toMatchObject({
      authorization: 'Bearer cpam_a',
      'if-match': '"3"',
      'idempotency-key': 'k',
    });
  });

  it('throws the problem of the server with the largest free block', async () => {
    answer(409, { code: 'pool_exhausted', detail: 'No /16 is free.', largest_free: '/22' });
    const problem = await request('POST', '/pools/7/allocations').catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(ApiProblem);
    expect(problem).toMatchObject({
      status: 409,
      code: 'pool_exhausted',
      message: 'No /16 is free.',
      largestFree: 22,
    });
  });

  it('ends the session when the token is refused', async () => {
    answer(401, {});
    await expect(request('GET', '/pools')).rejects.toMatchObject({ status: 401 });
    expect(session.token()).toBeNull();
  });

  it('leaves the session alone when another token was tried', async () => {
    answer(401, {});
    await expect(request('GET', '/me', { token: 'cpam_b' })).rejects.toMatchObject({ status: 401 });
    expect(session.token()).toBe('cpam_a');
  });

  it('shows the CSRF token with a write by cookie, and never with a token', async () => {
    answer(200, {});
    await request('POST', '/pools');
    expect(calls[0]?.init.headers).not.toHaveProperty('x-cloudpam-csrf');
    session.close();
    session.byCookie('proof');
    await request('GET', '/pools');
    expect(calls[1]?.init.headers).not.toHaveProperty('x-cloudpam-csrf');
    await request('DELETE', '/pools/7');
    expect(calls[2]?.init.headers).toMatchObject({ 'x-cloudpam-csrf': 'proof' });
    expect(calls[2]?.init.headers).not.toHaveProperty('authorization');
  });

  it('ends a login by cookie when it is refused', async () => {
    session.close();
    session.byCookie('proof');
    answer(401, {});
    await expect(request('GET', '/pools')).rejects.toMatchObject({ status: 401 });
    expect(session.caller()).toBeNull();
  });

  it('goes on with the token of this browser when it is rotated, and is not ended by an answer to the former one', async () => {
    session.close();
    session.open('cpam_abc_one', false);
    answer(401, {});
    const late = request('GET', '/pools');
    session.rotated('cpam_other_two');
    expect(session.token()).toBe('cpam_abc_one');
    session.rotated('cpam_abc_two');
    await expect(late).rejects.toMatchObject({ status: 401 });
    expect(session.token()).toBe('cpam_abc_two');
    session.close();
    session.rotated('cpam_abc_three');
    expect(session.token()).toBeNull();
  });

  it('gives nothing for an answer without a body', async () => {
    answer(204, null);
    await expect(request('DELETE', '/tokens/1')).resolves.toBeUndefined();
  });
});

it('leaves empty parameters out of the query and repeats lists', () => {
  expect(
    queryText({ q: '', kind: undefined, cursor: null, dry_run: true, tag: ['a:b', 'c:d'] }),
  ).toBe('?dry_run=true&tag=a%3Ab&tag=c%3Ad');
  expect(queryText({ q: '' })).toBe('');
});
