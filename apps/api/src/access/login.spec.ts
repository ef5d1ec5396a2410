import { sign } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readConfig } from '../config/config';
import { createApp } from '../create-app';
import {
  byPublishedKey,
  bySecret,
  CLIENT,
  OTHER_KEY,
  startForgingProvider,
  type Forgery,
  type ForgingProvider,
} from '../testing/forging-provider';
import { begin, comeBack, cookiesOf, elsewhere, logIn, someone } from '../testing/login-client';
import { memoryStorage, type Storage } from '../storage/storage';

const NOW = Math.floor(Date.now() / 1_000);

describe('a login', () => {
  let provider: ForgingProvider;
  let storage: Storage;
  let app: NestFastifyApplication;
  let other: NestFastifyApplication;
  const settings = (more: Record<string, string> = {}) =>
    readConfig({
      DATABASE_URL: 'memory:',
      LOG_LEVEL: 'silent',
      TRUSTED_PROXIES: '127.0.0.1',
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
      OIDC_ROLE_MAP: 'admins=admin,netops=editor,staff=viewer',
      ...more,
    });
  const started = async (more?: Record<string, string>): Promise<NestFastifyApplication> => {
    const made = await createApp(settings(more), storage);
    await made.init();
    await made.getHttpAdapter().getInstance().ready();
    return made;
  };
  const me = (cookie: string, at = app) => at.inject({ url: '/api/v1/me', headers: { cookie } });

  beforeAll(async () => {
    provider = await startForgingProvider();
    storage = memoryStorage();
    app = await started();
    other = await started();
  });
  afterAll(async () => {
    await app.close();
    await other.close();
    await provider.close();
  });

  it('makes a user with the role of their groups, a session, and audit entries without secrets', async () => {
    const answer = await logIn(app, provider, {
      sub: 'ada',
      name: 'Ada',
      groups: ['netops', 'staff'],
    });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/']);
    const cookie = cookiesOf(answer);
    expect((await me(cookie)).json()).toMatchObject({
      actor: { type: 'user', name: 'Ada' },
      role: 'editor',
      read_only: false,
      csrf_token: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const { entries } = await storage.unitOfWork.read((stores) =>
      stores.audit.list({ entityType: 'user' }, 1, 10),
    );
    expect(entries.map(({ type }) => type)).toEqual(['user.log_in', 'user.create']);
    expect(JSON.stringify(entries)).not.toContain(cookie.split('=')[1]);
  });

  it('sets a cookie that script and other sites cannot use, and asks for PKCE, state and nonce', async () => {
    const begun = await begin(app);
    expect(Object.fromEntries(begun.url.searchParams)).toMatchObject({
      code_challenge_method: 'S256',
      response_type: 'code',
      scope: 'openid profile email',
      state: expect.stringMatching(/^.{64}$/),
      nonce: expect.stringMatching(/^.{64}$/),
    });
    const answer = await logIn(app, provider, { sub: someone(), groups: ['staff'] });
    expect(
      [answer.headers['set-cookie']].flat().find((each) => each?.startsWith('cloudpam_session=')),
    ).toMatch(/^cloudpam_session=[a-z2-7]{52}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('goes on where it was asked for', async () => {
    const begun = await begin(app, `?return_to=${encodeURIComponent('/pools/7?tab=free')}`);
    const answer = await comeBack(
      app,
      begun,
      provider.code(begun.url, { sub: someone(), groups: ['staff'] }),
      provider.issuer,
    );
    expect(answer.headers.location).toBe('/pools/7?tab=free');
  });

  it('is refused to who has no group with a role, with the reason, for programs and people', async () => {
    const answer = await logIn(app, provider, { sub: someone(), groups: ['strangers', '*'] });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([403, 'no_role']);
    const begun = await begin(app);
    const page = await comeBack(
      app,
      { ...begun, headers: { ...begun.headers, accept: 'text/html,*/*' } },
      provider.code(begun.url, { sub: someone() }),
      provider.issuer,
    );
    expect([page.statusCode, page.headers.location]).toEqual([
      303,
      '/login?problem=no_role&provider=oidc',
    ]);
  });

  it('follows the groups, ends sessions of the former role, and leaves a role that was set by hand', async () => {
    const sub = someone();
    const first = cookiesOf(await logIn(app, provider, { sub, groups: ['netops'] }));
    const second = cookiesOf(await logIn(app, provider, { sub, groups: ['staff'] }));
    expect([
      (await me(first)).statusCode,
      (await me(second)).json<{ role: string }>().role,
    ]).toEqual([401, 'viewer']);
    const user = await storage.unitOfWork.read((stores) =>
      stores.users.bySubject(provider.issuer, sub),
    );
    if (!user) throw new Error('there is no user');
    await storage.unitOfWork.run((stores) =>
      stores.users.save({ ...user, role: 'editor', rolePinned: true }),
    );
    expect(
      (await me(cookiesOf(await logIn(app, provider, { sub, groups: [] })))).json(),
    ).toMatchObject({ role: 'editor' });
  });

  const forgeries: Record<string, Forgery> = {
    'with a wrong nonce': { claims: { nonce: 'wrong' } },
    'without a nonce': { claims: { nonce: undefined } },
    'of another client': { claims: { aud: 'other' } },
    'of another client, for us too': { claims: { aud: [CLIENT.id, 'other'], azp: 'other' } },
    'with alg none': { header: { alg: 'none' }, sign: () => Buffer.alloc(0) },
    'with alg none and no key': {
      header: { alg: 'none', kid: undefined },
      sign: () => Buffer.alloc(0),
    },
    'signed with the published key as a secret': { header: { alg: 'HS256' }, sign: byPublishedKey },
    'signed with the client secret': { header: { alg: 'HS256', kid: undefined }, sign: bySecret },
    'signed with a key of someone else': {
      sign: (text) => sign('sha256', Buffer.from(text), OTHER_KEY),
    },
    'signed with an unknown key': {
      header: { kid: 'two' },
      sign: (text) => sign('sha256', Buffer.from(text), OTHER_KEY),
    },
    'without a signature': { sign: () => Buffer.alloc(0) },
    'that has expired': { claims: { iat: NOW - 7_200, exp: NOW - 3_600 } },
    'that never expires': { claims: { exp: undefined } },
    'of the future': { claims: { nbf: NOW + 3_600 } },
    'of an unknown issuer': { claims: { iss: 'https://evil.example' } },
    'without a subject': { claims: { sub: undefined } },
  };
  it.each(Object.keys(forgeries))('is refused for an id token %s', async (which) => {
    const answer = await logIn(
      app,
      provider,
      { sub: someone(), groups: ['admins'] },
      forgeries[which],
    );
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([
      400,
      'invalid_login',
    ]);
    expect(cookiesOf(answer)).toBe('');
  });

  it('is refused without an id token, and for user info about someone else', async () => {
    for (const forgery of [
      { answer: { id_token: undefined } },
      { answer: { id_token: 'a.b.c' } },
      { userInfo: { sub: 'mallory' } },
    ]) {
      expect(
        (await logIn(app, provider, { sub: someone(), groups: ['admins'] }, forgery)).statusCode,
      ).toBe(400);
    }
  });

  it('is refused when the answer names another issuer, or none', async () => {
    const begun = await begin(app);
    expect(
      (
        await comeBack(
          app,
          begun,
          provider.code(begun.url, { sub: someone(), groups: ['staff'] }),
          'https://evil.example',
        )
      ).statusCode,
    ).toBe(400);
    const again = await begin(app);
    expect(
      (
        await comeBack(
          app,
          again,
          provider.code(again.url, { sub: someone(), groups: ['staff'] }),
          '',
        )
      ).statusCode,
    ).toBe(400);
  });

  it('is good once: the same answer again is refused, here and on another server', async () => {
    const begun = await begin(app);
    const code = provider.code(begun.url, { sub: someone(), groups: ['staff'] });
    expect((await comeBack(other, begun, code, provider.issuer)).statusCode).toBe(303);
    for (const server of [app, other])
      expect((await comeBack(server, begun, code, provider.issuer)).json()).toMatchObject({
        code: 'invalid_login',
      });
    const fresh = provider.code(begun.url, { sub: someone(), groups: ['staff'] });
    expect((await comeBack(app, begun, fresh, provider.issuer)).json()).toMatchObject({
      code: 'invalid_login',
    });
  });

  it('is refused for a code that was used, or that was made for another login', async () => {
    const victim = await begin(app);
    const code = provider.code(victim.url, { sub: someone(), groups: ['admins'] });
    expect((await comeBack(app, await begin(app), code, provider.issuer)).statusCode).toBe(400);
    const used = await begin(app);
    const once = provider.code(used.url, { sub: someone(), groups: ['staff'] });
    expect((await comeBack(app, used, once, provider.issuer)).statusCode).toBe(303);
    expect((await comeBack(app, await begin(app), once, provider.issuer)).statusCode).toBe(400);
  });

  it('is refused in a browser that did not begin it, also one that began another', async () => {
    const [begun, attacker] = [await begin(app), await begin(app)];
    const code = provider.code(begun.url, { sub: someone(), groups: ['staff'] });
    for (const cookie of ['', attacker.cookie, begun.cookie.replace(/=.*/, `=${'a'.repeat(52)}`)]) {
      expect(
        (await comeBack(app, { ...begun, cookie }, code, provider.issuer)).json(),
      ).toMatchObject({ code: 'invalid_login' });
    }
    // None of these took the login away.
    expect((await comeBack(app, begun, code, provider.issuer)).statusCode).toBe(303);
  });

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/%09/evil.example'.replace('%09', '\t'),
    'javascript:alert(1)',
  ])('does not lead to %j', async (target) => {
    const answer = await app.inject({
      url: `/api/v1/auth/oidc/login?return_to=${encodeURIComponent(target)}`,
      headers: elsewhere(),
    });
    expect([
      answer.statusCode,
      answer.json<{ code: string }>().code,
      answer.headers.location,
    ]).toEqual([400, 'invalid_return_to', undefined]);
  });

  it('is limited for each address, and for each person', async () => {
    const headers = { host: 'localhost', 'x-forwarded-for': '203.0.113.9' };
    const statuses: number[] = [];
    for (let n = 0; n < 301; n++)
      statuses.push((await app.inject({ url: '/api/v1/auth/oidc/login', headers })).statusCode);
    expect(statuses.filter((status) => status === 302)).toHaveLength(300);
    const refused = await app.inject({ url: '/api/v1/auth/oidc/login', headers });
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([
      429,
      'rate_limited',
    ]);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    const person = someone();
    const logins: number[] = [];
    for (let n = 0; n < 11; n++)
      logins.push((await logIn(app, provider, { sub: person, groups: ['staff'] })).statusCode);
    expect(logins).toEqual([...Array<number>(10).fill(303), 429]);
  });

  it('ends by logging out, which also ends it at the provider', async () => {
    const cookie = cookiesOf(await logIn(app, provider, { sub: someone(), groups: ['staff'] }));
    const { csrf_token: csrf } = (await me(cookie)).json<{ csrf_token: string }>();
    const headers = {
      cookie,
      host: 'localhost',
      origin: 'http://localhost',
      'x-cloudpam-csrf': csrf,
    };
    expect(
      (
        await app.inject({
          method: 'POST',
          url: '/api/v1/auth/logout',
          headers: { ...headers, 'x-cloudpam-csrf': '' },
        })
      ).statusCode,
    ).toBe(403);
    const answer = await app.inject({ method: 'POST', url: '/api/v1/auth/logout', headers });
    const url = new URL(answer.json<{ logout_url: string }>().logout_url);
    expect([url.origin + url.pathname, url.searchParams.get('post_logout_redirect_uri')]).toEqual([
      `${provider.issuer}/end`,
      'http://localhost/login',
    ]);
    expect(url.searchParams.get('id_token_hint')).toMatch(/^eyJ/);
    expect(String(answer.headers['set-cookie'])).toContain('cloudpam_session=; Max-Age=0; Path=/');
    expect((await me(cookie)).statusCode).toBe(401);
  });

  it('of a deactivated user is over at once, and cannot be begun again', async () => {
    const sub = someone();
    const cookie = cookiesOf(await logIn(app, provider, { sub, groups: ['staff'] }));
    const admin = cookiesOf(await logIn(app, provider, { sub: someone(), groups: ['admins'] }));
    const csrf = (await me(admin)).json<{ csrf_token: string }>().csrf_token;
    const user = await storage.unitOfWork.read((stores) =>
      stores.users.bySubject(provider.issuer, sub),
    );
    expect((await me(cookie)).statusCode).toBe(200);
    const answer = await app.inject({
      method: 'PATCH',
      url: `/api/v1/users/${user?.id ?? 0}`,
      headers: {
        cookie: admin,
        host: 'localhost',
        origin: 'http://localhost',
        'x-cloudpam-csrf': csrf,
      },
      payload: { active: false },
    });
    expect([answer.statusCode, (await me(cookie)).statusCode]).toEqual([200, 401]);
    expect((await logIn(app, provider, { sub, groups: ['staff'] })).json()).toMatchObject({
      code: 'user_inactive',
    });
  });

  it('says when the provider does not answer', async () => {
    const alone = await started({ OIDC_ISSUER: 'http://127.0.0.1:1' });
    const answer = await alone.inject({ url: '/api/v1/auth/oidc/login', headers: elsewhere() });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([
      502,
      'provider_unavailable',
    ]);
    await alone.close();
  });

  describe('behind a reverse proxy', () => {
    const FORWARDED = {
      host: 'internal:8080',
      'x-forwarded-host': 'pam.example',
      'x-forwarded-proto': 'https',
      'x-forwarded-for': '203.0.113.77',
    };
    const from = (
      remoteAddress: string,
      at: NestFastifyApplication,
      headers: Record<string, string> = FORWARDED,
    ) => at.inject({ url: '/api/v1/auth/oidc/login', headers, remoteAddress });

    it('is at the address that the proxy tells, over HTTPS', async () => {
      const answer = await from('127.0.0.1', app);
      expect(new URL(String(answer.headers.location)).searchParams.get('redirect_uri')).toBe(
        'https://pam.example/api/v1/auth/oidc/callback',
      );
      expect(String(answer.headers['set-cookie'])).toMatch(
        /^__Host-cloudpam_login_[0-9a-f]{8}=[a-z2-7]{52}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      );
      expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
    });

    it('believes nobody else, nor anybody where no proxy is trusted', async () => {
      const none = await started({ TRUSTED_PROXIES: '' });
      for (const answer of [
        await from('192.0.2.1', app),
        await from('127.0.0.1', none),
        await from('192.0.2.1', none),
      ]) {
        expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([
          400,
          'public_url_needed',
        ]);
        expect([answer.headers['strict-transport-security'], answer.headers['set-cookie']]).toEqual(
          [undefined, undefined],
        );
      }
      const local = await from('192.0.2.1', none, { ...FORWARDED, host: 'localhost:8080' });
      expect(new URL(String(local.headers.location)).searchParams.get('redirect_uri')).toBe(
        'http://localhost:8080/api/v1/auth/oidc/callback',
      );
      await none.close();
    });

    it('does not let a client choose the address that its logins are counted by', async () => {
      const statuses: number[] = [];
      for (let n = 0; n < 301; n++)
        statuses.push(
          (
            await from('192.0.2.50', app, {
              ...FORWARDED,
              host: 'localhost',
              'x-forwarded-for': `203.0.113.${n}`,
            })
          ).statusCode,
        );
      expect(statuses.at(-1)).toBe(429);
    });

    it('is at PUBLIC_URL, whatever anyone says', async () => {
      const fixed = await started({ PUBLIC_URL: 'https://ipam.example/' });
      for (const address of ['127.0.0.1', '192.0.2.1']) {
        expect(
          new URL(String((await from(address, fixed)).headers.location)).searchParams.get(
            'redirect_uri',
          ),
        ).toBe('https://ipam.example/api/v1/auth/oidc/callback');
      }
      await fixed.close();
    });
  });
});
