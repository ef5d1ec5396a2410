import { randomBytes } from 'node:crypto';
import { Api, type AuditList, type List, type Pool, type Problem } from './api';
import { eventually } from './eventually';
import { readZip } from './read-zip';
import { startServer, TOKEN, type Server } from './start-server';
import { LASTING, type Database } from './storages';

interface Made {
  readonly id: number;
  readonly secret: string;
}

const GUESSES = 5_000;
const AT_ONCE = 50;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const random = (length: number): string =>
  [...randomBytes(length)].map((byte) => ALPHABET[byte % 32]).join('');

describe.each(LASTING)('tokens over $name', ({ name, open }) => {
  let database: Database;
  let servers: Server[];
  const server = (at: number): Server => {
    const found = servers[at] ?? servers[0];
    if (!found) throw new Error('no server was started');
    return found;
  };
  const make = (fields: object): Promise<Made> =>
    server(0).api.expect(
      201,
      server(0).api.post<Made>('/tokens', { name: 'a', role: 'viewer', ...fields }),
    );
  const statusWith = async (at: number, secret: string): Promise<number> =>
    (await new Api(server(at).url, secret).get('/me')).status;

  beforeAll(async () => {
    database = await open();
    servers = [await startServer(database.url)];
    if (name === 'PostgreSQL') servers.push(await startServer(database.url));
  });
  afterAll(async () => {
    for (const each of servers) await each.stop();
    await database.remove();
  });

  it('are refused here at once and on another server within five seconds of being revoked', async () => {
    const { id, secret } = await make({});
    expect([await statusWith(0, secret), await statusWith(1, secret)]).toEqual([200, 200]);
    await server(0).api.expect(200, server(0).api.delete(`/tokens/${id}`));
    const revoked = Date.now();
    expect(await statusWith(0, secret)).toBe(401);
    await eventually(
      'the other server to refuse the token',
      async () => (await statusWith(1, secret)) === 401,
    );
    expect(Date.now() - revoked).toBeLessThan(5_000);
  });

  it('get another secret by rotation, which ends the former one and keeps their limits', async () => {
    const { id, secret } = await make({ role: 'collector', accounts: ['aws:1'] });
    const rotated = await server(0).api.expect(
      200,
      server(0).api.post<Made>(`/tokens/${id}/rotate`),
    );
    expect([await statusWith(0, secret), await statusWith(0, rotated.secret)]).toEqual([401, 200]);
    expect((await new Api(server(0).url, rotated.secret).get<object>('/me')).body).toMatchObject({
      role: 'collector',
      accounts: ['aws:1'],
    });
    const audit = JSON.stringify(
      await server(0).api.expect(
        200,
        server(0).api.get<AuditList>(`/audit?entity_type=token&entity_id=${id}`),
      ),
    );
    expect(audit).toContain('token.rotate');
    for (const text of [secret, rotated.secret]) expect(audit).not.toContain(text.slice(18));
    await server(0).api.expect(200, server(0).api.delete(`/tokens/${id}`));
    expect((await server(0).api.post(`/tokens/${id}/rotate`)).status).toBe(409);
  });

  it(
    'with limits show what is within them, on every server, and nothing of the rest in ' +
      'lists, search, export, audit and errors',
    async () => {
      const { api } = server(0);
      const secretName = 'hidden-from-them';
      const account = (external: string, named: string): Promise<{ id: number }> =>
        api.expect(
          201,
          api.post('/accounts', { name: named, provider: 'aws', external_id: external }),
        );
      const [own, other] = [
        await account('111111111111', 'own'),
        await account('222222222222', secretName),
      ];
      const pool = (cidr: string, fields: object): Promise<Pool> =>
        api.expect(201, api.post<Pool>('/pools', { name: cidr, cidr, ...fields }));
      await pool('10.0.0.0/8', { name: secretName });
      const seen = [
        await pool('10.1.0.0/16', { account_id: own.id }),
        await pool('10.1.1.0/24', { account_id: own.id }),
      ];
      const hidden = await pool('10.2.0.0/16', {
        name: secretName,
        account_id: other.id,
        tags: { of: secretName },
      });
      for (const limits of [{ accounts: ['aws:111111111111'] }, { pools: [seen[0]?.id] }]) {
        const { secret } = await make({ role: 'editor', ...limits });
        for (const { url } of servers) {
          const limited = new Api(url, secret);
          expect((await limited.all<Pool>('/pools')).map(({ cidr }) => cidr)).toEqual([
            '10.1.0.0/16',
            '10.1.1.0/24',
          ]);
          for (const path of [
            '/pools?parent_id=null',
            '/search?q=10.2.0.1',
            '/search?q=hidden',
            '/accounts',
            '/vrfs',
            '/audit',
            `/pools/${seen[1]?.id}/ancestors`,
            `/pools?as_of=${new Date().toISOString()}`,
          ]) {
            const { status, body } = await limited.get(path);
            expect([path, status, JSON.stringify(body).includes(secretName)]).toEqual([
              path,
              200,
              false,
            ]);
          }
          const zip = await fetch(
            `${url}/api/v1/export?datasets=pools,blocks,accounts,vrfs,vlans,resources,audit`,
            { headers: { authorization: `Bearer ${secret}` } },
          );
          const files = readZip(Buffer.from(await zip.arrayBuffer()));
          expect((files.get('pools.csv') ?? '').trim().split('\n')).toHaveLength(1 + seen.length);
          expect([...files.values()].join('\n')).not.toContain(secretName);
          expect((await limited.patch(`/pools/${hidden.id}`, { name: 'x' })).status).toBe(404);
          expect(
            (
              await limited.post<Problem>('/pools', {
                name: 'x',
                cidr: '10.2.0.0/16',
                account_id: own.id,
              })
            ).body,
          ).toMatchObject({ code: 'pool_overlap', conflicts: [] });
          expect(
            (await limited.post<Problem>('/pools', { name: 'x', cidr: '10.3.0.0/16' })).body,
          ).toMatchObject({ status: 403, code: 'outside_limits' });
          const {
            items: [taken],
          } = await limited.expect(
            201,
            limited.post<List<Pool>>(`/pools/${seen[0]?.id}/allocations`, {
              name: 'x',
              prefix_length: 24,
            }),
          );
          await limited.expect(200, limited.delete(`/pools/${taken?.id}`));
        }
      }
      expect(JSON.stringify(await api.expect(200, api.get('/audit')))).toContain(secretName);
    },
  );

  it(
    `are not guessed: ${GUESSES} of what could be tokens are refused, no memory is kept of ` +
      'them, and a valid one goes on working',
    async () => {
      const memory = async (): Promise<number> => {
        const text = await (
          await fetch(`${server(0).url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })
        ).text();
        return Number(/^process_resident_memory_bytes(?:\{[^}]*\})? (\S+)$/m.exec(text)?.[1]);
      };
      const guess = (n: number): string =>
        n % 4 === 0
          ? `cpam_${random(12)}_${random(58)}`
          : n % 4 === 1
            ? random(40 + (n % 50))
            : `cpam_${random(12)}_${random(52)}`;
      const { secret } = await make({});
      const wrong: number[] = [];
      let next = GUESSES * 0.4; // so many warm the server up before the others are counted
      const caller = async (): Promise<void> => {
        while (next < GUESSES) {
          const status = await statusWith(0, guess(next++));
          if (status !== 401) wrong.push(status);
          if (next % 100 === 0 && (await statusWith(0, secret)) !== 200) wrong.push(-1);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, caller));
      const before = await memory();
      next = 0;
      await Promise.all(Array.from({ length: AT_ONCE }, caller));
      expect(wrong).toEqual([]);
      expect((await memory()) - before).toBeLessThan(GUESSES * 8_000);
    },
    400_000,
  );
});
