import { withHandlers, type Change } from '@cloudpam/audit';
import {
  AllocateVlan,
  KeepRecords,
  parseVidRanges,
  PoolError,
  VLAN_GROUPS,
  VLANS,
  type RecordBase,
  type RecordKind,
} from '@cloudpam/pools';
import { POOL_HANDLERS } from '@cloudpam/reconciliation';
import { sampleVlanGroup } from '@cloudpam/storage-contract';
import { MIGRATIONS, openSqlite, postgresForSpec, type OpenedStorage } from './testing/storages';
import { openStorage, type TypeOrmStorage } from './typeorm-storage';

const change = (): Change => ({
  actor: { type: 'system', id: 'test', name: 'test' },
  at: new Date(),
  requestId: 'race',
});
const codeOf = (error: unknown): string => (error instanceof PoolError ? error.code : `${error}`);

describe.each<[string, () => Promise<OpenedStorage>]>([
  ['PostgreSQL', postgresForSpec().open],
  ['SQLite', openSqlite],
])('VLAN ids of a group on %s', (_, open) => {
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

  const group = async (ranges: string): Promise<number> =>
    opened.unitOfWork.run(
      async ({ vlanGroups }) =>
        (await vlanGroups.insert(sampleVlanGroup({ vidRanges: parseVidRanges(ranges) }))).id,
    );
  const keeping = <R extends RecordBase>(
    { unitOfWork }: Pick<OpenedStorage, 'unitOfWork'>,
    kind: RecordKind<R>,
  ): KeepRecords<R> => new KeepRecords(withHandlers(unitOfWork, POOL_HANDLERS), kind);
  const server = (n: number): TypeOrmStorage['unitOfWork'] =>
    n % 2 === 0 ? opened.unitOfWork : other.unitOfWork;

  it('are given to 64 callers at once on two servers once each, the lowest ones, and then no more', async () => {
    const id = await group('100-129,200-229');
    const taken = await Promise.all(
      Array.from({ length: 64 }, (__, n) =>
        new AllocateVlan(server(n))
          .execute(change(), id, { name: `v${n}`, description: '' })
          .then(({ vid }) => vid, codeOf),
      ),
    );
    const vids = taken.filter((each) => typeof each === 'number').sort((a, b) => a - b);
    expect(vids).toEqual([
      ...Array.from({ length: 30 }, (__, n) => 100 + n),
      ...Array.from({ length: 30 }, (__, n) => 200 + n),
    ]);
    expect(taken.filter((each) => typeof each !== 'number')).toEqual(
      Array.from({ length: 4 }, () => 'vlan_group_exhausted'),
    );
  });

  it('stay in its ranges while these change on another server', async () => {
    const keep = keeping(other, VLAN_GROUPS);
    for (let round = 0; round < 20; round++) {
      const name = `g${round}`;
      const made = await keep.create(change(), {
        ...{ name, description: '', accountId: null, site: null, vlanCount: 0 },
        vidRanges: parseVidRanges('1-99'),
      });
      const outcomes = await Promise.all([
        keeping(opened, VLANS)
          .create(change(), { vid: 99, name: 'v', group: name, groupId: null, description: '' })
          .then(() => 'done', codeOf),
        keep
          .update(change(), made.id, { vidRanges: parseVidRanges('1-50') })
          .then(() => 'done', codeOf),
      ]);
      expect(outcomes.sort()).toEqual(['done', 'vid_outside_group']);
    }
  });

  it('lie in it, also where group and VLAN are made at the same time', async () => {
    for (let round = 0; round < 20; round++) {
      const name = `g${round}`;
      const [made, vlan] = await Promise.all([
        keeping(other, VLAN_GROUPS).create(change(), {
          ...{ name, description: '', accountId: null, site: null, vlanCount: 0 },
          vidRanges: parseVidRanges('1-99'),
        }),
        keeping(opened, VLANS).create(change(), {
          ...{ vid: 9, name: 'v', group: name, groupId: null, description: '' },
        }),
      ]);
      const stored = await opened.unitOfWork.read(({ vlans }) => vlans.get(vlan.id));
      expect(stored?.groupId).toBe(made.id);
    }
  });
});
