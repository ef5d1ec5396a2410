import { formatCidr } from '@cloudpam/cidr';
import { allPools, change, createdOne, planning } from '@cloudpam/pools/testing';
import { apply, netbox, planOf, pool, source, told, vlan, vrf } from './importing.fixture';

async function tree(storage: ReturnType<typeof planning>): Promise<string[]> {
  const pools = await allPools(storage);
  const byId = new Map(pools.map((each) => [each.id, each]));
  return pools.map(({ cidr, kind, parentId, vrfId }) => {
    const parent = parentId === null ? undefined : byId.get(parentId);
    return `${vrfId}: ${formatCidr(cidr)} ${kind} in ${parent ? formatCidr(parent.cidr) : 'none'}`;
  });
}

describe('an import', () => {
  it('places pools whatever the order of their rows, around and inside of what is there', async () => {
    const storage = planning();
    await createdOne(storage, { cidr: '10.1.0.0/16' });
    const rows = source(
      pool('10.1.2.0/25'),
      pool('10.1.2.0/24'),
      pool('10.0.0.0/8'),
      pool('10.1.2.128/25'),
    );
    expect(told(await planOf(storage, rows))).toEqual([
      '2 create',
      '3 create',
      '4 create',
      '5 create',
    ]);
    await apply(storage, rows);
    expect((await tree(storage)).sort()).toEqual([
      '1: 10.0.0.0/8 container in none',
      '1: 10.1.0.0/16 container in 10.0.0.0/8',
      '1: 10.1.2.0/24 container in 10.1.0.0/16',
      '1: 10.1.2.0/25 subnet in 10.1.2.0/24',
      '1: 10.1.2.128/25 subnet in 10.1.2.0/24',
    ]);
  });

  it('changes nothing, and writes no entry, when it is done again', async () => {
    const storage = planning();
    const rows = source(
      vrf('prod', '65000:1'),
      vlan(10, 'users', 'fra'),
      netbox(1, '10.0.0.0/8', {
        vrf: { name: null, rd: '65000:1' },
        vlan: { vid: 10, name: null, group: null },
        account: 'aws:123456789012',
        tags: { values: { site: 'fra' }, are: 'these' },
      }),
    );
    await apply(storage, rows);
    const entries = (
      await storage.unitOfWork.read(({ audit }) => audit.scan({}, { order: 'newest' }, 100))
    ).length;
    const again = await apply(storage, rows, { mode: 'all' }, 2);
    expect(told(again)).toEqual(['2 unchanged', '3 unchanged', '4 unchanged']);
    expect(
      (await storage.unitOfWork.read(({ audit }) => audit.scan({}, { order: 'newest' }, 100)))
        .length,
    ).toBe(entries);
  });

  it('makes the records that rows name and no row tells, once', async () => {
    const storage = planning();
    const named = { vrf: { name: 'lab', rd: null }, vlan: { vid: 7, name: null, group: null } };
    const plan = await apply(
      storage,
      source(pool('10.0.0.0/24', named), pool('10.0.1.0/24', named)),
    );
    expect(told(plan)).toEqual([
      '2 create named_by_row',
      '2 create named_by_row',
      '2 create',
      '3 create',
    ]);
    expect(plan.rows.map(({ entity, label }) => `${entity ?? ''} ${label}`)).toEqual([
      'vrf lab',
      'vlan VLAN 7',
      'pool 10.0.0.0/24',
      'pool 10.0.1.0/24',
    ]);
  });

  it('tells all that is wrong at once and writes nothing of it', async () => {
    const storage = planning();
    const rows = source(
      pool('10.0.0.0/24', { set: { name: 'a' } }),
      pool('10.0.0.0/24', { set: { name: 'b' } }),
      pool('127.0.0.0/24'),
      pool('10.0.1.0/24', { account: 'nobody' }),
      pool('10.0.2.0/24', { vlan: { vid: null, name: 'x', group: null } }),
      pool('10.0.3.0/24', { set: { region: '\0' } }),
    );
    expect(told(await planOf(storage, rows))).toEqual([
      '2 create',
      '3 error duplicate_row',
      '4 error refused_range',
      '5 error account_not_found',
      '6 error vlan_not_found',
      '7 error invalid_value',
    ]);
    await expect(apply(storage, rows)).rejects.toMatchObject({
      code: 'import_has_errors',
      wrong: {
        length: 5,
        0: { file: 'pools.csv', line: 3, column: 'cidr', code: 'duplicate_row' },
      },
    });
    expect(await allPools(storage)).toEqual([]);
    await apply(storage, rows, { mode: 'partial' });
    expect(await tree(storage)).toEqual(['1: 10.0.0.0/24 subnet in none']);
  });

  it('refuses a plan that is none any more, and takes one whose neighbours alone have changed', async () => {
    const storage = planning();
    const rows = source(pool('10.0.0.0/24', { set: { name: 'new' } }), pool('10.0.1.0/24'));
    const { hash } = await planOf(storage, rows);
    await createdOne(storage, { cidr: '10.9.0.0/24' });
    expect((await planOf(storage, rows)).hash).toBe(hash);
    await createdOne(storage, { cidr: '10.0.0.0/24' });
    await expect(apply(storage, rows, { mode: 'all', plan: hash })).rejects.toMatchObject({
      code: 'plan_changed',
    });
    expect((await allPools(storage)).length).toBe(2);
  });

  it('finds a pool again by what its source calls it, where its CIDR has changed', async () => {
    const storage = planning();
    await apply(storage, source(netbox(5, '10.0.0.0/24'), netbox(6, '10.0.1.0/24')));
    const [moved] = await allPools(storage);
    const plan = await apply(
      storage,
      source(netbox(5, '10.0.0.0/23'), netbox(6, '10.0.1.0/24')),
      { mode: 'all' },
      2,
    );
    expect(told(plan)).toEqual(['2 update', '3 unchanged']);
    expect(plan.rows[0]?.changes).toEqual([
      { field: 'cidr', before: '10.0.0.0/24', after: '10.0.0.0/23' },
    ]);
    expect(plan.rows[0]?.id).toBe(moved?.id);
    expect((await tree(storage)).sort()).toEqual([
      '1: 10.0.0.0/23 subnet in none',
      '1: 10.0.1.0/24 subnet in 10.0.0.0/23',
    ]);
  });

  it('keeps a VPC and the subnet that fills it apart', async () => {
    const storage = planning();
    const rows = source(
      pool('10.0.0.0/24', { set: { kind: 'subnet' } }),
      pool('10.0.0.0/24', { set: { kind: 'vpc' } }),
    );
    await apply(storage, rows);
    expect(told(await planOf(storage, rows))).toEqual(['2 unchanged', '3 unchanged']);
    expect((await tree(storage)).sort()).toEqual([
      '1: 10.0.0.0/24 subnet in 10.0.0.0/24',
      '1: 10.0.0.0/24 vpc in none',
    ]);
  });

  it.each([
    [
      [vrf('a', '1:1'), vrf('a', '1:2')],
      ['2 create', '3 create'],
    ],
    [
      [vrf('a', '1:1'), vrf('a', '1:1')],
      ['2 create', '3 skip same_as_another'],
    ],
    [
      [vrf('a', '1:1'), pool('10.0.0.0/8', { vrf: { name: 'a', rd: null } })],
      ['2 create', '3 create'],
    ],
    [
      [vrf('a', '1:1'), pool('10.0.0.0/8', { vrf: { name: 'a', rd: '1:2' } })],
      ['2 create', '3 error vrf_taken'],
    ],
    [
      [vrf('a', '1:1'), vrf('a', '1:2'), pool('10.0.0.0/8', { vrf: { name: 'a', rd: null } })],
      ['2 create', '3 create', '4 error ambiguous_vrf'],
    ],
    [
      [
        vlan(7, 'x', 'a'),
        vlan(7, 'x', 'b'),
        pool('10.0.0.0/8', { vlan: { vid: 7, name: null, group: null } }),
      ],
      ['2 create', '3 create', '4 error ambiguous_vlan'],
    ],
    [
      [
        vlan(7, 'x', 'a'),
        vlan(7, 'y', 'b'),
        pool('10.0.0.0/8', { vlan: { vid: 7, name: 'y', group: null } }),
      ],
      ['2 create', '3 create', '4 create'],
    ],
    [
      [vlan(7, 'x'), vlan(7, 'y')],
      ['2 create', '3 error duplicate_row'],
    ],
  ])('resolves names of records or says what is ambiguous (%#)', async (items, expected) => {
    const storage = planning();
    expect(told(await planOf(storage, source(...items)))).toEqual(expected);
    await apply(storage, source(...items), { mode: 'partial' });
    const again = told(await planOf(storage, source(...items)));
    expect(again).toEqual(expected.map((each) => each.replace('create', 'unchanged')));
  });

  it('lets a pool keep the VLAN that it has, of several that its row can mean', async () => {
    const storage = planning();
    const named = (group: string | null) =>
      pool('10.0.0.0/24', { vlan: { vid: 7, name: 'x', group } });
    const vlans = [vlan(7, 'x', 'a'), vlan(7, 'x', 'b')];
    await apply(storage, source(...vlans, named('b')));
    expect(told(await planOf(storage, source(named(null))))).toEqual(['2 unchanged']);
    const other = pool('10.0.1.0/24', { vlan: { vid: 7, name: 'x', group: null } });
    expect(told(await planOf(storage, source(other)))).toEqual(['2 error ambiguous_vlan']);
  });

  it('takes of two rows that agree the one that tells more', async () => {
    const storage = planning();
    const rows = source(
      pool('10.0.0.0/24', { set: { description: 'x' } }),
      netbox(7, '10.0.0.0/24', {
        set: { description: 'x' },
        tags: { values: { a: 'b' }, are: 'these' },
      }),
      netbox(7, '10.0.0.0/24', { tags: { values: { c: 'd' }, are: 'these' } }),
      pool('10.0.0.0/24', { tags: { values: { a: 'c' }, are: 'these' } }),
    );
    expect(told(await planOf(storage, rows))).toEqual([
      '2 skip same_as_another',
      '3 create',
      '4 skip same_as_another',
      '5 error duplicate_row',
    ]);
  });

  it('makes no record that only a row names which is not taken', async () => {
    const storage = planning();
    const lab = { vrf: { name: 'lab', rd: null } };
    const rows = source(
      pool('127.0.0.0/24', { ...lab, account: 'aws:123456789012' }),
      pool('10.0.0.0/24', { vrf: { name: 'prod', rd: null } }),
    );
    const expected = ['2 error refused_range', '3 create named_by_row', '3 create'];
    expect(told(await planOf(storage, rows))).toEqual(expected);
    await apply(storage, rows, { mode: 'partial' });
    const { items } = await storage.unitOfWork.read(({ vrfs }) => vrfs.list({}, 1, 10));
    expect(items.map(({ name }) => name)).toEqual(['global', 'prod']);
  });

  it('makes a discovered pool that can be deleted as long as no collector has listed it here', async () => {
    const storage = planning();
    const cloud = {
      source: 'discovered',
      externalId: 'vpc-1',
      externalVpc: 'vpc-1',
      syncStatus: 'synced',
      lastSyncAt: new Date(0),
      liveKey: null,
    } as const;
    const plan = await apply(storage, source(pool('10.0.0.0/24', { cloud })));
    await storage.remove.execute(change(2), plan.rows[0]?.id ?? 0, { cascade: false });
    expect(await allPools(storage)).toEqual([]);
  });

  it('does not change what a cloud owns', async () => {
    const storage = planning();
    await apply(
      storage,
      source(
        netbox(1, '10.0.0.0/24', {
          cloud: {
            source: 'discovered',
            externalId: 'subnet-1',
            externalVpc: 'vpc-1',
            syncStatus: 'synced',
            lastSyncAt: new Date(0),
            liveKey: null,
          },
        }),
      ),
    );
    const plan = await planOf(storage, source(netbox(1, '10.0.4.0/24')));
    expect(told(plan)).toEqual(['2 error cloud_owned']);
  });
});
