import {
  AllocateVlan,
  KeepRecords,
  parseVidRanges,
  ReadVlanGroups,
  VLAN_GROUPS,
  VLANS,
  type RecordFields,
  type Vlan,
  type VlanGroup,
} from './index';
import { change, planning } from './testing';

const refused = (code: string, field?: string): object => ({
  code,
  ...(field === undefined ? {} : { details: { field } }),
});

describe('VLAN groups', () => {
  const open = () => {
    const { unitOfWork } = planning();
    const [groups, vlans] = [
      new KeepRecords(unitOfWork, VLAN_GROUPS),
      new KeepRecords(unitOfWork, VLANS),
    ];
    return {
      unitOfWork,
      groups,
      vlans,
      group: ({ ...fields }: Partial<RecordFields<VlanGroup>> = {}): Promise<VlanGroup> =>
        groups.create(change(), {
          name: 'fra1',
          description: '',
          vidRanges: parseVidRanges('100-199'),
          accountId: null,
          site: null,
          vlanCount: 0,
          ...fields,
        }),
      vlan: (fields: Partial<RecordFields<Vlan>> = {}): Promise<Vlan> =>
        vlans.create(change(), {
          vid: 100,
          name: 'voice',
          group: '',
          groupId: null,
          description: '',
          ...fields,
        }),
    };
  };

  it('take VLANs by id and by name', async () => {
    const { group, vlan, vlans } = open();
    const { id } = await group();
    expect(await vlan({ groupId: id })).toMatchObject({ group: 'fra1', groupId: id });
    const second = await vlan({ vid: 101, name: 'b', group: 'fra1' });
    expect(second.groupId).toBe(id);
    expect(await vlan({ vid: 102, name: 'c', group: 'fra1', groupId: id })).toMatchObject({
      group: 'fra1',
    });
    expect(await vlans.update(change(), second.id, { groupId: null })).toMatchObject({
      group: '',
      groupId: null,
    });
    expect(await vlans.update(change(), second.id, { group: 'fra1' })).toMatchObject({
      groupId: id,
    });
    expect(
      await vlans.update(change(), second.id, { group: 'other', groupId: null }),
    ).toMatchObject({ group: 'other', groupId: null });
  });

  it('are named in one way', async () => {
    const { group, vlan, vlans } = open();
    const { id } = await group();
    await expect(vlan({ group: 'other', groupId: id })).rejects.toMatchObject(
      refused('invalid_field', 'group_id'),
    );
    await expect(vlan({ groupId: 99 })).rejects.toMatchObject(
      refused('vlan_group_not_found', 'group_id'),
    );
    const { id: own } = await vlan({ group: 'a' });
    const update = vlans.update(change(), own, { groupId: id, group: 'b' });
    await expect(update).rejects.toMatchObject(refused('invalid_field', 'group_id'));
  });

  it('refuse VLAN ids outside their ranges, and names that a VLAN of theirs has', async () => {
    const { group, vlan, vlans } = open();
    const { id } = await group();
    await expect(vlan({ vid: 99, groupId: id })).rejects.toMatchObject({
      ...refused('vid_outside_group', 'vid'),
      message: 'The VLAN group fra1 has the VLAN ids 100-199, and not that of 99 voice.',
    });
    const made = await vlan({ groupId: id });
    await expect(vlan({ vid: 101, groupId: id })).rejects.toMatchObject(
      refused('name_taken', 'name'),
    );
    await expect(vlan({ name: 'other', groupId: id })).rejects.toMatchObject(
      refused('name_taken', 'vid'),
    );
    expect((await vlans.update(change(), made.id, { description: 'same' })).version).toBe(2);
  });

  it('keep the VLAN ids of their VLANs in their ranges', async () => {
    const { group, vlan, groups } = open();
    const { id } = await group();
    for (let at = 0; at < 7; at++) await vlan({ vid: 100 + at, name: `v${at}`, groupId: id });
    await expect(
      groups.update(change(), id, { vidRanges: parseVidRanges('107-199') }),
    ).rejects.toMatchObject({
      ...refused('vid_outside_group', 'vid_ranges'),
      message:
        'The VLAN group fra1 has the VLAN ids 107-199, and not those of ' +
        '100 v0, 101 v1, 102 v2, 103 v3, 104 v4 and 2 more.',
    });
    const wider = await groups.update(change(), id, { vidRanges: parseVidRanges('1-106') });
    expect(wider).toMatchObject({ version: 2, vlanCount: 7 });
  });

  it('adopt the VLANs of their name where these fit', async () => {
    const { group, vlan } = open();
    await vlan({ vid: 100, group: 'fra1' });
    const twin = await vlan({ vid: 200, group: 'fra1' });
    await expect(group()).rejects.toMatchObject(refused('vid_outside_group', 'vid_ranges'));
    await expect(group({ vidRanges: parseVidRanges('1-300') })).rejects.toMatchObject(
      refused('name_taken', 'name'),
    );
    expect(twin.groupId).toBeNull();
    expect((await group({ name: 'fra2' })).vlanCount).toBe(0);
  });

  it('are renamed with their VLANs, and not to what other VLANs name', async () => {
    const { group, vlan, groups, unitOfWork } = open();
    const { id } = await group();
    const { id: vlanId } = await vlan({ groupId: id });
    await vlan({ group: 'fra2' });
    await expect(groups.update(change(), id, { name: 'fra2' })).rejects.toMatchObject(
      refused('name_taken', 'name'),
    );
    await groups.update(change(), id, { name: 'fra3' });
    expect((await unitOfWork.read(({ vlans }) => vlans.get(vlanId)))?.group).toBe('fra3');
  });

  it('are for an account or a site, and not for both', async () => {
    const { group } = open();
    await expect(group({ accountId: 9 })).rejects.toMatchObject(
      refused('account_not_found', 'account_id'),
    );
    await expect(group({ accountId: 9, site: 'x' })).rejects.toMatchObject(
      refused('invalid_field', 'site'),
    );
  });

  it('are not deleted while VLANs lie in them', async () => {
    const { group, vlan, groups, vlans } = open();
    const { id } = await group();
    const { id: vlanId } = await vlan({ groupId: id });
    await expect(groups.remove(change(), id)).rejects.toMatchObject({
      code: 'in_use',
      message: 'The VLAN group fra1 is not deleted: VLANs still use it; move or delete them first.',
    });
    await vlans.remove(change(), vlanId);
    expect((await groups.remove(change(), id)).name).toBe('fra1');
  });

  it('give the lowest free VLAN id, tell which are free, and say when none is', async () => {
    const { group, vlan, unitOfWork } = open();
    const { id } = await group({ vidRanges: parseVidRanges('100-102,300') });
    await vlan({ vid: 101, groupId: id });
    const allocate = new AllocateVlan(unitOfWork);
    const take = (name: string) => allocate.execute(change(), id, { name, description: 'd' });
    const free = () => new ReadVlanGroups(unitOfWork).free(id);
    expect(await free()).toEqual({
      ranges: [
        [100, 100],
        [102, 102],
        [300, 300],
      ],
      count: 3,
      next: 100,
    });
    expect(await take('a')).toMatchObject({ vid: 100, group: 'fra1', groupId: id, version: 1 });
    await expect(take('voice')).rejects.toMatchObject(refused('name_taken', 'name'));
    expect([(await take('b')).vid, (await take('c')).vid]).toEqual([102, 300]);
    expect(await free()).toEqual({ ranges: [], count: 0, next: null });
    await expect(take('d')).rejects.toMatchObject({
      code: 'vlan_group_exhausted',
      message: expect.stringContaining('all of 100-102,300 are taken') as string,
    });
    await expect(
      allocate.execute(change(), 99, { name: 'x', description: '' }),
    ).rejects.toMatchObject({ code: 'vlan_group_not_found' });
  });
});
