import { randomBytes } from 'node:crypto';
import { Api, type AuditList } from './api';
import { eventually } from './eventually';
import { startServer, TOKEN, type Server } from './start-server';
import { LASTING, type Database } from './storages';

interface Made { readonly id: number; readonly secret: string }

const GUESSES = 10_000;
const AT_ONCE = 50;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const random = (length: number): string => [...randomBytes(length)].map((byte) => ALPHABET[byte % 32]).join('');

describe.each(LASTING)('tokens over $name', ({ name, open }) => {
  let database: Database;
  let servers: Server[];
  const server = (at: number): Server => {
    const found = servers[at] ?? servers[0];
    if (!found) throw new Error('no server was started');
    return found;
  };
  const make = (fields: object): Promise<Made> => server(0).api.expect(201, server(0).api.post<Made>('/tokens', { name: 'a', role: 'viewer', ...fields }));
  const statusWith = async (at: number, secret: string): Promise<number> => (await new Api(server(at).url, secret).get('/me')).status;

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
    await eventually('the other server to refuse the token', async () => await statusWith(1, secret) === 401);
    expect(Date.now() - revoked).toBeLessThan(5_000);
  });

  it('get another secret by rotation, which ends the former one and keeps their limits', async () => {
    const { id, secret } = await make({ role: 'collector', accounts: ['aws:1'] });
    const rotated = await server(0).api.expect(200, server(0).api.post<Made>(`/tokens/${id}/rotate`, {}));
    expect([await statusWith(0, secret), await statusWith(0, rotated.secret)]).toEqual([401, 200]);
    expect((await new Api(server(0).url, rotated.secret).get<object>('/me')).body).toMatchObject({ role: 'collector', accounts: ['aws:1'] });
    const audit = JSON.stringify(await server(0).api.expect(200, server(0).api.get<AuditList>(`/audit?entity_type=token&entity_id=${id}`)));
    expect(audit).toContain('token.rotate');
    for (const text of [secret, rotated.secret]) expect(audit).not.toContain(text.slice(18));
    await server(0).api.expect(200, server(0).api.delete(`/tokens/${id}`));
    expect((await server(0).api.post(`/tokens/${id}/rotate`, {})).status).toBe(409);
  });

  it(`are not guessed: ${GUESSES} of what could be tokens are refused, no memory is kept of them, and a valid one goes on working`, async () => {
    const memory = async (): Promise<number> => {
      const text = await (await fetch(`${server(0).url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })).text();
      return Number(/^process_resident_memory_bytes(?:\{[^}]*\})? (\S+)$/m.exec(text)?.[1]);
    };
    const guess = (n: number): string => (n % 4 === 0 ? `cpam_${random(12)}_${random(58)}` : n % 4 === 1 ? random(40 + (n % 50)) : `cpam_${random(12)}_${random(52)}`);
    const { secret } = await make({});
    const wrong: number[] = [];
    let next = GUESSES * 0.8; // the first fifth warms the server up
    const caller = async (): Promise<void> => {
      while (next < GUESSES) {
        const status = await statusWith(0, guess(next++));
        if (status !== 401) wrong.push(status);
        if (next % 100 === 0 && await statusWith(0, secret) !== 200) wrong.push(-1);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, caller));
    const before = await memory();
    next = 0;
    await Promise.all(Array.from({ length: AT_ONCE }, caller));
    expect(wrong).toEqual([]);
    expect(await memory() - before).toBeLessThan(50_000_000);
  }, 400_000);
});
