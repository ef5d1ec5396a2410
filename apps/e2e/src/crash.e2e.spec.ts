import { setTimeout as elapsed } from 'node:timers/promises';
import type { Api, List, Pool } from './api';
import { startServer, type Server } from './start-server';
import { LASTING, type Database } from './storages';
import { treeFaults } from './tree-faults';

const SUBNETS = 3_000;
/** When the server is killed: parts of the time that the whole import takes. */
const MOMENTS = [0.2, 0.5, 0.85];

/** A region with one VPC 10.(16 n).0.0/12 that is full of /24s. */
function scopeOf(n: number): object {
  const own = {
    owner_account: '104811623905',
    region: `us-east-${n + 1}`,
    network_external_id: `vpc-${n}`,
  };
  const subnets = Array.from({ length: SUBNETS }, (_, at) => ({
    ...own,
    kind: 'subnet',
    external_id: `subnet-${n}-${at}`,
    name: `subnet ${at}`,
    cidr: `10.${n * 16 + Math.floor(at / 256)}.${at % 256}.0/24`,
  }));
  return {
    provider: 'aws',
    account: own.owner_account,
    region: own.region,
    coverage: 'complete',
    collected_at: new Date().toISOString(),
    networks: [
      {
        external_id: `vpc-${n}`,
        owner_account: own.owner_account,
        region: own.region,
        name: `vpc ${n}`,
      },
    ],
    resources: [
      {
        ...own,
        kind: 'vpc',
        external_id: `vpc-${n}`,
        name: `vpc ${n}`,
        cidr: `10.${n * 16}.0.0/12`,
      },
      ...subnets,
    ],
  };
}

function importScope(api: Api, n: number): Promise<{ status: number; body: unknown }> {
  return api.post('/discovery', {
    run_id: '6a2b1c7e-3f0d-4b8a-9c55-1d2e3f405162',
    collector: { name: 'e2e', version: '1' },
    scopes: [scopeOf(n)],
  });
}

/** Pools and inventory of one scope. */
async function countsOf(api: Api, n: number): Promise<{ pools: number; resources: number }> {
  const query = `region=us-east-${n + 1}&page_size=1`;
  const [pools, resources] = await Promise.all([
    api.expect(200, api.get<List<unknown>>(`/pools?${query}`)),
    api.expect(200, api.get<List<unknown>>(`/discovery/resources?${query}`)),
  ]);
  return { pools: pools.total, resources: resources.total };
}

describe.each(LASTING)('kill -9 in the middle of an import on $name', ({ open }) => {
  const ALL = { pools: SUBNETS + 1, resources: SUBNETS + 1 };
  const NOTHING = { pools: 0, resources: 0 };
  let database: Database;
  let server: Server;
  let duration: number;

  beforeAll(async () => {
    database = await open();
    server = await startServer(database.url);
    const start = performance.now();
    expect((await importScope(server.api, 0)).status).toBe(200);
    duration = performance.now() - start;
    expect(await countsOf(server.api, 0)).toEqual(ALL);
  });
  afterAll(async () => {
    await server.stop();
    await database.remove();
  });

  it.each(MOMENTS.map((part, index) => ({ part, n: index + 1 })))(
    'leaves all of the scope or nothing, and a valid tree, after $part of it',
    async ({ part, n }) => {
      const answer = importScope(server.api, n).then(
        ({ status }) => status,
        () => 'cut off',
      );
      await elapsed(duration * part); // the moment is the test, not a wait for something
      await server.kill();
      const told = await answer;
      server = await startServer(database.url);
      const counts = await countsOf(server.api, n);
      // Whoever was told 200 finds it; whoever was cut off may find it.
      expect(told === 200 ? [ALL] : [ALL, NOTHING]).toContainEqual(counts);
      expect(treeFaults(await server.api.all<Pool>('/pools'))).toEqual([]);
      expect((await importScope(server.api, n)).status).toBe(200);
      expect(await countsOf(server.api, n)).toEqual(ALL);
    },
  );
});
