import type { List } from '../api';
import { eventually } from '../eventually';
import { runCli } from '../run-cli';
import { seededRandom } from '../seeded-random';
import { startServer, type Server } from '../start-server';
import { LASTING, type Database } from '../storages';
import { importFile, importInLines, rowsOf } from './import-request';

const ROWS = Number(process.env['IMPORT_CRASH_ROWS'] ?? 4_000);
const MOMENTS = Number(process.env['IMPORT_CRASHES'] ?? 4);
const SEED = Number(process.env['E2E_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

interface Entries {
  readonly entries: readonly { readonly id: number }[];
}

describe.each(LASTING)(
  `an import into $name that is cut off, seed E2E_SEED=${SEED}`,
  ({ open }) => {
    let database: Database;
    let server: Server;

    const count = async (path: string): Promise<number> =>
      (await server.api.expect(200, server.api.get<List<unknown>>(path))).total;
    /** Rows that are there already. A VRF that they alone make is there with them. */
    const thereOf = async (csv: string): Promise<number> => {
      const { body } = await importFile(server, csv, '&dry_run=true');
      const { create, unchanged } = body.summary;
      expect([0, ROWS + 1]).toContain(create);
      expect(unchanged).toBe(create === 0 ? ROWS : 0);
      return unchanged;
    };
    const state = async (): Promise<readonly unknown[]> => [
      await count('/pools?page_size=1'),
      await count('/vrfs?page_size=1'),
      (await server.api.expect(200, server.api.get<Entries>('/audit?page_size=1'))).entries[0]?.id,
    ];

    beforeAll(async () => {
      database = await open();
      server = await startServer(database.url);
    });
    afterAll(async () => {
      await server.stop();
      await database.remove();
    });

    it(
      `by kill -9, at ${MOMENTS} random moments, is there as a whole or not at all`,
      async () => {
        const random = seededRandom(SEED);
        for (let moment = 0; moment < MOMENTS; moment++) {
          const vrf = `vrf-${moment}`;
          const csv = rowsOf(vrf, ROWS);
          // The last moments are those around the commit.
          const from = moment % 4 === 3 ? ROWS : Math.floor(random() * ROWS);
          const before = await state();
          let [reached, done] = [false, false];
          for await (const line of importInLines(server, csv)) {
            done ||= line.result !== undefined;
            if (reached || line.stage !== 'applying' || (line.done ?? 0) < from) continue;
            reached = true;
            await server.kill();
          }
          expect([moment, reached]).toEqual([moment, true]);
          server = await startServer(database.url);
          const pools = await thereOf(csv);
          // Whoever was told that it is done finds it; whoever was cut off may find it.
          expect([moment, from, done ? [ROWS] : [0, ROWS]]).toEqual([
            moment,
            from,
            expect.arrayContaining([pools]),
          ]);
          if (pools === 0) expect([moment, await state()]).toEqual([moment, before]);
          const { status, body } = await importFile(server, csv);
          expect([moment, status, body.summary]).toEqual([
            moment,
            200,
            expect.objectContaining(pools === 0 ? { create: ROWS + 1 } : { unchanged: ROWS }),
          ]);
          expect(await thereOf(csv)).toBe(ROWS);
        }
        const { code, output } = await runCli({ DATABASE_URL: database.url }, ['doctor']);
        expect([code, output]).toEqual([0, expect.any(String)]);
      },
      60_000 + MOMENTS * ROWS * 10,
    );

    it('by its client leaves nothing, and the server goes on', async () => {
      const csv = rowsOf('cancelled', ROWS);
      const before = await state();
      const cancel = new AbortController();
      let result: unknown;
      for await (const line of importInLines(server, csv, cancel.signal)) {
        result ??= line.result;
        if (line.stage === 'applying') cancel.abort();
      }
      expect(result).toBeUndefined();
      await eventually('the server to end it', async () => {
        const { status } = await importFile(server, 'CIDR\n11.0.0.0/8\n', '&dry_run=true');
        return status === 200;
      });
      expect(await state()).toEqual(before);
      await server.api.newPool({ name: 'after', cidr: '192.168.0.0/16', vrf_id: 1 });
      expect((await importFile(server, csv)).body.summary).toMatchObject({ create: ROWS + 1 });
    });
  },
);
