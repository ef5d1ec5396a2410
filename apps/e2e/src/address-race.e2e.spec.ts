import type { Answer, List, Pool, Problem } from './api';
import { startServer, type Server } from './start-server';
import { POSTGRES, SQLITE, type Database } from './storages';

const CLIENTS = 64;
const TAKEN = 2_000;
const RACES = 100;

interface Address {
  readonly id: number;
  readonly address: string;
  readonly pool_id: number | null;
}
type Taken = Answer<{ items: Address[] } & Problem>;

const host = (n: number): string => `10.0.${n >> 8}.${n & 255}`;

describe.each([
  { ...POSTGRES, processes: 2 },
  { ...SQLITE, processes: 1 },
])('addresses taken at once on $name with $processes server processes', ({ open, processes }) => {
  let database: Database;
  let servers: Server[];

  beforeAll(async () => {
    database = await open();
    servers = await Promise.all(Array.from({ length: processes }, () => startServer(database.url)));
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await database.remove();
  });

  function at(client: number): Server {
    const server = servers[client % servers.length];
    if (!server) throw new Error('no server was started');
    return server;
  }

  it(`gives ${CLIENTS} clients ${TAKEN} different addresses, one after the other, and no one an error`, async () => {
    const pool = await at(0).api.newPool({
      name: 'race',
      cidr: '10.0.0.0/16',
      kind: 'subnet',
      vrf_id: await at(0).api.newVrf('take'),
    });
    const answers: Taken[] = [];
    let asked = 0;
    await Promise.all(
      Array.from({ length: CLIENTS }, async (_, client) => {
        while (asked++ < TAKEN)
          answers.push(await at(client).api.post(`/pools/${pool.id}/addresses`, { name: 'race' }));
      }),
    );
    expect(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code)).toEqual([]);
    const taken = answers.flatMap(({ body }) => body.items.map(({ address }) => address));
    expect(taken).toHaveLength(TAKEN);
    // The network address is nobody's.
    expect(new Set(taken)).toEqual(new Set(Array.from({ length: TAKEN }, (_, n) => host(n + 1))));
    const { utilization } = await at(1).api.expect(200, at(1).api.get<Pool>(`/pools/${pool.id}`));
    expect(utilization.used).toBe(String(TAKEN));
  });

  it(`gives the last space of a pool to a pool or to addresses, and never to both, ${RACES} times`, async () => {
    const outcomes = { pools: 0, addresses: 0 };
    const vrfId = await at(0).api.newVrf('last');
    for (let n = 0; n < RACES; n++) {
      const pool = await at(0).api.newPool({
        name: `race ${n}`,
        cidr: `10.1.${n}.0/30`,
        kind: 'secondary_range',
        vrf_id: vrfId,
      });
      await at(0).api.expect(
        201,
        at(0).api.post(`/pools/${pool.id}/addresses`, { count: 2, name: 'there' }),
      );
      const [block, hosts] = await Promise.all([
        at(n).api.post<Problem>(`/pools/${pool.id}/allocations`, { name: 'b', prefix_length: 31 }),
        at(n + 1).api.post<Problem>(`/pools/${pool.id}/addresses`, { name: 'h', count: 2 }),
      ]);
      expect([block.status, hosts.status].sort()).toEqual([201, 409]);
      expect((block.status === 409 ? block : hosts).body.code).toBe('pool_exhausted');
      outcomes[block.status === 201 ? 'pools' : 'addresses'] += 1;
      const { items } = await at(0).api.expect(
        200,
        at(0).api.get<List<Address>>(`/pools/${pool.id}/addresses`),
      );
      expect(items).toHaveLength(block.status === 201 ? 2 : 4);
    }
    expect(outcomes.pools + outcomes.addresses).toBe(RACES);
  });
});
