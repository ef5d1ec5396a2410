import { StoredConflict } from '@cloudpam/pools';
import { insertTree, sampleVrf } from '@cloudpam/storage-contract';
import { MIGRATIONS, openSqlite, postgresForSpec, type OpenedStorage } from './testing/storages';
import { openStorage } from './typeorm-storage';

describe.each<[string, () => Promise<OpenedStorage>]>([
  ['PostgreSQL', postgresForSpec().open],
  ['SQLite', openSqlite],
])('units of work on %s', (_, open) => {
  let opened: OpenedStorage;
  const count = (): Promise<number> =>
    opened.unitOfWork.read(async ({ vrfs }) => (await vrfs.list({}, 1, 1)).total);

  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());

  it('let reads go on while a run writes', async () => {
    await opened.unitOfWork.run(async ({ vrfs, pools }) => {
      await vrfs.insert(sampleVrf());
      await pools.reserveIds(1);
      expect(
        await new Promise((resolve, reject) => {
          // Begun outside of the run, as another request would.
          outside(() => void count().then(resolve, reject));
        }),
      ).toBe(1);
    });
    expect(await count()).toBe(2);
  });

  it('show a read one state, whatever is committed meanwhile', async () => {
    const seen = await opened.unitOfWork.read(async ({ vrfs }) => {
      const before = (await vrfs.list({}, 1, 1)).total;
      await new Promise<void>((resolve, reject) =>
        outside(
          () =>
            void opened.unitOfWork
              .run((stores) => stores.vrfs.insert(sampleVrf()))
              .then(() => resolve(), reject),
        ),
      );
      return [before, (await vrfs.list({}, 1, 1)).total];
    });
    expect(seen).toEqual([1, 1]);
    expect(await count()).toBe(2);
  });

  it('give many reads at once their own state', async () => {
    expect(await Promise.all(Array.from({ length: 40 }, count))).toEqual(
      Array.from({ length: 40 }, () => 1),
    );
  });

  it('refuse to write in a read, and a unit of work in another', async () => {
    await expect(opened.unitOfWork.read(({ vrfs }) => vrfs.insert(sampleVrf()))).rejects.toThrow(
      /read-?only/,
    );
    await expect(opened.unitOfWork.run(() => count())).rejects.toThrow('inside another');
    expect(await count()).toBe(1);
  });

  it('do several things at once inside a run, one after the other', async () => {
    const ids = await opened.unitOfWork.run(({ pools, vrfs }) =>
      Promise.all([pools.reserveIds(2), vrfs.get(1), pools.reserveIds(2), vrfs.list({}, 1, 5)]),
    );
    expect([...ids[0], ...ids[2]]).toHaveLength(4);
  });

  it('never say that something is stored when it is not', async () => {
    const outcome = await opened.unitOfWork
      .run(async ({ vrfs }) => {
        await vrfs.insert(sampleVrf({ name: 'kept' }));
        await vrfs
          .insert(sampleVrf({ name: 'global' }))
          .catch((error: unknown) => expect(error).toBeInstanceOf(StoredConflict));
        return 'stored';
      })
      .catch(() => 'refused');
    expect(await count()).toBe(outcome === 'stored' ? 2 : 1);
  });

  it('end before the storage is closed, and are refused after that', async () => {
    const other = await openStorage({ url: opened.url, migrationsDir: MIGRATIONS, poolSize: 2 });
    const running = Array.from({ length: 6 }, (__, n) =>
      other.unitOfWork.run(async ({ vrfs }) => {
        await vrfs.get(1);
        return vrfs.insert(sampleVrf({ name: `last ${n}` }));
      }),
    );
    await other.close();
    expect((await Promise.all(running)).length).toBe(6);
    await expect(other.unitOfWork.run(async () => 1)).rejects.toThrow('closed');
    expect(await count()).toBe(7);
  });

  it('run again after a deadlock', async () => {
    const [a, b] = await opened.unitOfWork.run((stores) =>
      insertTree(stores, ['10.0.0.0/8', '11.0.0.0/8']),
    );
    const both = (first: number, second: number): Promise<void> =>
      opened.unitOfWork.run(async ({ pools }) => {
        await pools.lock([first]);
        await pools.reserveIds(1);
        const [pool] = await pools.lock([second]);
        await pools.setChildUsed([{ id: second, childUsed: (pool?.childUsed ?? 0n) + 1n }]);
      });
    const [one, two] = [a?.id ?? 0, b?.id ?? 0];
    await Promise.all(
      Array.from({ length: 8 }, (__, n) => (n % 2 === 0 ? both(one, two) : both(two, one))),
    );
    const after = await opened.unitOfWork.read(({ pools }) => pools.getMany([one, two]));
    expect(after.map((pool) => pool.childUsed)).toEqual([4n, 4n]);
  });
});

const queue: (() => void)[] = [];
setInterval(() => queue.splice(0).forEach((work) => work()), 1).unref();

/** Runs work from where no unit of work is around it. */
function outside(work: () => void): void {
  queue.push(work);
}
