import { setTimeout as sleep } from 'node:timers/promises';
import { ANY_MOMENT, type ReadOptions } from '@cloudpam/audit';
import { sampleVrf } from '@cloudpam/storage-contract';
import { Client } from 'pg';
import { startPostgres, startReplica, type PostgresReplica, type PostgresServer } from '../testing';
import { MIGRATIONS } from '../testing/storages';
import { openStorage, type TypeOrmStorage } from '../typeorm-storage';
import type { ReplicaState } from './replica';
import type { ReplicasState } from './replicas';

const PAIRS = 300;
const FAR_FUTURE = '00000001FFFFFFFFFFFFFFFF';

describe('read replicas', () => {
  let server: PostgresServer;
  let url: string;
  let replicas: [PostgresReplica, PostgresReplica];
  let storage: TypeOrmStorage;
  let names = 0;
  const said: string[] = [];

  beforeAll(async () => {
    server = await startPostgres(undefined, ['synchronous_commit=on']);
    url = await server.database();
    // Made before there is a schema: this comes to them as all that is written.
    replicas = [
      await startReplica(url, ['max_standby_streaming_delay=0']),
      await startReplica(url, ['max_standby_streaming_delay=0']),
    ];
    storage = await open(replicas.map((replica) => replica.url(url)));
  }, 60_000);
  afterAll(async () => {
    await storage.close();
    for (const replica of replicas) await replica.stop();
    await server.stop();
  }, 30_000);
  beforeEach(() => all(true));

  const open = (urls: readonly string[]): Promise<TypeOrmStorage> =>
    openStorage({
      url,
      migrationsDir: MIGRATIONS,
      poolSize: 4,
      replicas: urls,
      log: (message) => said.push(message),
    });
  const stateOf = ({ replicas: router } = storage): ReplicasState => {
    if (!router) throw new Error('the storage has no replicas');
    return router.state();
  };
  const at = (place: 0 | 1, opened = storage): ReplicaState => {
    const state = stateOf(opened).replicas[place];
    if (!state) throw new Error('there is no such replica');
    return state;
  };
  const answered = (): number =>
    stateOf().replicas.reduce((count, replica) => count + replica.reads, 0);
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await sleep(20);
  };
  const all = (isIn: boolean): Promise<void> =>
    until(() => stateOf().replicas.every((each) => each.isIn === isIn));
  /** Until both have everything that is committed now. */
  const caughtUp = async (): Promise<void> => {
    await storage.replicas?.position();
    await until(() => at(0).lagBytes === 0 && at(1).lagBytes === 0);
  };
  const write = async (): Promise<string> => {
    const name = `vrf ${(names += 1)}`;
    await storage.unitOfWork.run(({ vrfs }) => vrfs.insert(sampleVrf({ name })));
    return name;
  };
  const finds = (name: string, options: ReadOptions): Promise<boolean> =>
    storage.unitOfWork.read(
      async ({ vrfs }) => (await vrfs.list({ name }, 1, 1)).items.length === 1,
      options,
    );

  it('answer reads that say since when, and none else', async () => {
    const name = await write();
    const before = answered();
    expect(await finds(name, ANY_MOMENT)).toBe(true);
    expect(await finds(name, {})).toBe(true);
    expect(answered()).toBe(before);
    await caughtUp();
    expect(await finds(name, { since: 'now' })).toBe(true);
    expect(await finds(name, { ...ANY_MOMENT, since: 'now' })).toBe(true);
    expect(answered()).toBe(before + 2);
  });

  it('write nothing', async () => {
    await expect(
      storage.unitOfWork.read(({ vrfs }) => vrfs.insert(sampleVrf({ name: 'x' })), {
        since: 'now',
      }),
    ).rejects.toThrow(/read-?only/);
  });

  it.each(['now', 'position'] as const)(
    'show what was written before, while replay stands still now and then: since %s',
    async (kind) => {
      let random = 4_711;
      const draw = (below: number): number => {
        random = (random * 48_271) % 2_147_483_647;
        return random % below;
      };
      const stale: string[] = [];
      const before = answered();
      for (let pair = 0; pair < PAIRS; pair++) {
        const replica = replicas[draw(2)];
        if (draw(20) === 0) await replica?.pause();
        if (draw(10) === 0) await replica?.goOn();
        const name = await write();
        const position = await storage.replicas?.position();
        const since = kind === 'now' ? 'now' : (position ?? 'none');
        const options = draw(2) === 0 ? { since } : { ...ANY_MOMENT, since };
        if (!(await finds(name, options))) stale.push(name);
      }
      for (const replica of replicas) await replica.goOn();
      expect(stale).toEqual([]);
      expect(answered()).toBeGreaterThan(before);
    },
    60_000,
  );

  it.each(['nonsense', '', FAR_FUTURE, '00000002000000000000FFFF'])(
    'leave a read since "%s" to the primary',
    async (since) => {
      const { primaryReads } = stateOf();
      expect(await finds('global', { since })).toBe(true);
      expect(stateOf().primaryReads).toBe(primaryReads + 1);
    },
  );

  it('do not keep a total for others that misses what was written', async () => {
    await storage.unitOfWork.run(async ({ vrfs }) => {
      for (let n = 0; n < 1_000; n++) await vrfs.insert(sampleVrf({ name: `many ${n}` }));
    });
    const total = (since: string): Promise<number> =>
      storage.unitOfWork.read(async ({ vrfs }) => (await vrfs.list({}, 1, 1)).total, {
        ...ANY_MOMENT,
        since,
      });
    const counted = await total('now');
    const old = (await storage.replicas?.position()) ?? '';
    await caughtUp();
    for (const replica of replicas) await replica.pause();
    await write();
    expect([await total(old), await total('now')]).toEqual([counted, counted + 1]);
    for (const replica of replicas) await replica.goOn();
  });

  it('are left out as long as they are far behind', async () => {
    for (const replica of replicas) await replica.pause();
    await write();
    await all(false);
    expect(at(0).fault).toContain('behind');
    expect(at(0).lagSeconds).toBeGreaterThan(5);
    expect(at(0).lagBytes).toBeGreaterThan(0);
    for (const replica of replicas) await replica.goOn();
    await all(true);
  }, 20_000);

  it('have a read that their recovery cancels run again on the primary', async () => {
    let runs = 0;
    const name = await write();
    await caughtUp();
    const before = answered();
    const client = new Client({ connectionString: url });
    await client.connect();
    const found = await storage.unitOfWork.read(
      async ({ vrfs }) => {
        await vrfs.list({ name }, 1, 1);
        if ((runs += 1) === 1) {
          await client.query('begin; lock table vrf in access exclusive mode; commit');
          await caughtUp();
        }
        return (await vrfs.list({ name }, 1, 1)).items.map((vrf) => vrf.name);
      },
      { since: 'now' },
    );
    await client.end();
    expect([found, runs, answered()]).toEqual([[name], 2, before]);
  });

  it('keep no read waiting that does not come back from one that stands still', async () => {
    const many = (): Promise<boolean[]> =>
      Promise.all(
        Array.from({ length: 16 }, (_, n) =>
          finds('global', n % 2 === 0 ? { since: 'now' } : { ...ANY_MOMENT, since: 'now' }),
        ),
      );
    await caughtUp();
    await many();
    const client = new Client({ connectionString: replicas[0].url(url) });
    await client.connect();
    const { rows } = await client.query<{ pid: number }>(
      "select pid from pg_stat_activity where application_name like 'cloudpam%'",
    );
    await client.end();
    for (const { pid } of rows) process.kill(pid, 'SIGSTOP');
    try {
      expect(new Set(await many())).toEqual(new Set([true]));
    } finally {
      for (const { pid } of rows) process.kill(pid, 'SIGCONT');
    }
  }, 9_000); // a statement may take ten seconds there

  it('end without an error for anybody, and come back', async () => {
    const name = await write();
    let isOver = false;
    let asked = 0;
    const asking = Promise.all(
      Array.from({ length: 8 }, async (_, client) => {
        while (!isOver) {
          const options = client % 2 === 0 ? {} : ANY_MOMENT;
          expect(await finds(name, { ...options, since: 'now' })).toBe(true);
          asked += 1;
        }
      }),
    );
    await until(() => asked > 100);
    for (const replica of replicas) await replica.kill();
    await all(false);
    for (const replica of replicas) await replica.start();
    await all(true);
    const before = answered();
    await until(() => answered() > before + 100);
    isOver = true;
    await asking;
    expect(said.join('\n')).not.toContain('postgres:postgres');
  }, 60_000);

  it('may be down or wrong when the storage is opened, or take writes of their own', async () => {
    const elsewhere = await server.database();
    const [first] = replicas;
    const third = await startReplica(url);
    const opened = await open([
      'postgres://postgres:postgres@127.0.0.1:1/none',
      url,
      first.url(elsewhere),
      third.url(url),
    ]);
    const states = (): readonly ReplicaState[] => stateOf(opened).replicas;
    await until(() => states()[3]?.isIn === true);
    await third.promote();
    await until(() => states().every(({ fault }) => fault !== undefined));
    expect(states().map(({ fault }) => fault)).toEqual([
      expect.stringContaining('ECONNREFUSED'),
      'it takes writes of its own',
      'it is no replica of this database',
      'it takes writes of its own',
    ]);
    expect(await opened.unitOfWork.read(({ vrfs }) => vrfs.get(1), { since: 'now' })).toMatchObject(
      { name: 'global' },
    );
    await opened.close();
    await third.stop();
  }, 60_000);

  it('are read by a role that may do nothing but read and write tables', async () => {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(`create role plain login password 'plain'; grant pg_read_all_data, pg_write_all_data to plain;
      alter schema public owner to plain;
      do $$ declare t text; begin for t in select tablename from pg_tables where schemaname = 'public' loop
        execute format('alter table %I owner to plain', t); end loop; end $$`);
    await client.end();
    const plain = (from: string): string =>
      Object.assign(new URL(from), { username: 'plain', password: 'plain' }).href;
    const opened = await openStorage({
      url: plain(url),
      migrationsDir: MIGRATIONS,
      poolSize: 2,
      replicas: [plain(replicas[0].url(url))],
    });
    await until(() => at(0, opened).isIn);
    await opened.close();
  }, 30_000);
});
