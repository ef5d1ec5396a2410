import { cidrAt, compareCidrs, formatCidr, overlaps, parseCidr } from '@cloudpam/cidr';
import { only, plant, samplePool } from '@cloudpam/storage-contract';
import { openSqlite, MIGRATIONS, postgresForSpec, type OpenedStorage } from './testing/storages';
import { openStorage, type TypeOrmStorage } from './typeorm-storage';

/** Takes the first free /28 of a pool as the use case does: lock, choose, insert, account for it. */
function allocate(storage: TypeOrmStorage, poolId: number): Promise<string> {
  return storage.unitOfWork.run(async ({ pools }) => {
    const pool = only(await pools.lock([poolId]));
    const [free] = await pools.freeBlocks(poolId, { order: 'address', limit: 1, maxPrefixLength: 28 });
    if (!free) throw new Error('no space is left');
    const cidr = formatCidr(cidrAt(4, free.first, 28));
    await pools.insert([samplePool({ id: only(await pools.reserveIds(1)), cidr, parentId: poolId })]);
    await pools.setChildUsed([{ id: poolId, childUsed: pool.childUsed + 16n }]);
    return cidr;
  });
}

describe.each<[string, () => Promise<OpenedStorage>]>([['PostgreSQL', postgresForSpec().open], ['SQLite', openSqlite]])('allocation on %s', (_, open) => {
  let opened: OpenedStorage;
  let other: TypeOrmStorage;

  beforeEach(async () => {
    opened = await open();
    other = await openStorage({ url: opened.url, migrationsDir: MIGRATIONS, poolSize: 4 });
  });
  afterEach(async () => {
    await other.close();
    await opened.close();
  });

  it('gives 64 callers at once on two servers blocks that are disjoint and leave no hole', async () => {
    const [pool] = await opened.unitOfWork.run((stores) => plant(stores, ['10.0.0.0/16', '10.0.0.32/28']));
    const id = pool?.id ?? 0;
    const taken = await Promise.all(Array.from({ length: 64 }, (__, n) => allocate(n % 2 === 0 ? opened.storage : other, id)));
    const blocks = [...taken.map(parseCidr), parseCidr('10.0.0.32/28')].sort(compareCidrs);
    for (const [at, block] of blocks.entries()) {
      const before = blocks[at - 1];
      expect(before && overlaps(before, block)).toBeFalsy();
    }
    expect(blocks.map(formatCidr)).toEqual(Array.from({ length: 65 }, (__, n) => formatCidr(cidrAt(4, parseCidr('10.0.0.0/28').first + BigInt(n * 16), 28))));
    expect((await opened.unitOfWork.read(({ pools }) => pools.get(id)))?.childUsed).toBe(65n * 16n);
  });
});
