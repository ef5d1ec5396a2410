import { formatCidr } from '@cloudpam/cidr';
import { allPools, createdOne, planning } from '@cloudpam/pools/testing';
import { apply, netbox, planOf, pool, source, told } from './importing.fixture';

const DISCOVERED = {
  source: 'discovered',
  externalId: 'vpc-1',
  externalVpc: null,
  syncStatus: 'synced',
  lastSyncAt: new Date(0),
  liveKey: null,
} as const;

describe('changes of stored pools', () => {
  const parents = async (storage: ReturnType<typeof planning>): Promise<string[]> => {
    const pools = await allPools(storage);
    const cidrOf = new Map(pools.map(({ id, cidr }) => [id, formatCidr(cidr)]));
    return pools.map(
      ({ cidr, parentId }) => `${formatCidr(cidr)} in ${cidrOf.get(parentId ?? 0) ?? 'none'}`,
    );
  };

  it('move a pool after those that leave it, whatever the order of their rows', async () => {
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      const storage = planning();
      const of = (site: number) => [
        netbox(1, `10.${site}.0.0/16`),
        netbox(2, `10.${site}.1.0/24`),
        netbox(3, `10.${site}.1.128/25`),
      ];
      await apply(storage, source(...of(0)));
      const rows = source(...order.flatMap((at) => of(5)[at] ?? []));
      expect(told(await planOf(storage, rows))).toEqual(['2 update', '3 update', '4 update']);
      await apply(storage, rows, { mode: 'all' }, 2);
      expect(await parents(storage)).toEqual([
        '10.5.0.0/16 in none',
        '10.5.1.0/24 in 10.5.0.0/16',
        '10.5.1.128/25 in 10.5.1.0/24',
      ]);
    }
  });

  it('let a pool grow around another one that changes too', async () => {
    const storage = planning();
    await apply(storage, source(netbox(1, '10.0.0.0/24'), netbox(2, '10.0.1.0/24')));
    await apply(
      storage,
      source(netbox(1, '10.0.0.0/23'), netbox(2, '10.0.1.0/24', { set: { name: 'inside' } })),
      { mode: 'all' },
      2,
    );
    expect(await parents(storage)).toEqual(['10.0.0.0/23 in none', '10.0.1.0/24 in 10.0.0.0/23']);
  });

  it('give no pool a kind that the one with its CIDR does not let it have', async () => {
    const storage = planning();
    await createdOne(storage, { cidr: '10.0.0.0/24', kind: 'vpc' });
    await createdOne(storage, { cidr: '10.0.0.0/24', kind: 'subnet' });
    const rows = source(pool('10.0.0.0/24', { set: { kind: 'container' } }));
    expect(told(await planOf(storage, rows))).toEqual(['2 error pool_overlap']);
  });

  it('mean a pool once, also where it is in another VRF than its row', async () => {
    const storage = planning();
    await apply(storage, source(netbox(1, '10.0.0.0/24')));
    const rows = source(
      netbox(1, '10.0.0.0/24', { vrf: { name: 'lab', rd: null } }),
      pool('10.0.0.0/24', { set: { name: 'stays' } }),
    );
    expect(told(await planOf(storage, rows)).slice(1)).toEqual(['2 create', '3 update']);
  });
});

describe('a pool of our own export', () => {
  it('is refused where another row has its cloud id or its live key', async () => {
    const key = { cloud: { ...DISCOVERED, externalId: null, liveKey: { key: 'k', wish: '{}' } } };
    const rows = source(
      pool('10.0.0.0/16', { cloud: DISCOVERED }),
      pool('10.0.0.0/24', { cloud: DISCOVERED }),
      pool('10.1.0.0/24', key),
      pool('10.2.0.0/24', key),
    );
    expect(told(await planOf(planning(), rows))).toEqual([
      '2 create',
      '3 error invalid_value',
      '4 create',
      '5 error invalid_value',
    ]);
  });
});
