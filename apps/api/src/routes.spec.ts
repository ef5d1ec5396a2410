import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { BootstrapToken, IssueToken, PERMISSIONS, ROLES, type Permission, type Role } from '@cloudpam/identity';
import { MemoryStorage } from '@cloudpam/storage-memory';
import { readConfig } from './config';
import { createApp } from './create-app';
import { openApiDocument } from './openapi-document';

const OPEN = ['/healthz', '/readyz'];

interface Route { readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'; readonly url: string; readonly path: string }

/** What each route asks for, as the product means it: the table that the walk compares with. */
function permissionOf({ method, path }: Route): Permission {
  if (path === '/metrics') return 'metrics:read';
  const part = path.split('/')[3] ?? '';
  if (part === 'me') return 'self:read';
  if (part === 'tokens') return 'tokens:manage';
  if (part === 'audit') return 'audit:read';
  if (part === 'export') return 'export:read';
  if (part === 'discovery') return method === 'GET' ? 'discovery:read' : path === '/api/v1/discovery' ? 'discovery:post' : 'discovery:decide';
  if (part === 'collectors') return method === 'GET' ? 'discovery:read' : 'discovery:post';
  const entity = ['accounts', 'vrfs', 'vlans'].find((each) => each === part) ?? 'pools';
  return `${entity}:${method === 'GET' ? 'read' : 'write'}` as Permission; // one of the table's, which the test below proves
}

describe('routes', () => {
  let app: NestFastifyApplication;
  let routes: Route[];
  const tokens = new Map<Role, string>();
  let admin = '';

  beforeAll(async () => {
    app = await createApp(readConfig({ DATABASE_URL: 'memory:', LOG_LEVEL: 'silent' }), new MemoryStorage());
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    admin = await app.get(BootstrapToken).execute(new Date(), undefined) ?? '';
    const change = { actor: { type: 'system', id: 'test', name: 'test' }, at: new Date(), requestId: 'test' } as const;
    for (const role of ROLES) tokens.set(role, (await app.get(IssueToken).execute(change, { name: role, role })).text);
    routes = Object.entries(openApiDocument(app).paths).flatMap(([path, item]) => (['get', 'post', 'patch', 'delete'] as const)
      .filter((method) => item[method])
      .map((method) => ({ method: method.toUpperCase() as Route['method'], path, url: path.replace('{id}', '999999') })));
  });

  afterAll(() => app.close());

  const ask = async (route: Route, token?: string): Promise<number> => (await app.inject({
    method: route.method, url: route.url, headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    ...route.method === 'POST' || route.method === 'PATCH' ? { payload: { nonsense: true } } : {},
  })).statusCode;

  it('are all found by the walk', () => {
    expect(routes.length).toBeGreaterThan(45);
  });

  it('answer nobody, but for health and readiness', async () => {
    for (const route of routes) expect([route.path, await ask(route)]).toEqual([route.path, OPEN.includes(route.path) ? 200 : 401]);
  });

  it('let each role do what the permission table says, and no more', async () => {
    for (const route of routes.filter(({ path }) => !OPEN.includes(path))) {
      const roles: readonly Role[] = PERMISSIONS[permissionOf(route)];
      for (const role of ROLES) {
        const status = await ask(route, tokens.get(role));
        expect([route.method, route.path, role, status === 403]).toEqual([route.method, route.path, role, !roles.includes(role)]);
        expect(status).not.toBe(500);
      }
    }
  });

  it('refuse a token that is revoked, cut or changed', async () => {
    const me: Route = { method: 'GET', path: '/api/v1/me', url: '/api/v1/me' };
    expect(await ask(me, admin)).toBe(200);
    expect(await ask(me, admin.slice(0, -1))).toBe(401);
    expect(await ask(me, `${admin.slice(0, -1)}${admin.endsWith('a') ? 'b' : 'a'}`)).toBe(401);
    const made = await app.inject({ method: 'POST', url: '/api/v1/tokens', headers: { authorization: `Bearer ${admin}` }, payload: { name: 'short-lived', role: 'viewer' } });
    const { id, secret } = made.json<{ id: number; secret: string }>();
    expect(await ask(me, secret)).toBe(200);
    await app.inject({ method: 'DELETE', url: `/api/v1/tokens/${id}`, headers: { authorization: `Bearer ${admin}` } });
    expect(await ask(me, secret)).toBe(401);
  });

  it('let a collector deliver only the accounts of its token', async () => {
    const made = await app.inject({
      method: 'POST', url: '/api/v1/tokens', headers: { authorization: `Bearer ${admin}` }, payload: { name: 'c', role: 'collector', accounts: ['aws:111111111111'] },
    });
    const { secret } = made.json<{ secret: string }>();
    const post = (account: string): Promise<number> => app.inject({
      method: 'POST', url: '/api/v1/discovery', headers: { authorization: `Bearer ${secret}` },
      payload: {
        run_id: '6f1f1f5e-3d3c-4a37-9f0c-1d4f6f0a5a11', collector: { name: 'test', version: '1' },
        scopes: [{ provider: 'aws', account, region: 'eu-west-1', coverage: 'complete', collected_at: '2026-01-01T00:00:00Z', networks: [], resources: [] }],
      },
    }).then((answer) => answer.statusCode);
    expect(await post('111111111111')).toBe(200);
    expect(await post('222222222222')).toBe(403);
  });
});
