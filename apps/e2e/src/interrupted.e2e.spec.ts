import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as elapsed } from 'node:timers/promises';
import type { Pool } from './api';
import { startOrganization, type Organization } from './aws-double';
import { freePort } from './free-port';
import { reportOf, startCollector, type Collector } from './run-collector';
import { seededRandom } from './seeded-random';
import { RACE_SCALE } from './race-scale';
import { startServer, type Server } from './start-server';
import { mortalPostgres, SQLITE, type Database, type MortalDatabase } from './storages';
import { treeFaults } from './tree-faults';
import { wholeState, type WholeState } from './whole-state';

const SIZE = { accounts: 30, regions: ['us-east-1', 'eu-west-1'], vpcs: 2, subnets: 10 };
const POOLS = SIZE.accounts * SIZE.regions.length * SIZE.vpcs * (1 + SIZE.subnets);
/** So that a run takes some seconds. */
const CALL_MS = 100;
const MOMENTS = 5 * RACE_SCALE;
/** From one moment to the next: at most this part of an undisturbed run. */
const LONGEST_PAUSE = 0.25;
const SEED = Number(process.env['E2E_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

type Victim = 'server' | 'collector' | 'database';

interface Setting {
  readonly name: string;
  readonly victims: readonly Victim[];
  open(): Promise<Database & Partial<Pick<MortalDatabase, 'kill' | 'start'>>>;
}

const SETTINGS: readonly Setting[] = [
  { name: 'SQLite', victims: ['server', 'collector'], open: SQLITE.open },
  { name: 'PostgreSQL', victims: ['server', 'collector', 'database'], open: mortalPostgres },
];

describe.each(SETTINGS)(
  `an organization that is read into $name, seed E2E_SEED=${SEED}`,
  ({ victims, open }) => {
    let organization: Organization;
    let spool: string;
    let undisturbed: WholeState;
    let duration: number;

    const collectInto = (url: string): Collector =>
      startCollector(
        url,
        [...organization.args(), '--spool', spool, '--attempts', '3'],
        organization.env,
      );
    const stateOf = async ({ api }: Server): Promise<WholeState> => {
      const pools = await api.all<Pool>('/pools');
      expect(treeFaults(pools)).toEqual([]);
      return wholeState(api, pools);
    };

    beforeAll(async () => {
      organization = await startOrganization(SIZE, { callMs: CALL_MS });
      spool = mkdtempSync(path.join(tmpdir(), 'cloudpam-spool-'));
      const database = await open();
      const server = await startServer(database.url);
      const began = performance.now();
      reportOf(await collectInto(server.url).ended, 0);
      duration = performance.now() - began;
      undisturbed = await stateOf(server);
      await server.stop();
      await database.remove();
    });
    afterAll(async () => {
      await organization.stop();
      rmSync(spool, { recursive: true, force: true });
    });

    it('imports each pool once when nothing disturbs', () => {
      expect(undisturbed.pools).toHaveLength(POOLS);
      expect(undisturbed.resources).toHaveLength(POOLS);
      const imports = undisturbed.audit.filter((each) => each.startsWith('pool.import '));
      expect([imports.length, new Set(imports).size]).toEqual([POOLS, POOLS]);
    });

    it(`ends the same when ${victims.join(', ')} are killed at ${MOMENTS} random moments`, async () => {
      const random = seededRandom(SEED);
      const database = await open();
      const port = String(await freePort());
      const boot = (): Promise<Server> => startServer(database.url, { PORT: port });
      let server = await boot();
      let collector = collectInto(server.url);
      const kill: Record<Victim, () => Promise<void>> = {
        server: async () => {
          await server.kill();
          server = await boot();
        },
        collector: async () => {
          await collector.kill();
          collector = collectInto(server.url);
        },
        database: async () => {
          await database.kill?.();
          await database.start?.();
        },
      };
      try {
        for (let moment = 0; moment < MOMENTS; moment++) {
          await elapsed(random() * LONGEST_PAUSE * duration); // the moment is the test, not a wait for something
          if (!collector.isRunning()) collector = collectInto(server.url);
          await kill[victims[Math.floor(random() * victims.length)] ?? 'server']();
        }
        await collector.ended;
        const last = reportOf(await collectInto(server.url).ended, 0);
        expect(last.spooled).toBe(0);
        expect(readdirSync(spool)).toEqual([]);
        expect(await stateOf(server)).toEqual(undisturbed);
      } finally {
        await collector.kill();
        await server.stop();
        await database.remove();
      }
    });
  },
);
