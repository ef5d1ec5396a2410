import { createServer, type Server as Receiver } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from './eventually';
import { seededRandom } from './seeded-random';
import { RACE_SCALE } from './race-scale';
import { startServer, type Server } from './start-server';
import { LASTING, SQLITE, type Database } from './storages';

/** How many times as much is tried by hand: 50 makes 1,000 allocations and 100 kills, on PostgreSQL too. */
const ALLOCATIONS = 20 * RACE_SCALE;
const KILLS = 2 * RACE_SCALE;
const AT_ONCE = 4;
jest.setTimeout(120_000 + 60_000 * RACE_SCALE);

interface Told {
  readonly id: string;
  readonly body: string;
}
interface Entry {
  readonly action: string;
  readonly entity_id: string;
}

describe.each(RACE_SCALE > 1 ? LASTING : [SQLITE])(
  'webhooks of servers on $name that are killed again and again',
  (kind) => {
    let database: Database;
    let receiver: Receiver;
    /** What arrived, by the path of the webhook. */
    const told = new Map<string, Told[]>();
    let server: Server;

    beforeAll(async () => {
      receiver = createServer((request, response) => {
        let body = '';
        request
          .on('data', (chunk: Buffer) => (body += chunk.toString('utf8')))
          .on('end', () => {
            const path = request.url ?? '';
            const id = String(request.headers['webhook-id']);
            told.set(path, [...(told.get(path) ?? []), { id, body }]);
            response.writeHead(204).end();
          });
      });
      await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
      database = await kind.open();
    });
    afterAll(async () => {
      await server.stop();
      receiver.closeAllConnections();
      await new Promise((resolve) => receiver.close(resolve));
      await database.remove();
    });
    const started = (): Promise<Server> =>
      startServer(database.url, {
        CLOUDPAM_SECRET_KEY: 'k'.repeat(32),
        WEBHOOK_ALLOW: '127.0.0.0/8',
        PUBLIC_URL: 'https://ipam.example.com',
      });

    it(`tell of each of ${ALLOCATIONS} allocations, and of nothing else, in order over ${KILLS} kills`, async () => {
      const seed = Number(process.env['RACE_SEED'] ?? 20261128);
      const random = seededRandom(seed);
      const { port } = receiver.address() as AddressInfo; // it listens on a port
      server = await started();
      for (const name of ['one', 'two'])
        await server.api.expect(
          201,
          server.api.post('/webhooks', {
            name,
            url: `http://127.0.0.1:${port}/${name}`,
            filter: { types: ['pool.allocate'] },
          }),
        );
      const pool = await server.api.expect(
        201,
        server.api.post<{ id: number }>('/pools', { name: 'arena', cidr: '10.0.0.0/8' }),
      );

      let made = 0;
      for (let kill = 0; kill < KILLS; kill++) {
        const until = Math.round((ALLOCATIONS * (kill + 1)) / KILLS);
        const lastUntil = Math.max(1, Math.round(random() * AT_ONCE));
        while (made < until) {
          const { api } = server;
          made += AT_ONCE;
          const asked = Array.from({ length: AT_ONCE }, (_, at) =>
            api
              .post(`/pools/${pool.id}/allocations`, { name: `a${made}-${at}`, prefix_length: 28 })
              .catch(() => undefined),
          );
          // In the midst of the last ones: what was committed of these only the database knows.
          if (made < until) await Promise.all(asked);
          else {
            await Promise.all(asked.slice(0, lastUntil - 1));
            await server.kill();
            await Promise.all(asked);
          }
        }
        server = await started();
      }

      const entries = await server.api.all<Entry>('/audit?action=pool.allocate');
      const allocated = entries.map(({ entity_id }) => entity_id).reverse();
      expect(allocated.length).toBeGreaterThan(ALLOCATIONS / 2);
      const heard = (path: string): Map<string, string> =>
        new Map((told.get(path) ?? []).map(({ id, body }) => [id, body]));
      await eventually(
        'all that was committed to be told',
        async () => ['/one', '/two'].every((path) => heard(path).size >= allocated.length),
        60_000,
      );

      for (const path of ['/one', '/two']) {
        const all = told.get(path) ?? [];
        const subjects = [...heard(path).values()].map(
          (body) => (JSON.parse(body) as { data: { entity_id: string } }).data.entity_id,
        );
        // Every commit, and nothing without one.
        expect({ seed, subjects: subjects.toSorted() }).toEqual({
          seed,
          subjects: allocated.toSorted(),
        });
        // What came first came in order, and what came twice was the same.
        const firsts = [...heard(path).keys()].map(Number);
        expect({ seed, firsts }).toEqual({ seed, firsts: firsts.toSorted((a, b) => a - b) });
        const differing = all.filter(({ id, body }) => heard(path).get(id) !== body);
        expect({ seed, differing }).toEqual({ seed, differing: [] });
      }
    });
  },
);
