import { PassThrough } from 'node:stream';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readConfig } from '../config/config';
import { createApp } from '../create-app';
import {
  CLIENT,
  startForgingProvider,
  type Forgery,
  type ForgingProvider,
} from '../testing/forging-provider';
import { begin, comeBack, cookiesOf, elsewhere, logIn, someone } from '../testing/login-client';
import { memoryStorage, type Storage } from '../storage/storage';

const PAGE = { accept: 'text/html,*/*' };

describe('a login that is refused', () => {
  let provider: ForgingProvider;
  let storage: Storage;
  let app: NestFastifyApplication;
  let lines: string;
  const started = async (more: Record<string, string> = {}): Promise<NestFastifyApplication> => {
    const log = new PassThrough().on('data', (chunk: Buffer) => {
      lines += chunk.toString();
    });
    const made = await createApp(
      readConfig({
        DATABASE_URL: 'memory:',
        LOG_LEVEL: 'warn',
        TRUSTED_PROXIES: '127.0.0.1',
        OIDC_ISSUER: provider.issuer,
        OIDC_CLIENT_ID: CLIENT.id,
        OIDC_CLIENT_SECRET: CLIENT.secret,
        OIDC_ROLE_MAP: 'admins=admin,staff=viewer',
        ...more,
      }),
      storage,
      { log },
    );
    await made.init();
    await made.getHttpAdapter().getInstance().ready();
    return made;
  };
  beforeEach(async () => {
    lines = '';
    provider = await startForgingProvider();
    storage = memoryStorage();
    app = await started();
  });
  afterEach(async () => {
    await app.close();
    await provider.close();
  });
  const told = async () =>
    (
      await storage.unitOfWork.read(({ audit }) =>
        audit.list({ type: 'user.log_in_refused' }, 1, 50),
      )
    ).entries;
  /**
   * The address of the login page that a browser is sent to, and what its cookie says of the
   * person.
   */
  const seen = ({ headers }: { headers: Record<string, unknown> }) =>
    new URL(String(headers['location']), 'http://own');
  /** Comes back to a login that was begun at a deep link. */
  const refusedBy = async (
    forgery: Forgery | undefined,
    more: Record<string, string> = {},
    at = app,
  ) => {
    const begun = await begin(
      at,
      `?return_to=${encodeURIComponent('/pools/7?tab=free&q=a\\b#row-2')}`,
    );
    const code = provider.code(
      begun.url,
      { sub: someone(), groups: ['cooks', 'waiters'], name: 'Nell', email: 'nell@example.com' },
      forgery,
    );
    return comeBack(
      at,
      { ...begun, headers: { ...begun.headers, ...PAGE } },
      code,
      provider.issuer,
      more,
    );
  };

  it(
    'for want of a role tells the operator which groups came, the person as whom they came, ' +
      'and goes on where they wanted to',
    async () => {
      const answer = await refusedBy(undefined);
      expect(Object.fromEntries(seen(answer).searchParams)).toEqual({
        problem: 'no_role',
        provider: 'oidc',
        return: '/pools/7?tab=free&q=a\\b#row-2',
      });
      expect([answer.headers['set-cookie']].flat()).toContain(
        'cloudpam_refused=Nell; Max-Age=300; Path=/login; SameSite=Lax',
      );
      const facts = {
        provider: 'oidc',
        why: 'no_role',
        claim: 'groups',
        groups: ['cooks', 'waiters'],
        group_count: 2,
        mapped_groups: ['admins', 'staff'],
      };
      expect((await told())[0]).toMatchObject({ actor: { name: 'Nell' }, diff: { after: facts } });
      expect(JSON.parse(lines.trim().split('\n').at(-1) ?? '')).toMatchObject({
        msg: 'login refused',
        person: 'Nell',
        ...facts,
      });
    },
  );

  it('because the claim is missing says that', async () => {
    const other = await started({ OIDC_ROLE_CLAIM: 'teams' });
    await refusedBy(undefined, {}, other);
    expect((await told())[0]?.diff.after).toMatchObject({
      claim: 'teams',
      claim_fault: 'the claim is missing',
    });
    await other.close();
  });

  const faults: [string, string, Forgery, Record<string, string>, object][] = [
    [
      'cancelled',
      'login_cancelled',
      {},
      { error: 'access_denied', error_description: 'User denied' },
      { error: 'access_denied', error_description: 'User denied' },
    ],
    [
      'busy',
      'provider_unavailable',
      {},
      { error: 'temporarily_unavailable' },
      { error: 'temporarily_unavailable' },
    ],
    [
      'against the scopes',
      'provider_settings',
      {},
      { error: 'invalid_scope', error_description: 'no\ngroups' },
      { error: 'invalid_scope', error_description: 'no groups' },
    ],
    [
      'against the client',
      'provider_settings',
      {
        refusal: {
          status: 401,
          body: { error: 'invalid_client', error_description: 'bad secret' },
        },
      },
      {},
      { error: 'invalid_client', error_description: 'bad secret', status: 401 },
    ],
    [
      'broken',
      'provider_unavailable',
      { refusal: { status: 503, body: 'down' } },
      {},
      { status: 503 },
    ],
    ['forged', 'invalid_login', { claims: { nonce: 'wrong' } }, {}, {}],
  ];
  it.each(faults)(
    'by an answer that is %s is %s on the page, with the reason in log and audit trail',
    async (_, code, forgery, more, facts) => {
      const answer = await refusedBy(forgery, more);
      expect(Object.fromEntries(seen(answer).searchParams)).toMatchObject({
        problem: code,
        return: '/pools/7?tab=free&q=a\\b#row-2',
      });
      const { after } = (await told())[0]?.diff ?? {};
      expect(after).toMatchObject({
        provider: 'oidc',
        why: code,
        issuer: provider.issuer,
        ...facts,
        ...('status' in facts ? { address: `${provider.issuer}/token` } : {}),
      });
      expect(lines).toContain('"msg":"login refused"');
      expect(lines + JSON.stringify(after)).not.toMatch(/eyJ|[0-9a-f]{64}/);
    },
  );

  it('because the provider is not there, or is another one, says which', async () => {
    for (const [issuer, code, facts] of [
      ['http://127.0.0.1:1', 'provider_unavailable', { cause: 'fetch failed: bad port' }],
      [
        `${provider.issuer}/other`,
        'provider_settings',
        { status: 400, address: `${provider.issuer}/other/.well-known/openid-configuration` },
      ],
    ] as const) {
      const alone = await started({ OIDC_ISSUER: issuer });
      const answer = await alone.inject({
        url: '/api/v1/auth/oidc/login?return_to=/vrfs',
        headers: { ...elsewhere(), ...PAGE },
      });
      expect(Object.fromEntries(seen(answer).searchParams)).toMatchObject({
        problem: code,
        return: '/vrfs',
      });
      expect((await told())[0]?.diff.after).toMatchObject({ why: code, issuer, ...facts });
      await alone.close();
    }
  });

  it('ends the sessions that the person has elsewhere, and shows on their record', async () => {
    const sub = someone();
    const cookie = cookiesOf(await logIn(app, provider, { sub, groups: ['staff'] }));
    expect((await logIn(app, provider, { sub, groups: ['cooks'] })).statusCode).toBe(403);
    expect((await app.inject({ url: '/api/v1/me', headers: { cookie } })).statusCode).toBe(401);
    const user = await storage.unitOfWork.read(({ users }) =>
      users.bySubject(provider.issuer, sub),
    );
    expect(user?.refusedAt).toBeInstanceOf(Date);
  });

  it('is audited also when it belongs to nobody, and after too many of those answered without', async () => {
    const headers = { host: 'localhost', 'x-forwarded-for': '203.0.113.50', ...PAGE };
    for (let n = 0; n < 32; n++)
      await app.inject({ url: `/api/v1/auth/oidc/callback?code=${n}&state=x`, headers });
    expect((await told()).map(({ diff }) => diff.after?.['why'])).toEqual(
      Array<string>(30).fill('invalid_login'),
    );
    const answer = await app.inject({ url: '/api/v1/auth/oidc/callback?state=x', headers });
    expect(seen(answer).searchParams.get('problem')).toBe('rate_limited');
    expect(Number(seen(answer).searchParams.get('wait'))).toBeGreaterThan(0);
    // Whoever else is behind that address logs in as before.
    const begun = await begin(app, '', { host: 'localhost', 'x-forwarded-for': '203.0.113.50' });
    expect(
      (
        await comeBack(
          app,
          begun,
          provider.code(begun.url, { sub: someone(), groups: ['staff'] }),
          provider.issuer,
        )
      ).statusCode,
    ).toBe(303);
  });

  it('is not one for who only looks: HEAD begins nothing, and uses no answer up', async () => {
    const head = await app.inject({
      method: 'HEAD',
      url: '/api/v1/auth/oidc/login',
      headers: elsewhere(),
    });
    expect([head.statusCode, head.headers['set-cookie'], head.headers.location]).toEqual([
      200,
      undefined,
      undefined,
    ]);
    const begun = await begin(app);
    const query = new URLSearchParams({
      code: provider.code(begun.url, { sub: someone(), groups: ['staff'] }),
      state: begun.state,
      iss: provider.issuer,
    });
    const url = `/api/v1/auth/oidc/callback?${query.toString()}`;
    const headers = { ...begun.headers, cookie: begun.cookie };
    expect(
      (await app.inject({ method: 'HEAD', url, headers })).headers['set-cookie'],
    ).toBeUndefined();
    expect((await app.inject({ url, headers })).statusCode).toBe(303);
    expect(await told()).toEqual([]);
  });
});
