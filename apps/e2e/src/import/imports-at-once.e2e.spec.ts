import type { Pool } from '../api';
import { startServer, type Server } from '../start-server';
import { POSTGRES, type Database } from '../storages';
import { treeFaults } from '../tree-faults';
import { importFile, rowsOf } from './import-request';

const ROWS = 800;
const ROUNDS = 4;

describe('two servers on one PostgreSQL that import one file at once', () => {
  let database: Database;
  let servers: readonly Server[];

  beforeAll(async () => {
    database = await POSTGRES.open();
    servers = await Promise.all([startServer(database.url), startServer(database.url)]);
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await database.remove();
  });

  it.each(['without a plan', 'with the plan that both have seen'])(
    'make it once, %s',
    async (how) => {
      const [first] = servers;
      if (!first) throw new Error('no server was started');
      const isPlanned = how !== 'without a plan';
      for (let round = 0; round < ROUNDS; round++) {
        const vrf = `${isPlanned ? 'planned' : 'free'}-${round}`;
        const csv = rowsOf(vrf, ROWS);
        const { body } = await importFile(first, csv, '&dry_run=true');
        const query = isPlanned ? `&plan=${body.plan}` : '';
        const answers = await Promise.all(servers.map((server) => importFile(server, csv, query)));
        const outcomes = answers.map(({ status, body: { code, summary } }) =>
          status === 200
            ? `created ${summary.create}, unchanged ${summary.unchanged}`
            : `${status} ${code}`,
        );
        const [made, other] = outcomes.sort(
          (a, b) => Number(b.startsWith('created 801')) - Number(a.startsWith('created 801')),
        );
        expect(made).toBe(`created ${ROWS + 1}, unchanged 0`);
        const allowed = isPlanned
          ? ['409 plan_changed']
          : ['409 plan_changed', `created 0, unchanged ${ROWS}`];
        expect(allowed).toContain(other);
      }
      const pools = await first.api.all<Pool>('/pools');
      const places = pools.map(({ vrf_id: vrfId, cidr }) => `${vrfId} ${cidr}`);
      expect(new Set(places).size).toBe(places.length);
      expect(treeFaults(pools)).toEqual([]);
    },
  );
});
