import {
  addressCount,
  cidrAt,
  compareCidrs,
  formatCidr,
  freeBlocks,
  overlaps,
  parseCidr,
} from '@cloudpam/cidr';
import { AnsweredBefore, withHandlers, type Change } from '@cloudpam/audit';
import { AllocateSubnet, PoolError, type Pool } from '@cloudpam/pools';
import { POOL_HANDLERS } from '@cloudpam/reconciliation';
import { only, insertTree, samplePool, sampleVrf } from '@cloudpam/storage-contract';
import { openSqlite, MIGRATIONS, postgresForSpec, type OpenedStorage } from './testing/storages';
import { openStorage, type TypeOrmStorage } from './typeorm-storage';

/**
 * Takes the first free /28 of a pool as the use case does: lock, choose, insert, account for it.
 */
function allocate(storage: TypeOrmStorage, poolId: number): Promise<string> {
  return storage.unitOfWork.run(async ({ pools }) => {
    const pool = only(await pools.lock([poolId]));
    const [free] = await pools.freeBlocks(poolId, {
      order: 'address',
      limit: 1,
      maxPrefixLength: 28,
    });
    if (!free) throw new Error('no space is left');
    const cidr = formatCidr(cidrAt(4, free.first, 28));
    await pools.insert([
      samplePool({ id: only(await pools.reserveIds(1)), cidr, parentId: poolId }),
    ]);
    await pools.setChildUsed([{ id: poolId, childUsed: pool.childUsed + 16n }]);
    return cidr;
  });
}

describe.each<[string, () => Promise<OpenedStorage>]>([
  ['PostgreSQL', postgresForSpec().open],
  ['SQLite', openSqlite],
])('allocation on %s', (_, open) => {
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
    const [pool] = await opened.unitOfWork.run((stores) =>
      insertTree(stores, ['10.0.0.0/16', '10.0.0.32/28']),
    );
    const id = pool?.id ?? 0;
    const taken = await Promise.all(
      Array.from({ length: 64 }, (__, n) => allocate(n % 2 === 0 ? opened.storage : other, id)),
    );
    const blocks = [...taken.map(parseCidr), parseCidr('10.0.0.32/28')].sort(compareCidrs);
    for (const [at, block] of blocks.entries()) {
      const before = blocks[at - 1];
      expect(before && overlaps(before, block)).toBeFalsy();
    }
    expect(blocks.map(formatCidr)).toEqual(
      Array.from({ length: 65 }, (__, n) =>
        formatCidr(cidrAt(4, parseCidr('10.0.0.0/28').first + BigInt(n * 16), 28)),
      ),
    );
    expect((await opened.unitOfWork.read(({ pools }) => pools.get(id)))?.childUsed).toBe(65n * 16n);
  });

  it('gives those who ask at once what they would have got one after the other', async () => {
    const roots = await opened.unitOfWork.run(async (stores) => {
      const vrf = await stores.vrfs.insert(sampleVrf({ name: 'lab' }));
      const [here] = await insertTree(stores, ['10.0.0.0/20']);
      const [there] = await insertTree(stores, ['10.0.0.0/20'], vrf.id);
      return [here?.id ?? 0, there?.id ?? 0];
    });
    const allocate = new AllocateSubnet(withHandlers(opened.unitOfWork, POOL_HANDLERS));
    const encode = (pools: readonly Pool[]): string =>
      pools.map(({ cidr }) => formatCidr(cidr)).join();
    const strategies = ['first_fit', 'best_fit', 'last_fit'] as const;
    const ask = (n: number, poolId: number): Promise<string> =>
      allocate
        .execute(
          {
            actor: { type: 'user', id: `ada-${poolId}`, name: 'Ada' },
            at: new Date(),
            requestId: 'race',
            // Every ninth has the key of the one before, and every eighteenth asks for something else with it.
            idempotency: {
              key: `k${n % 9 === 8 ? n - 1 : n}`,
              fingerprint: n % 18 === 17 ? 'other' : 'f',
              encode,
            },
          },
          {
            from: { poolId },
            prefixLength: n % 11 === 10 ? 12 : 24 + (n % 5),
            name: n % 13 === 12 ? '' : `n${n}`,
            count: 1 + (n % 3),
            strategy: n % 17 === 16 ? strategies[n % 3] : undefined,
          },
        )
        .then(encode, (error: unknown) =>
          error instanceof AnsweredBefore
            ? `again ${error.answer}`
            : error instanceof PoolError
              ? error.code
              : (error as Error).name,
        );
    const [here = 0, there = 0] = roots;
    const together = await Promise.all(Array.from({ length: 120 }, (__, n) => ask(n, here)));
    const alone: string[] = [];
    for (let n = 0; n < together.length; n++) alone.push(await ask(n, there));
    expect(together).toEqual(alone);
    expect(new Set(alone.filter((each) => !/\d/.test(each)))).toEqual(
      new Set(['invalid_field', 'invalid_prefix_length', 'pool_exhausted', 'KeyReused']),
    );
  });

  it('gives a key that was refused in a batch one answer, whoever asks again at the same time', async () => {
    const [pool] = await opened.unitOfWork.run((stores) => insertTree(stores, ['10.0.0.0/24']));
    const poolId = pool?.id ?? 0;
    const servers = [opened.storage, other].map(
      (each) => new AllocateSubnet(withHandlers(each.unitOfWork, POOL_HANDLERS)),
    );
    const ask = (server: number, n: number, prefixLength: number): Promise<string> =>
      (servers[server] as AllocateSubnet)
        .execute(
          {
            actor: { type: 'user', id: 'ada', name: 'Ada' },
            at: new Date(),
            requestId: 'race',
            idempotency: {
              key: `k${n}`,
              fingerprint: 'f',
              encode: (pools: readonly Pool[]) => pools.map(({ id }) => id).join(),
            },
          },
          {
            from: { poolId },
            prefixLength,
            name: `n${n}`,
            strategy: n % 3 === 0 ? 'best_fit' : undefined,
          },
        )
        .then(
          (pools) => String(pools[0]?.id),
          (error: unknown) => (error instanceof AnsweredBefore ? error.answer : 'refused'),
        );
    const keys = Array.from({ length: 20 }, (__, n) => n);
    // What nothing has room for is refused, and the keys stay free.
    const refused = await Promise.all(keys.map((n) => ask(0, n, 23)));
    expect(new Set(refused)).toEqual(new Set(['refused']));
    const [here, there] = await Promise.all(
      [0, 1].map((server) => Promise.all(keys.map((n) => ask(server, n, 30)))),
    );
    expect(here).toEqual(there);
    const { total } = await opened.unitOfWork.read(({ pools }) =>
      pools.list({ parentId: poolId }, { sort: [], size: 1 }),
    );
    expect(total).toBe(keys.length);
  });

  it('serves many at once on two servers as each by itself: results, errors, keys and entries', async () => {
    const [pool] = await opened.unitOfWork.run((stores) => insertTree(stores, ['10.0.0.0/20']));
    const poolId = pool?.id ?? 0;
    const servers = [opened.storage, other].map(
      (each) => new AllocateSubnet(withHandlers(each.unitOfWork, POOL_HANDLERS)),
    );
    const encode = (pools: readonly Pool[]): string => pools.map((each) => each.id).join();
    /** Every fifth asks for what no pool gives, every seventh with the key of the one before. */
    const ask = (n: number): Promise<string> => {
      const change: Change = {
        actor: { type: 'user', id: 'ada', name: 'Ada' },
        at: new Date(),
        requestId: `race-${n}`,
        idempotency: { key: `k${n % 7 === 6 ? n - 1 : n}`, fingerprint: 'f', encode },
      };
      const request = {
        from: { poolId },
        prefixLength: n % 5 === 4 ? 12 : 26 + (n % 3),
        name: `n${n}`,
        count: 1 + (n % 2),
      };
      return (servers[n % 2] as AllocateSubnet).execute(change, request).then(
        (pools) => `got ${encode(pools)}`,
        (error: unknown) =>
          error instanceof AnsweredBefore
            ? `got ${error.answer}`
            : error instanceof PoolError
              ? error.code
              : String(error),
      );
    };
    const answers = await Promise.all(Array.from({ length: 140 }, (__, n) => ask(n)));
    const codes = answers.filter((each) => !each.startsWith('got'));
    expect(new Set(codes)).toEqual(new Set(['invalid_prefix_length', 'pool_exhausted']));
    const { items } = await opened.unitOfWork.read(({ pools }) =>
      pools.list({ parentId: poolId }, { sort: [{ field: 'cidr', descending: false }], size: 500 }),
    );
    for (const [at, { cidr }] of items.entries()) {
      const before = items[at - 1]?.cidr;
      expect(before && overlaps(before, cidr)).toBeFalsy();
    }
    // What everybody got is all that there is, once for each key.
    const got = new Set(answers.filter((each) => each.startsWith('got')));
    const ids = [...got].flatMap((each) => each.slice('got '.length).split(',').map(Number));
    expect(ids.sort((a, b) => a - b)).toEqual(items.map(({ id }) => id).sort((a, b) => a - b));
    const used = items.reduce((sum, { cidr }) => sum + addressCount(cidr), 0n);
    const stored = await opened.unitOfWork.read(({ pools }) => pools.get(poolId));
    expect(stored?.childUsed).toBe(used);
    const { entries } = await opened.unitOfWork.read(({ audit }) =>
      audit.list({ type: 'pool.allocate' }, 1, 500),
    );
    expect(entries.map(({ entityId }) => Number(entityId)).sort((a, b) => a - b)).toEqual(ids);
    for (const { requestId, entityId } of entries) {
      const owner = items.find(({ id }) => String(id) === entityId)?.name.split('-')[0];
      expect(requestId).toBe(`race-${owner?.slice(1)}`);
    }
    // Its blocks begin where the pool does, and the free blocks are those that nobody has.
    const free = await opened.unitOfWork.read(({ pools }) =>
      pools.freeBlocks(poolId, { order: 'address', limit: 10_000 }),
    );
    expect(free).toEqual(
      freeBlocks(
        parseCidr('10.0.0.0/20'),
        items.map(({ cidr }) => cidr),
      ),
    );
  });

  it('gives all callers with one live key and one wish one pool, and those with another wish none', async () => {
    const roots = await opened.unitOfWork.run((stores) =>
      insertTree(stores, ['10.0.0.0/16', '10.1.0.0/16', '10.2.0.0/16']),
    );
    const change: Change = {
      actor: { type: 'user', id: 'ada', name: 'Ada' },
      at: new Date(),
      requestId: 'race',
    };
    const ask = (n: number, root: number): Promise<string> =>
      new AllocateSubnet(
        withHandlers((n % 2 === 0 ? opened.storage : other).unitOfWork, POOL_HANDLERS),
      )
        .executeKeyed(change, {
          from: { poolId: roots[root]?.id ?? 0 },
          prefixLength: 28,
          name: 'net',
          key: 'one',
        })
        .then(
          ({ pool, created }) => `${created ? 'created' : 'living'} ${pool.id}`,
          (error: unknown) => (error instanceof PoolError ? error.code : String(error)),
        );
    const answers = await Promise.all(Array.from({ length: 45 }, (__, n) => ask(n, n % 3)));
    const created = answers.filter((each) => each.startsWith('created'));
    expect(created).toHaveLength(1);
    const winner = answers.indexOf(created[0] ?? '') % 3;
    const living = created[0]?.replace('created', 'living');
    expect(answers.filter((__, n) => n % 3 === winner).sort()).toEqual([
      created[0],
      ...Array.from({ length: 14 }, () => living),
    ]);
    expect(new Set(answers.filter((__, n) => n % 3 !== winner))).toEqual(new Set(['key_in_use']));
    expect(await opened.unitOfWork.read(({ pools }) => pools.byLiveKey('one'))).toHaveLength(1);
  });
});
