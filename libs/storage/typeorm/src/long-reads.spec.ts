import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import Driver from 'better-sqlite3';
import { readTypedText, type PoolList } from '@cloudpam/pools';
import { sampleAuditEntry } from '@cloudpam/storage-contract';
import { openStorage, type TypeOrmStorage } from './typeorm-storage';

const MANY = 6_000;

describe('long reads of an SQLite file', () => {
  let storage: TypeOrmStorage;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cloudpam-reads-'));
    const file = join(folder, 'pools.sqlite');
    storage = await openStorage({
      url: `sqlite:${file}`,
      migrationsDir: join(__dirname, '../../../../migrations'),
    });
    const driver = new Driver(file);
    driver
      .prepare(
        `with recursive n (n) as (select 1 union all select n + 1 from n where n < ${MANY})
      insert into pool (id, vrf_id, lo, hi, plen, cidr, name, kind, status, source, description,
          tags, created_at, updated_at, version, child_used)
      select n * 20, 1, unhex(printf('00000000000000000000ffff0b%06x', n * 256)),
          unhex(printf('00000000000000000000ffff0b%06x', n * 256 + 255)), 120,
        '11.' || (n >> 8) || '.' || (n & 255) || '.0/24', case when n % 3000 = 7 then 'rare-zq'
          else 'common-ÄPFEL-' || n end, 'subnet', 'active', 'manual', '', '{}', 0, 0, 1, '0' from n`,
      )
      .run();
    driver.close();
  });
  afterAll(async () => {
    await storage.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const named = (text: string, page = 1): Promise<PoolList> =>
    storage.unitOfWork.read(({ pools }) =>
      pools.list(
        { typed: readTypedText(text) },
        { sort: [{ field: 'cidr', descending: false }], size: 2, page },
      ),
    );

  it.each(['zq', 'rare'])(
    'find the few that are named %s, wherever their ids are',
    async (text) => {
      const { items, total } = await named(text);
      expect([items.map(({ id }) => id), total]).toEqual([[7 * 20, 3_007 * 20], 2]);
    },
  );

  it.each(['on', 'common', 'äpfel'])(
    'count the many that are named %s, and page them',
    async (text) => {
      const { items, total, nextCursor } = await named(text, 3);
      expect([items.map(({ id }) => id), total, nextCursor === null]).toEqual([
        [5 * 20, 6 * 20],
        MANY - 2,
        false,
      ]);
      expect((await named(text, 2_999)).items.map(({ id }) => id)).toEqual([
        5_999 * 20,
        6_000 * 20,
      ]);
    },
  );

  it('let others have their turn between statements, and between the rows that are written', async () => {
    await nextTurn();
    let now = 0;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => (now += 20));
    let turns = 0;
    let going = true;
    const count = (): void => {
      turns += 1;
      if (going) setImmediate(count);
    };
    setImmediate(count);
    await named('zq');
    // The bounds of the ids, five windows of them, the list, its total.
    expect(turns).toBeGreaterThanOrEqual(6);
    turns = 0;
    await storage.unitOfWork.run(({ audit }) =>
      audit.append(Array.from({ length: 1_000 }, () => sampleAuditEntry())),
    );
    expect(turns).toBeGreaterThanOrEqual(9);
    going = false;
    clock.mockRestore();
  });
});
