import { Client } from 'pg';
import type { Answer, List, Pool, Problem } from './api';
import { eventually } from './eventually';
import { startServer, type Server } from './start-server';
import { mortalPostgres, type MortalDatabase } from './storages';

const LIMITS = {
  DATABASE_CONNECT_TIMEOUT: '2s',
  DATABASE_STATEMENT_TIMEOUT: '2s',
  DATABASE_LOCK_TIMEOUT: '1s',
};

describe('a server whose PostgreSQL fails', () => {
  let database: MortalDatabase;
  let server: Server;
  let client: Client;

  beforeAll(async () => {
    database = await mortalPostgres();
    server = await startServer(database.url, LIMITS);
    await server.api.expect(201, server.api.post('/pools', { name: 'root', cidr: '10.0.0.0/8' }));
  });
  beforeEach(async () => {
    client = new Client(database.url);
    client.on('error', () => undefined); // the database ends it
    await client.connect();
  });
  afterEach(() => client.end().catch(() => undefined));
  afterAll(async () => {
    await server.stop();
    await database.remove();
  });

  const readyz = async (): Promise<readonly [number, string]> => {
    const answer = await fetch(`${server.url}/readyz`);
    const body = (await answer.json()) as { status: string; code?: string };
    return [answer.status, body.code ?? body.status];
  };
  const isReady = (): Promise<boolean> =>
    readyz().then(([status, is]) => status === 200 && is === 'ready');
  const allocate = (name: string, key?: string): Promise<Answer<Problem & { items: Pool[] }>> =>
    server.api.post(
      '/pools/1/allocations',
      { name, prefix_length: 24 },
      key === undefined ? {} : { 'idempotency-key': key },
    );
  const unavailable = ({ status, headers, body }: Answer<Problem>): unknown => [
    status,
    body.code,
    headers.get('retry-after'),
  ];
  const count = async (name: string): Promise<number> =>
    (await server.api.expect(200, server.api.get<List<Pool>>(`/pools?q=${name}`))).total;

  it('says 503 in time while it hangs, writes nothing later, and comes back by itself', async () => {
    await database.pause();
    const answers = await Promise.all([
      server.api.get<Problem>('/pools'),
      server.api.get<Problem>('/pools/1'),
      allocate('hanging', 'hanging'),
      ...Array.from({ length: 20 }, () => allocate('hanging too')),
    ]);
    expect(answers.map(unavailable)).toEqual(answers.map(() => [503, 'database_unavailable', '5']));
    expect(await readyz()).toEqual([503, 'database_unavailable']);
    await database.resume();
    await eventually('the server to be ready', isReady);
    expect(await count('hanging')).toBe(0);
    expect((await allocate('hanging', 'hanging')).status).toBe(201);
    expect(await count('hanging')).toBe(1);
    expect((await allocate('hanging', 'hanging')).headers.get('idempotency-replayed')).toBe('true');
  });

  it('says 503 to a write that waits for a lock too long, and answers reads meanwhile', async () => {
    await client.query('begin; select * from pool where id = 1 for update');
    const [write, read] = await Promise.all([allocate('locked'), server.api.get('/pools/1')]);
    expect([unavailable(write), read.status]).toEqual([[503, 'database_unavailable', '5'], 200]);
    await client.query('rollback');
    expect(await count('locked')).toBe(0);
    expect((await allocate('locked')).status).toBe(201);
  });

  it('reads on while nothing can be written, and says so', async () => {
    const { secret } = await server.api.expect(
      201,
      server.api.post<{ secret: string }>('/tokens', { name: 'never used', role: 'viewer' }),
    );
    const name = new URL(database.url).pathname.slice(1);
    await client.query(`alter database ${name} set default_transaction_read_only = on`);
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where application_name = ' +
        "'cloudpam' and pid <> pg_backend_pid()",
    );
    await eventually(
      'connections that are read-only',
      async () => (await allocate('read-only')).body.code === 'database_read_only',
    );
    const fresh = await fetch(`${server.url}/api/v1/pools`, {
      headers: { authorization: `Bearer ${secret}` },
    });
    expect(fresh.status).toBe(200);
    expect(await readyz()).toEqual([200, 'read_only']);
    await client.query(
      `set default_transaction_read_only = off; alter database ${name} reset default_transaction_read_only`,
    );
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where application_name = ' +
        "'cloudpam' and pid <> pg_backend_pid()",
    );
    await eventually('writes again', async () => (await allocate('again')).status === 201);
    expect(await readyz()).toEqual([200, 'ready']);
    expect(await count('read-only')).toBe(0);
  });

  it('says 503, never 500, while it is gone, and comes back by itself', async () => {
    await database.kill();
    for (let at = 0; at < 5; at += 1) {
      const answers = await Promise.all([
        server.api.get<Problem>('/pools'),
        allocate('gone'),
        server.api.get<Problem>('/search?q=10.0.0.0'),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
    }
    expect(await readyz()).toEqual([503, 'database_unavailable']);
    await database.start();
    await eventually('the server to be ready', isReady);
    await eventually('writes again', async () => (await allocate('back')).status === 201);
    expect(await count('gone')).toBe(0);
  });

  it('has needed no other help', () => {
    expect(server.output()).not.toMatch(/"statusCode":500|TypeError/);
  });
});
