import { withHandlers, type Change } from '@cloudpam/audit';
import { parseCidr } from '@cloudpam/cidr';
import { CreatePools, DeletePool, hostOf, KeepAddresses } from '@cloudpam/pools';
import { POOL_HANDLERS } from '@cloudpam/reconciliation';
import { MIGRATIONS, openSqlite, postgresForSpec, type OpenedStorage } from './testing/storages';
import { openStorage, type TypeOrmStorage } from './typeorm-storage';

const ROUNDS = 40;
const change = (): Change => ({
  actor: { type: 'system', id: 'test', name: 'test' },
  at: new Date(),
  requestId: 'race',
});

describe.each<[string, () => Promise<OpenedStorage>]>([
  ['PostgreSQL', postgresForSpec().open],
  ['SQLite', openSqlite],
])('an address on %s', (_, open) => {
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

  it('keeps what is changed of it while pools around it come and go on another server', async () => {
    const keep = new KeepAddresses(opened.unitOfWork);
    const pools = withHandlers(other.unitOfWork, POOL_HANDLERS);
    const { id } = await keep.create(change(), 1, hostOf(4, parseCidr('10.0.0.5/32').first), {});
    for (let round = 0; round < ROUNDS; round++) {
      const [changed, made] = await Promise.all([
        keep.update(change(), id, { name: `name ${round}` }),
        new CreatePools(pools).one(change(), { name: 'around', cidr: parseCidr('10.0.0.0/24') }),
      ]);
      const record = await opened.unitOfWork.read(({ addresses }) => addresses.get(id));
      expect([record?.name, record?.version, record?.poolId]).toEqual([
        `name ${round}`,
        changed.version,
        made.pool.id,
      ]);
      await new DeletePool(pools).execute(change(), made.pool.id);
    }
  });
});
