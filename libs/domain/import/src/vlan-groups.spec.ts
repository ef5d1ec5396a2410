import { KeepRecords, parseVidRanges, VLAN_GROUPS, VLANS } from '@cloudpam/pools';
import { change, planning } from '@cloudpam/pools/testing';
import { apply, planOf, pool, source, told, vlan, vlanGroup } from './importing.fixture';

type Storage = ReturnType<typeof planning>;

async function stored({ unitOfWork }: Storage): Promise<string[]> {
  return unitOfWork.read(async ({ vlanGroups, vlans, accounts }) => {
    const groups = (await vlanGroups.list({}, 1, 99)).items;
    const keys = new Map((await accounts.list({}, 1, 99)).items.map(({ id, key }) => [id, key]));
    const inGroups = (await vlans.list({}, 1, 99)).items.map(
      ({ vid, name, groupId }) =>
        `${vid} ${name} in ${groups.find(({ id }) => id === groupId)?.name ?? 'none'}`,
    );
    return [
      ...groups.map(({ name, vidRanges, accountId, site, vlanCount }) =>
        [name, vidRanges.join(' '), keys.get(accountId ?? 0) ?? site ?? '-', vlanCount].join(', '),
      ),
      ...inGroups,
    ];
  });
}

async function group(storage: Storage, name: string, ranges: string): Promise<void> {
  await new KeepRecords(storage.unitOfWork, VLAN_GROUPS).create(change(), {
    ...{ name, description: '', accountId: null, site: null, vlanCount: 0 },
    vidRanges: parseVidRanges(ranges),
  });
}

async function ofGroup(storage: Storage, vid: number, name: string, of: string): Promise<void> {
  await new KeepRecords(storage.unitOfWork, VLANS).create(change(), {
    ...{ vid, name, group: of, groupId: null, description: '' },
  });
}

describe('an import of VLAN groups', () => {
  it('makes them with what they name, whatever the order of the rows', async () => {
    const storage = planning();
    const rows = source(
      vlan(10, 'users', 'fra'),
      vlanGroup('fra', '1-99', { account: 'onprem:fra1' }),
      vlanGroup('muc', undefined, { set: { name: 'muc', site: 'München' } }),
      pool('10.0.0.0/24', { vlan: { vid: 11, name: 'lab', group: 'fra' } }),
    );
    expect(told(await apply(storage, rows))).toEqual([
      '2 create',
      // The account.
      '3 create named_by_row',
      '3 create',
      '4 create',
      // The VLAN of the pool.
      '5 create named_by_row',
      '5 create',
    ]);
    expect(await stored(storage)).toEqual([
      'fra, 1,99, onprem:fra1, 2',
      'muc, 1,4094, München, 0',
      '10 users in fra',
      '11 lab in fra',
    ]);
    expect(told(await planOf(storage, rows))).toEqual([
      '2 unchanged',
      '3 unchanged',
      '4 unchanged',
      '5 unchanged',
    ]);
  });

  it('gives one that is there another account, also one that it makes', async () => {
    const storage = planning();
    await group(storage, 'fra', '1-99');
    const rows = source(vlanGroup('fra', undefined, { account: 'onprem:fra1' }));
    expect(told(await apply(storage, rows))).toEqual(['2 create named_by_row', '2 update']);
    expect(await stored(storage)).toEqual(['fra, 1,99, onprem:fra1, 0']);
    await apply(storage, source(vlanGroup('fra', undefined, { account: null })), undefined, 2);
    expect(await stored(storage)).toEqual(['fra, 1,99, -, 0']);
  });

  it('refuses VLANs that their group has no id or no name for', async () => {
    const storage = planning();
    await group(storage, 'fra', '1-99');
    await ofGroup(storage, 1, 'users', 'fra');
    const rows = source(
      vlan(100, 'wide', 'fra'),
      vlan(2, 'users', 'fra'),
      vlan(3, 'lab', 'fra'),
      pool('10.0.0.0/24', { vlan: { vid: 101, name: null, group: 'fra' } }),
    );
    const plan = await apply(storage, rows, { mode: 'partial' });
    expect(told(plan)).toEqual([
      '2 error vid_outside_group',
      '3 error duplicate_row',
      '4 create',
      '5 error vid_outside_group',
    ]);
    expect(await stored(storage)).toEqual(['fra, 1,99, -, 2', '1 users in fra', '3 lab in fra']);
  });

  it('refuses ranges that leave out a VLAN which is there, and takes VLANs of the ranges before', async () => {
    const storage = planning();
    await group(storage, 'fra', '1-99');
    await ofGroup(storage, 1, 'users', 'fra');
    await ofGroup(storage, 7, 'old', 'muc');
    const rows = source(
      vlanGroup('fra', '50-150'),
      vlanGroup('muc', '8'),
      vlan(100, 'wide', 'fra'),
      vlan(9, 'free', 'muc'),
    );
    expect(told(await apply(storage, rows, { mode: 'partial' }))).toEqual([
      '2 error vid_outside_group',
      '3 error vid_outside_group',
      '4 error vid_outside_group',
      '5 create',
    ]);
    expect(await stored(storage)).toEqual([
      'fra, 1,99, -, 1',
      '1 users in fra',
      '7 old in none',
      '9 free in none',
    ]);
  });
});
