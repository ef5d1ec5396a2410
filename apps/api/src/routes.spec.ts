import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  AuthenticateSession,
  BootstrapToken,
  IssueToken,
  LogIn,
  PERMISSIONS,
  ROLES,
  USER_ROLES,
  type Permission,
  type Role,
  type UserRole,
} from '@cloudpam/identity';
import { RECORDS } from '@cloudpam/pools';
import { readConfig } from './config/config';
import { createApp } from './create-app';
import { openApiDocument } from './openapi-document';
import { memoryStorage } from './storage/storage';

/** The public routes, all of them, and what each answers to a bare request. */
const OPEN: Record<string, number> = {
  '/healthz': 200,
  '/readyz': 200,
  '/api/v1/auth/oidc/providers': 200,
  '/api/v1/auth/oidc/login': 404,
  '/api/v1/auth/oidc/callback': 400,
  '/api/v1/auth/oidc/logout': 404,
  '/api/v1/auth/oidc/backchannel-logout': 400,
};

interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly path: string;
}

/** What each route asks for, as the product means it: the table that the walk compares with. */
function permissionOf({ method, path }: Route): Permission {
  if (path === '/metrics') return 'metrics:read';
  const part = path.split('/')[3] ?? '';
  if (part === 'me' || part === 'system' || path === '/api/v1/auth/logout') return 'self:read';
  if (part === 'users') return 'users:manage';
  if (part === 'tokens') return 'tokens:manage';
  if (part === 'audit' || part === 'events') return 'audit:read';
  if (part === 'webhooks') return 'webhooks:manage';
  if (part === 'digests') return 'digests:manage';
  if (part === 'export') return 'export:read';
  if (part === 'discovery')
    return method === 'GET'
      ? 'discovery:read'
      : path === '/api/v1/discovery'
        ? 'discovery:post'
        : 'discovery:decide';
  if (part === 'collectors') return method === 'GET' ? 'discovery:read' : 'discovery:post';
  if (part === 'ranges' && path.endsWith('/release')) return 'quarantine:release';
  const entity = Object.keys(RECORDS).find((each) => each === part) ?? 'pools';
  // One of the table's, which the test below proves.
  return `${entity}:${method === 'GET' ? 'read' : 'write'}` as Permission;
}

/**
 * Routes that are about more than accounts and pools: who is limited to some of these is refused
 * there. The others keep to the limits.
 */
function isAboutTheServer({ method, path }: Route): boolean {
  const part = path.split('/')[3] ?? '';
  return (
    path === '/metrics' ||
    path.endsWith('/isolate') ||
    // Which VLAN ids are free tells of VLANs that are not theirs.
    (part === 'vlan-groups' && path.endsWith('/free')) ||
    part === 'users' ||
    part === 'tokens' ||
    part === 'import' ||
    (method !== 'GET' && Object.values(RECORDS).some(({ list }) => list === part))
  );
}

describe('routes', () => {
  let app: NestFastifyApplication;
  let routes: Route[];
  const tokens = new Map<Role, string>();
  let admin = '';

  beforeAll(async () => {
    app = await createApp(
      readConfig({ DATABASE_URL: 'memory:', LOG_LEVEL: 'silent' }),
      memoryStorage(),
    );
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    admin = (await app.get(BootstrapToken).execute(new Date(), undefined)) ?? '';
    const change = {
      actor: { type: 'system', id: 'test', name: 'test' },
      at: new Date(),
      requestId: 'test',
    } as const;
    for (const role of ROLES)
      tokens.set(role, (await app.get(IssueToken).execute(change, { name: role, role })).text);
    routes = Object.entries(openApiDocument(app).paths).flatMap(([path, item]) =>
      (['get', 'put', 'post', 'patch', 'delete'] as const)
        .filter((method) => item[method])
        .map((method) => ({
          method: method.toUpperCase() as Route['method'],
          path,
          url: path.replace('{id}', '999999'),
        })),
    );
  });

  afterAll(() => app.close());

  const send = (
    route: Route,
    headers: Record<string, string>,
  ): ReturnType<NestFastifyApplication['inject']> =>
    app.inject({
      // Who may listen is let in for the headers too, and those have an end.
      method: route.path === '/api/v1/events/stream' ? 'HEAD' : route.method,
      url: route.url,
      headers,
      ...(route.method === 'POST' || route.method === 'PATCH'
        ? { payload: { nonsense: true } }
        : {}),
    });
  const ask = async (route: Route, token?: string): Promise<number> =>
    (await send(route, token === undefined ? {} : { authorization: `Bearer ${token}` })).statusCode;
  /** The headers of the page in a browser where someone of the role has just logged in. */
  const logIn = async (
    role: UserRole,
  ): Promise<{ cookie: string; origin: string; 'x-cloudpam-csrf': string }> => {
    const identity = {
      provider: 'okta',
      issuer: 'https://id.example',
      subject: role,
      email: null,
      name: role,
      groups: [],
      claim: 'groups',
      claimFault: null,
      idToken: null,
      sid: null,
      logoutHint: null,
      refreshToken: null,
    };
    const { secret } = await app
      .get(LogIn)
      .execute({ at: new Date(), requestId: 'test' }, identity, [{ group: '*', role }], {
        userAgent: 'test',
        ip: '192.0.2.1',
      });
    const { csrf } = await app.get(AuthenticateSession).execute(secret, new Date());
    return {
      cookie: `cloudpam_session=${secret}`,
      origin: 'http://localhost:80',
      'x-cloudpam-csrf': csrf,
    };
  };

  it('are all found by the walk', () => {
    expect(routes.length).toBeGreaterThan(45);
  });

  it('answer nobody, but for health, readiness and the login', async () => {
    for (const route of routes)
      expect([route.path, await ask(route)]).toEqual([route.path, OPEN[route.path] ?? 401]);
    expect(
      Object.keys(OPEN).filter((path) => !routes.some((route) => route.path === path)),
    ).toEqual([]);
  });

  it('answer an id of any length as any other that is none', async () => {
    for (const route of routes.filter(({ path }) => path.includes('{id}'))) {
      const askFor = (id: string, token?: string): Promise<number> =>
        ask({ ...route, url: route.path.replace('{id}', id) }, token);
      for (const token of [undefined, admin])
        expect([route.path, await askFor('9'.repeat(5_000), token)]).toEqual([
          route.path,
          await askFor('x', token),
        ]);
    }
  });

  it('let each role do what the permission table says, and no more', async () => {
    for (const route of routes.filter(({ path }) => OPEN[path] === undefined)) {
      const roles: readonly Role[] = PERMISSIONS[permissionOf(route)];
      for (const role of ROLES) {
        const status = await ask(route, tokens.get(role));
        expect([route.method, route.path, role, status === 403]).toEqual([
          route.method,
          route.path,
          role,
          !roles.includes(role),
        ]);
        expect(status).not.toBe(500);
      }
    }
  });

  it('refuse who is limited wherever they are about more than accounts and pools, and nowhere else', async () => {
    const made = await app.inject({
      method: 'POST',
      url: '/api/v1/tokens',
      headers: { authorization: `Bearer ${admin}` },
      payload: { name: 'limited', role: 'editor', accounts: ['aws:111111111111'] },
    });
    const { secret } = made.json<{ secret: string }>();
    for (const route of routes.filter(({ path }) => OPEN[path] === undefined)) {
      const mayEdit = (PERMISSIONS[permissionOf(route)] as readonly Role[]).includes('editor');
      expect([route.method, route.path, (await ask(route, secret)) === 403]).toEqual([
        route.method,
        route.path,
        !mayEdit || isAboutTheServer(route),
      ]);
    }
  });

  it('know the limits of a person in the sessions that they have', async () => {
    const { cookie } = await logIn('viewer');
    const names = async (): Promise<string[]> =>
      (await app.inject({ url: '/api/v1/pools', headers: { cookie } }))
        .json<{ items: { name: string }[] }>()
        .items.map(({ name }) => name);
    const asAdmin = { authorization: `Bearer ${admin}` };
    const pool = await app.inject({
      method: 'POST',
      url: '/api/v1/pools',
      headers: asAdmin,
      payload: { name: 'of no account', cidr: '10.0.0.0/8' },
    });
    expect(await names()).toEqual(['of no account']);
    const users = (await app.inject({ url: '/api/v1/users', headers: asAdmin })).json<{
      items: { id: number; subject: string }[];
    }>().items;
    const url = `/api/v1/users/${users.find(({ subject }) => subject === 'viewer')?.id ?? 0}`;
    const limit = (limits: object): Promise<unknown> =>
      app.inject({ method: 'PATCH', url, headers: asAdmin, payload: limits });
    await limit({ accounts: ['aws:111111111111'] });
    expect(await names()).toEqual([]);
    expect((await app.inject({ url: '/api/v1/me', headers: { cookie } })).json()).toMatchObject({
      accounts: ['aws:111111111111'],
      pools: null,
    });
    await limit({ accounts: null });
    expect(await names()).toEqual(['of no account']);
    await app.inject({
      method: 'DELETE',
      url: `/api/v1/pools/${pool.json<{ id: number }>().id}`,
      headers: asAdmin,
    });
  });

  it('answer a person as they answer a token of the same role', async () => {
    for (const role of USER_ROLES) {
      for (const route of routes.filter(({ path }) => OPEN[path] === undefined)) {
        const person = (await send(route, await logIn(role))).statusCode;
        expect([route.method, route.path, role, person]).toEqual([
          route.method,
          route.path,
          role,
          await ask(route, tokens.get(role)),
        ]);
      }
    }
  });

  it('refuse a write by session that does not come from the own page', async () => {
    const page = await logIn('admin');
    const writes = routes.filter(
      ({ method, path }) => method !== 'GET' && OPEN[path] === undefined,
    );
    const other = (await logIn('admin'))['x-cloudpam-csrf'];
    for (const route of writes) {
      const wrong: Record<string, string>[] = [
        { cookie: page.cookie },
        { cookie: page.cookie, origin: page.origin },
        { cookie: page.cookie, 'x-cloudpam-csrf': page['x-cloudpam-csrf'] },
        { ...page, origin: 'https://evil.example' },
        { ...page, origin: 'null' },
        { ...page, origin: 'http://localhost:81' },
        { ...page, origin: 'https://localhost:80' },
        { ...page, 'x-cloudpam-csrf': other },
        {
          cookie: page.cookie,
          'x-cloudpam-csrf': page['x-cloudpam-csrf'],
          'sec-fetch-site': 'same-site',
        },
      ];
      for (const headers of wrong)
        expect([
          route.path,
          headers,
          (await send(route, headers)).json<{ code: string }>().code,
        ]).toEqual([route.path, headers, 'csrf_refused']);
    }
  });

  it('take a write without Origin when the browser says that it comes from the same origin', async () => {
    const { origin: _, ...page } = await logIn('admin');
    const vrf = await app.inject({
      method: 'POST',
      url: '/api/v1/vrfs',
      headers: { ...page, 'sec-fetch-site': 'same-origin' },
      payload: { name: 'by-fetch-site' },
    });
    expect(vrf.statusCode).toBe(201);
  });

  it('let the token count when a request has a session too, and then need no CSRF token', async () => {
    const { cookie } = await logIn('admin');
    const both = { cookie, authorization: `Bearer ${tokens.get('viewer') ?? ''}` };
    expect((await app.inject({ url: '/api/v1/me', headers: both })).json()).toMatchObject({
      role: 'viewer',
      csrf_token: null,
    });
    expect(
      (
        await app.inject({
          method: 'POST',
          url: '/api/v1/vrfs',
          headers: both,
          payload: { name: 'a' },
        })
      ).json(),
    ).toMatchObject({ code: 'forbidden' });
    expect(
      (await app.inject({ url: '/api/v1/me', headers: { cookie, authorization: 'Basic eDp5' } }))
        .statusCode,
    ).toBe(401);
    expect(
      (
        await app.inject({
          method: 'POST',
          url: '/api/v1/vrfs',
          headers: { ...both, authorization: `Bearer ${admin}` },
          payload: { name: 'by-token' },
        })
      ).statusCode,
    ).toBe(201);
  });

  it('refuse a session that is cut or made up', async () => {
    const { cookie } = await logIn('viewer');
    const me = async (text: string): Promise<number> =>
      (await app.inject({ url: '/api/v1/me', headers: { cookie: text } })).statusCode;
    expect(await me(cookie)).toBe(200);
    for (const wrong of [
      cookie.slice(0, -1),
      `${cookie}a`,
      `cloudpam_session=${'a'.repeat(52)}`,
      'cloudpam_session=',
      `__Host-${cookie}`,
    ])
      expect([wrong, await me(wrong)]).toEqual([wrong, 401]);
  });

  it('let nobody frame the page, run script of others in it, or learn from where it was left', async () => {
    const { headers } = await app.inject({ url: '/healthz' });
    expect(headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
    });
    const policy = String(headers['content-security-policy']);
    for (const part of [
      "default-src 'self'",
      "script-src 'self';",
      "frame-ancestors 'none'",
      "object-src 'none'",
      "base-uri 'self'",
      "form-action 'self'",
    ])
      expect(policy).toContain(part);
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  it('refuse a token that is revoked, cut or changed', async () => {
    const me: Route = { method: 'GET', path: '/api/v1/me', url: '/api/v1/me' };
    expect(await ask(me, admin)).toBe(200);
    expect(await ask(me, admin.slice(0, -1))).toBe(401);
    expect(await ask(me, `${admin.slice(0, -1)}${admin.endsWith('a') ? 'b' : 'a'}`)).toBe(401);
    const made = await app.inject({
      method: 'POST',
      url: '/api/v1/tokens',
      headers: { authorization: `Bearer ${admin}` },
      payload: { name: 'short-lived', role: 'viewer' },
    });
    const { id, secret } = made.json<{ id: number; secret: string }>();
    expect(await ask(me, secret)).toBe(200);
    await app.inject({
      method: 'DELETE',
      url: `/api/v1/tokens/${id}`,
      headers: { authorization: `Bearer ${admin}` },
    });
    expect(await ask(me, secret)).toBe(401);
  });

  it('let a collector deliver only the accounts of its token', async () => {
    const made = await app.inject({
      method: 'POST',
      url: '/api/v1/tokens',
      headers: { authorization: `Bearer ${admin}` },
      payload: { name: 'c', role: 'collector', accounts: ['aws:111111111111'] },
    });
    const { secret } = made.json<{ secret: string }>();
    const post = (account: string): Promise<number> =>
      app
        .inject({
          method: 'POST',
          url: '/api/v1/discovery',
          headers: { authorization: `Bearer ${secret}` },
          payload: {
            run_id: '6f1f1f5e-3d3c-4a37-9f0c-1d4f6f0a5a11',
            collector: { name: 'test', version: '1' },
            scopes: [
              {
                provider: 'aws',
                account,
                region: 'eu-west-1',
                coverage: 'complete',
                collected_at: '2026-01-01T00:00:00Z',
                networks: [],
                resources: [],
              },
            ],
          },
        })
        .then((answer) => answer.statusCode);
    expect(await post('111111111111')).toBe(200);
    expect(await post('222222222222')).toBe(403);
  });
});
