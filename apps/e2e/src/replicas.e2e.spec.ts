import {
  startPostgres,
  startReplica,
  type PostgresReplica,
  type PostgresServer,
} from '@cloudpam/storage-typeorm/testing';
import type { Answer, List, Pool, Problem } from './api';
import { eventually } from './eventually';
import { seededRandom } from './seeded-random';
import { startServer, TOKEN, type Server } from './start-server';

const SEED = 13;
const CLIENTS = 8;
const PAIRS = 75;
const POSITION = 'x-cloudpam-position';

describe('two servers and two read replicas of one database', () => {
  let database: PostgresServer;
  let replicas: PostgresReplica[];
  let servers: [Server, Server];
  let pools: number[];

  beforeAll(async () => {
    database = await startPostgres(undefined, ['synchronous_commit=on']);
    const url = await database.database();
    replicas = [await startReplica(url), await startReplica(url)];
    const settings = { DATABASE_REPLICAS: replicas.map((each) => each.url(url)).join(',') };
    servers = [await startServer(url, settings), await startServer(url, settings)];
    pools = [];
    for (let client = 0; client < CLIENTS; client++) {
      const pool = { name: `client ${client}`, cidr: `10.${client}.0.0/16` };
      pools.push((await api(0).expect(201, api(0).post<Pool>('/pools', pool))).id);
    }
    await inUse(true);
  }, 60_000);
  afterAll(async () => {
    for (const server of servers) await server.stop();
    for (const replica of replicas) await replica.stop();
    await database.stop();
  }, 30_000);

  const api = (at: number): Server['api'] => (at % 2 === 0 ? servers[0] : servers[1]).api;
  const id = (client: number): number => pools[client] ?? 0;

  /** A metric of a server: its values by their label. */
  async function metric({ url }: Server, name: string): Promise<Map<string, number>> {
    const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
    const lines = (await answer.text()).matchAll(
      new RegExp(`^${name}\\{\\w+="([^"]*)"\\} (\\S+)$`, 'gm'),
    );
    return new Map([...lines].map(([, label = '', value]) => [label, Number(value)]));
  }
  const inUse = (expected: boolean): Promise<void> =>
    eventually(`replicas that are ${expected ? 'in' : 'out'}`, async () => {
      const states = await Promise.all(
        servers.map((server) => metric(server, 'cloudpam_replica_in')),
      );
      return states.every(
        (each) =>
          each.size === 2 && [...each.values()].every((value) => (value === 1) === expected),
      );
    });
  /** Reads that replicas have answered, of both servers. */
  async function byReplicas(): Promise<number> {
    const reads = await Promise.all(
      servers.map((server) => metric(server, 'cloudpam_database_reads_total')),
    );
    return reads
      .flatMap((each) => [...each])
      .reduce((sum, [target, count]) => (target === 'primary' ? sum : sum + count), 0);
  }
  const get = <T>(at: number, path: string, position?: string | null): Promise<Answer<T>> =>
    api(at).send<T>('GET', path, undefined, position ? { [POSITION]: position } : {});

  /** Writes by one server and reads by the other, so many times; gives the reads that missed the write. */
  async function pairs(client: number, count: number): Promise<string[]> {
    const random = seededRandom(SEED + client);
    const stale: string[] = [];
    for (let n = 0; n < count; n++) {
      const description = `${client}/${n}`;
      const { status, headers } = await api(client + n).patch(`/pools/${id(client)}`, {
        description,
      });
      expect([status, headers.get(POSITION)]).toEqual([200, expect.stringMatching(/^\w{24}$/)]);
      const position = random() < 0.5 ? headers.get(POSITION) : undefined;
      const one = random() < 0.5;
      const path = one ? `/pools/${id(client)}` : `/pools?name=client%20${client}`;
      const answer = await get<Pool & List<Pool>>(client + n + 1, path, position);
      expect(answer.status).toBe(200);
      const read = (one ? answer.body : answer.body.items[0]) as { description?: string };
      if (read.description !== description)
        stale.push(`${path}: ${read.description} for ${description}`);
    }
    return stale;
  }
  it('show every write to every read after it, while replay stands still now and then', async () => {
    const random = seededRandom(SEED);
    const before = await byReplicas();
    const stale = await Promise.all(
      Array.from({ length: CLIENTS }, async (_, client) => {
        const missed: string[] = [];
        for (let n = 0; n < PAIRS; n += 5) {
          const replica = replicas[random() < 0.5 ? 0 : 1];
          await (random() < 0.3 ? replica?.pause() : replica?.goOn());
          missed.push(...(await pairs(client, 5)));
        }
        return missed;
      }),
    );
    for (const replica of replicas) await replica.goOn();
    expect(stale.flat()).toEqual([]);
    expect(await byReplicas()).toBeGreaterThan(before);
  }, 120_000);

  it('answer without an error while replicas are killed and come back', async () => {
    let isOver = false;
    const asking = Promise.all(
      Array.from({ length: CLIENTS }, async (_, client) => {
        const stale: string[] = [];
        while (!isOver) stale.push(...(await pairs(client, 1)));
        return stale;
      }),
    );
    for (const replica of replicas) await replica.kill();
    await inUse(false);
    expect((await fetch(`${servers[0].url}/readyz`)).status).toBe(200);
    for (const replica of replicas) await replica.start();
    await inUse(true);
    isOver = true;
    expect((await asking).flat()).toEqual([]);
    const before = await byReplicas();
    await eventually('reads by replicas that came back', async () => {
      await pairs(0, 5);
      return (await byReplicas()) > before;
    });
  }, 120_000);

  it('tell by ETag what has not changed, whoever answers', async () => {
    const [first] = await Promise.all([get(0, `/pools/${id(0)}`), pairs(1, 1)]);
    const etag = first.headers.get('etag') ?? '';
    for (let n = 0; n < 10; n++)
      expect(
        (await api(n).send('GET', `/pools/${id(0)}`, undefined, { 'if-none-match': etag })).status,
      ).toBe(304);
    await pairs(0, 1);
    expect(
      (await api(1).send('GET', `/pools/${id(0)}`, undefined, { 'if-none-match': etag })).status,
    ).toBe(200);
  });

  it.each([
    ['0', 400],
    ['0/16B3748', 400],
    ['00000001zzzzzzzzzzzzzzzz', 400],
    ["00000001000000000000000'", 400],
    ['F'.repeat(30), 400],
    ['FFFFFFFFFFFFFFFFFFFFFFFF', 200],
    ['00000001FFFFFFFFFFFFFFFF', 200],
    ['000000000000000000000000', 200],
    ['000000010000000000000000', 200],
  ])('take no harm from the position %s', async (position, status) => {
    const { status: given, body } = await get<Problem>(0, '/pools', position);
    expect(given).toBe(status);
    if (status === 400)
      expect([body.code, body.errors?.[0]?.field]).toEqual([
        'invalid_field',
        'X-CloudPAM-Position',
      ]);
  });

  it('tell a position of writes only', async () => {
    expect((await get(0, '/pools')).headers.get(POSITION)).toBeNull();
    const refused = await api(0).patch(`/pools/${id(0)}`, { name: '' });
    expect([refused.status, refused.headers.get(POSITION)]).toEqual([400, null]);
  });
});
