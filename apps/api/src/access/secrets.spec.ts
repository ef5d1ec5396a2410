import fc from 'fast-check';
import { Prepared, type Json } from '../prepared.fixture';

const ROLES = ['viewer', 'editor', 'admin', 'collector'] as const;

describe('the secret of a token', () => {
  let server: Prepared;
  let lines: string[];

  beforeEach(async () => {
    lines = [];
    server = await Prepared.open({ write: (line) => void lines.push(line) });
  });
  afterEach(() => server.app.close());

  it('is in no audit entry, log line or error, whatever is done with the token', async () => {
    const asked = fc
      .record({
        name: fc.string({ minLength: 1, maxLength: 30 }).filter((name) => name.trim() !== ''),
        role: fc.constantFrom(...ROLES),
        read_only: fc.boolean(),
        accounts: fc.option(fc.array(fc.stringMatching(/^aws:\d{12}$/), { maxLength: 2 })),
      })
      .map((body) => (body.role === 'admin' ? { ...body, accounts: null } : body)); // admins have no limits
    const secrets: string[] = [];
    const errors: string[] = [];
    await fc.assert(
      fc.asyncProperty(asked, async (body) => {
        const made = await server.send('POST', '/tokens', body);
        expect(made.status).toBe(201);
        const { id, secret } = made.body as { id: number; secret: string };
        secrets.push(secret);
        const inject = async (options: {
          method: 'GET' | 'POST' | 'DELETE';
          url: string;
          headers?: Record<string, string>;
          payload?: Json;
        }): Promise<void> => {
          const answer = await server.app.inject(options);
          if (answer.statusCode >= 400) errors.push(answer.body);
        };
        const bearer = { authorization: `Bearer ${secret}` };
        await inject({
          method: 'POST',
          url: '/api/v1/pools',
          headers: bearer,
          payload: { name: 'x', cidr: '10.0.0.1/8' },
        });
        await inject({ method: 'GET', url: '/api/v1/pools/999', headers: bearer });
        await inject({
          method: 'GET',
          url: '/api/v1/me',
          headers: { authorization: `Basic ${secret}` },
        });
        await inject({
          method: 'GET',
          url: '/api/v1/me',
          headers: { authorization: `Bearer ${secret} twice` },
        });
        // As people do by mistake: in the path, the query, a field, a reason, a request id.
        await inject({ method: 'GET', url: `/api/v1/pools/${secret}` });
        await inject({ method: 'GET', url: `/api/v1/${secret}?token=${secret}`, headers: bearer });
        await inject({
          method: 'GET',
          url: `/api/v1/pools?${secret}=1`,
          headers: { authorization: `Bearer ${server.token}` },
        });
        await inject({
          method: 'POST',
          url: '/api/v1/vrfs',
          headers: {
            authorization: `Bearer ${server.token}`,
            'x-change-reason': `with ${secret}`,
            'x-request-id': secret,
          },
          payload: { name: `v${id}`, description: `key: ${secret}` },
        });
        await inject({
          method: 'POST',
          url: '/api/v1/vrfs',
          headers: { authorization: `Bearer ${server.token}` },
          payload: { name: 'v', [secret]: 1 },
        });
        await inject({
          method: 'DELETE',
          url: `/api/v1/tokens/${id}`,
          headers: { authorization: `Bearer ${server.token}` },
        });
        await inject({ method: 'GET', url: '/api/v1/me', headers: bearer });
      }),
      { numRuns: 20 },
    );
    const audit = await server.app.inject({
      method: 'GET',
      url: '/api/v1/audit/export',
      headers: { authorization: `Bearer ${server.token}` },
    });
    expect(audit.body.trim().split('\n').length).toBeGreaterThan(60);
    expect(lines.length).toBeGreaterThan(400);
    expect(errors.length).toBeGreaterThan(150);
    for (const [where, text] of Object.entries({
      audit: audit.body,
      log: lines.join(''),
      errors: errors.join(''),
    })) {
      for (const secret of [...secrets, server.token]) {
        const found = text.indexOf(secret.slice(-52));
        expect([where, found < 0 ? '' : text.slice(Math.max(0, found - 200), found + 60)]).toEqual([
          where,
          '',
        ]);
      }
    }
  });
});
