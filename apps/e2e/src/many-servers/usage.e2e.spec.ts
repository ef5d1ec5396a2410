import { eventually } from '../eventually';
import { startServer, type Server } from '../start-server';
import { LASTING, type Database } from '../storages';

const ROUNDS = 4;
const NETWORKS = 12;
const SERVERS = 3;

interface Day {
  readonly used: string;
  readonly free: string;
}

describe.each(LASTING)('servers that count usage on one $name', ({ open }) => {
  let database: Database;
  const servers: Server[] = [];

  beforeAll(async () => {
    database = await open();
    // The first one brings the database up to date.
    for (let n = 0; n < SERVERS; n++) servers.push(await startServer(database.url));
  });
  afterAll(async () => {
    for (const server of servers) await server.stop();
    await database.remove();
  });

  it('count each event once, though they are killed while they do', async () => {
    const [first] = servers;
    if (!first) throw new Error('no server was started');
    const made = await first.api.post<{ id: number }>('/pools', { name: 'a', cidr: '10.0.0.0/16' });
    const { id } = made.body;
    let networks = 0;
    for (let round = 0; round < ROUNDS; round++) {
      await Promise.all(
        Array.from({ length: NETWORKS }, (_, n) =>
          servers[n % SERVERS]?.api.post(`/pools/${id}/allocations`, {
            name: `n${round}-${n}`,
            prefix_length: 24,
          }),
        ),
      );
      networks += NETWORKS;
      // Some of it is counted by now, or about to be.
      await servers.shift()?.kill();
      servers.push(await startServer(database.url));
    }
    const used = String(256 * networks);
    await eventually(
      'all networks to be counted',
      async () => {
        const { body } = await (servers[0] as Server).api.get<{ days: readonly Day[] }>(
          `/pools/${id}/usage`,
        );
        return body.days.at(-1)?.used === used;
      },
      100_000,
    );
    for (const { api } of servers) {
      const { body } = await api.get<{ days: readonly Day[] }>(`/pools/${id}/usage`);
      expect(body.days.at(-1)).toMatchObject({ used, free: String(65_536 - 256 * networks) });
    }
  }, 180_000);
});
