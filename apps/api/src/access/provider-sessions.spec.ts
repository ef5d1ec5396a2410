import { sign } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readConfig } from '../config/config';
import { createApp } from '../create-app';
import {
  byPublishedKey,
  CLIENT,
  OTHER_KEY,
  startForgingProvider,
  type Forgery,
  type ForgingProvider,
} from '../testing/forging-provider';
import { resetClocks, setClocks } from '../testing/clocks';
import { begin, comeBack, cookiesOf, logIn, someone } from '../testing/login-client';
import { memoryStorage, type Storage } from '../storage/storage';

describe('a session and its provider', () => {
  let provider: ForgingProvider;
  let storage: Storage;
  let app: NestFastifyApplication;
  let other: NestFastifyApplication;
  const started = async (
    more: Record<string, string> = {},
    issuer = provider.issuer,
  ): Promise<NestFastifyApplication> => {
    const made = await createApp(
      readConfig({
        DATABASE_URL: 'memory:',
        LOG_LEVEL: 'silent',
        TRUSTED_PROXIES: '127.0.0.1',
        OIDC_ISSUER: issuer,
        OIDC_CLIENT_ID: CLIENT.id,
        OIDC_CLIENT_SECRET: CLIENT.secret,
        OIDC_ROLE_MAP: 'admins=admin,netops=editor,staff=viewer',
        ...more,
      }),
      storage,
    );
    await made.init();
    await made.getHttpAdapter().getInstance().ready();
    return made;
  };
  beforeEach(async () => {
    provider = await startForgingProvider();
    storage = memoryStorage();
    app = await started();
    other = await started();
  });
  afterEach(async () => {
    await app.close();
    await other.close();
    await provider.close();
  });
  const me = (cookie: string, at = app) => at.inject({ url: '/api/v1/me', headers: { cookie } });
  const enter = async (
    person: { sub: string; groups?: string[] },
    forgery: Forgery = {},
  ): Promise<string> => {
    const answer = await logIn(app, provider, person, forgery);
    expect(answer.statusCode).toBe(303);
    return cookiesOf(answer);
  };
  const tell = (token: string, at = app) =>
    at.inject({
      method: 'POST',
      url: '/api/v1/auth/oidc/backchannel-logout',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ logout_token: token }).toString(),
    });

  describe('by back-channel logout', () => {
    it('ends by the name of the session at the provider, or all of the person; other sessions go on', async () => {
      const [ada, bob] = [someone(), someone()];
      const [first, second, third, his] = [
        await enter({ sub: ada, groups: ['staff'] }, { claims: { sid: 's1' } }),
        await enter({ sub: ada, groups: ['staff'] }, { claims: { sid: 's2' } }),
        await enter({ sub: ada, groups: ['staff'] }, { claims: { sid: 's3' } }),
        await enter({ sub: bob, groups: ['staff'] }, { claims: { sid: 's4' } }),
      ];
      const answer = await tell(provider.logoutToken({ sid: 's1', sub: ada }));
      expect([answer.statusCode, answer.body, answer.headers['cache-control']]).toEqual([
        200,
        '',
        'no-store',
      ]);
      expect([(await me(first)).statusCode, (await me(second)).statusCode]).toEqual([401, 200]);
      expect((await tell(provider.logoutToken({ sub: ada }), other)).statusCode).toBe(200);
      expect([
        (await me(second, other)).statusCode,
        (await me(third, other)).statusCode,
        (await me(his, other)).statusCode,
      ]).toEqual([401, 401, 200]);
      const { entries } = await storage.unitOfWork.read(({ audit }) =>
        audit.list({ type: 'user.session_ended' }, 1, 10),
      );
      expect(entries.map(({ diff }) => diff.before)).toEqual([{ sessions: 2 }, { sessions: 1 }]);
      expect((await tell(provider.logoutToken({ sid: 'of nobody' }))).statusCode).toBe(200);
    });

    it('takes a token once, on whichever server', async () => {
      const token = provider.logoutToken({ sub: someone() });
      expect([
        (await tell(token)).statusCode,
        (await tell(token, other)).statusCode,
        (await tell(token)).statusCode,
      ]).toEqual([200, 400, 400]);
    });

    const now = Math.floor(Date.now() / 1_000);
    const forgeries: Record<string, Forgery> = {
      'of an unknown issuer': { claims: { iss: 'https://evil.example' } },
      'for another client': { claims: { aud: 'other' } },
      'without a time': { claims: { iat: undefined } },
      'of yesterday': { claims: { iat: now - 86_400 } },
      'of tomorrow': { claims: { iat: now + 86_400 } },
      'that has expired': { claims: { exp: now - 3_600 } },
      'without a name': { claims: { jti: undefined } },
      'without an event': { claims: { events: undefined } },
      'with another event': { claims: { events: { 'https://example.com/other': {} } } },
      'with a nonce, as an id token': { claims: { nonce: 'n' } },
      'about nobody': { claims: { sub: undefined } },
      'of another type': { header: { typ: 'at+jwt' } },
      'with alg none': { header: { alg: 'none' }, sign: () => Buffer.alloc(0) },
      'signed with the published key as a secret': {
        header: { alg: 'HS256' },
        sign: byPublishedKey,
      },
      'signed with a key of someone else': {
        sign: (text) => sign('sha256', Buffer.from(text), OTHER_KEY),
      },
    };
    it('refuses every other token, and ends nothing', async () => {
      const sub = someone();
      const cookie = await enter({ sub, groups: ['staff'] });
      for (const [which, forgery] of Object.entries(forgeries)) {
        const answer = await tell(provider.logoutToken({ sub }, forgery));
        expect([
          which,
          answer.statusCode,
          answer.json<{ code: string }>().code,
          answer.headers['cache-control'],
        ]).toEqual([which, 400, 'invalid_logout_token', 'no-store']);
      }
      for (const text of ['', 'a.b.c', 'nonsense']) expect((await tell(text)).statusCode).toBe(400);
      expect((await me(cookie)).statusCode).toBe(200);
    });
  });

  describe('by its refresh token', () => {
    /** As if the last check were a quarter of an hour ago. */
    const later = () =>
      storage.unitOfWork.run(async ({ users, sessions }) => {
        for (const { id } of (await users.list({}, 1, 100)).items)
          for (const each of await sessions.ofUser(id))
            await sessions.checked(each.id, new Date(Date.now() - 900_000), each.refreshToken);
      });
    const withToken: Forgery = { answer: { refresh_token: 'first' } };
    // A server that has not seen the session: what it reads is what it finds.
    const fresh = async (cookie: string) => {
      const server = await started();
      const answer = await me(cookie, server);
      await server.close();
      return answer;
    };

    it('follows the groups, keeps the new token sealed, and ends when the provider or the groups say so', async () => {
      const sub = someone();
      const cookie = await enter({ sub, groups: ['admins'] }, withToken);
      await later();
      provider.nextRefresh({ sub, groups: ['netops'], email: 'a@example.com', name: 'A' });
      expect((await fresh(cookie)).json()).toMatchObject({ role: 'editor' });
      const stored = await storage.unitOfWork.read(async ({ users, sessions }) =>
        sessions.ofUser((await users.bySubject(provider.issuer, sub))?.id ?? 0),
      );
      expect(stored[0]?.refreshToken).not.toMatch(/first|renewed/);
      await later();
      provider.nextRefresh({ sub, groups: ['cooks'], email: 'a@example.com', name: 'A' });
      expect((await fresh(cookie)).statusCode).toBe(401);
      const again = await enter({ sub, groups: ['staff'] }, withToken);
      await later();
      provider.nextRefresh({
        status: 400,
        body: { error: 'invalid_grant', error_description: 'User disabled' },
      });
      expect((await fresh(again)).statusCode).toBe(401);
      const { entries } = await storage.unitOfWork.read(({ audit }) =>
        audit.list({ type: 'user.session_ended' }, 1, 10),
      );
      expect(entries[0]?.diff.after).toMatchObject({
        provider: 'oidc',
        error: 'invalid_grant',
        error_description: 'User disabled',
      });
    });

    it('ends when the provider speaks of someone else, and goes on when it is out of order', async () => {
      const cookie = await enter({ sub: someone(), groups: ['staff'] }, withToken);
      await later();
      provider.nextRefresh({ status: 503, body: 'down' });
      expect((await fresh(cookie)).statusCode).toBe(200);
      await later();
      provider.nextRefresh({ sub: 'mallory', groups: ['admins'] });
      expect((await fresh(cookie)).statusCode).toBe(401);
    });
  });

  it(
    'has keys that are fetched again for a new one, at once, and for unknown ones no more ' +
      'than once in five seconds',
    async () => {
      await enter({ sub: someone(), groups: ['staff'] });
      const before = provider.asked.filter((each) => each === 'GET /jwks').length;
      setClocks({ ofDay: -3_600_000, elapsed: 5_001 });
      provider.rotateKey();
      await enter({ sub: someone(), groups: ['staff'] });
      for (let n = 0; n < 5; n++)
        await tell(provider.logoutToken({ sub: someone() }, { header: { kid: `unknown-${n}` } }));
      resetClocks();
      expect(provider.asked.filter((each) => each === 'GET /jwks').length - before).toBe(1);
    },
  );

  it(
    'ends at the provider too for someone with a large id token, and for who has no session ' +
      'here any more',
    async () => {
      const cookie = await enter(
        { sub: someone(), groups: ['staff'] },
        {
          claims: {
            groups: [...Array.from({ length: 1_500 }, (_, n) => `group-number-${n}`), 'staff'],
            preferred_username: 'large',
          },
        },
      );
      const { csrf_token: csrf } = (await me(cookie)).json<{ csrf_token: string }>();
      const answer = await app.inject({
        method: 'POST',
        url: '/api/v1/auth/logout',
        headers: { cookie, host: 'localhost', origin: 'http://localhost', 'x-cloudpam-csrf': csrf },
      });
      const ended = new URL(answer.json<{ logout_url: string }>().logout_url);
      expect(Object.fromEntries(ended.searchParams)).toEqual({
        client_id: CLIENT.id,
        logout_hint: 'large',
        post_logout_redirect_uri: 'http://localhost/login',
      });
      const without = await app.inject({
        url: '/api/v1/auth/oidc/logout',
        headers: { host: 'localhost' },
      });
      const there = new URL(String(without.headers.location));
      expect([without.statusCode, there.pathname]).toEqual([303, '/end']);
      expect(Object.fromEntries(there.searchParams)).toEqual({
        client_id: CLIENT.id,
        post_logout_redirect_uri: 'http://localhost/login',
      });
    },
  );

  it('is not kept alive by what a page asks by itself', async () => {
    const cookie = await enter({ sub: someone(), groups: ['staff'] });
    const used = async () =>
      (
        await storage.unitOfWork.read(({ sessions }) => sessions.ofUser(1))
      )[0]?.lastUsedAt.getTime() ?? 0;
    const ago = Date.now() - 120_000;
    await storage.unitOfWork.run(({ sessions }) => sessions.touch(1, new Date(ago)));
    await app.inject({ url: '/api/v1/me', headers: { cookie, 'x-cloudpam-poll': '1' } });
    expect(await used()).toBe(ago);
    await me(cookie);
    expect(await used()).toBeGreaterThan(ago);
  });

  it(
    'begins with the parameters of the settings, pushed where that is asked for, and as ' +
      'someone else on demand',
    async () => {
      const server = await started({
        OIDC_AUTH_PARAMS: 'kc_idp_hint=google&acr_values=2',
        OIDC_PAR: 'always',
      });
      expect(Object.fromEntries((await begin(server)).url.searchParams)).toEqual({
        client_id: CLIENT.id,
        request_uri: 'urn:pushed:1',
      });
      expect(Object.fromEntries(provider.pushed[0] ?? [])).toMatchObject({
        kc_idp_hint: 'google',
        acr_values: '2',
        scope: 'openid profile email',
        code_challenge_method: 'S256',
      });
      const begun = await begin(app, '?prompt=select_account');
      expect(begun.url.searchParams.get('prompt')).toBe('select_account');
      const strict = await startForgingProvider({
        require_pushed_authorization_requests: true,
        prompt_values_supported: ['none', 'login'],
      });
      const behind = await started({}, strict.issuer);
      await begin(behind, '?prompt=select_account');
      expect(strict.pushed[0]?.get('prompt')).toBe('login');
      for (const each of [server, behind]) await each.close();
      await strict.close();
      const good = await comeBack(
        app,
        begun,
        provider.code(begun.url, { sub: someone(), groups: ['staff'] }),
        provider.issuer,
      );
      expect(good.statusCode).toBe(303);
    },
  );
});
