import { KeepRecords, ReadRecords, VLANS, VRFS } from './index';
import { change, planning } from './testing';

describe('ReadRecords', () => {
  it('gives records one by one and in lists, narrowed by their texts', async () => {
    const { unitOfWork } = planning();
    const keep = new KeepRecords(unitOfWork, VLANS);
    const names = ['voice', 'office', 'lab'];
    for (const [at, name] of names.entries())
      await keep.create(change(), {
        vid: 10 + at,
        name,
        group: '',
        groupId: null,
        description: '',
      });
    const vlans = new ReadRecords(unitOfWork, VLANS);
    const page = await vlans.list({}, 2, 2);
    expect([page.items.map(({ name }) => name), page.total]).toEqual([['lab'], 3]);
    expect((await vlans.list({ text: 'OFF' }, 1, 5)).items).toEqual([
      await vlans.get(page.items[0]?.id === undefined ? 0 : page.items[0].id - 1),
    ]);
  });

  it('names the kind that is not there', async () => {
    const { unitOfWork } = planning();
    await expect(new ReadRecords(unitOfWork, VLANS).get(7)).rejects.toMatchObject({
      code: 'vlan_not_found',
      message: 'There is no VLAN 7.',
    });
    await expect(new ReadRecords(unitOfWork, VRFS).get(7)).rejects.toMatchObject({
      code: 'vrf_not_found',
    });
    expect((await new ReadRecords(unitOfWork, VRFS).get(1)).name).toBe('global');
  });
});
