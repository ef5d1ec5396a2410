import { ALL_VIDS, StoredConflict, type Vlan, type VlanGroup } from '@cloudpam/pools';
import { sampleAccount, sampleVlan, sampleVlanGroup } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

/** The promises of `VlanGroupStore`, and those of `VlanStore` that are about groups. */
export function vlanGroupStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: VLAN groups`, () => {
    const storage = openedForEachTest(open);
    const insert = (fields: Parameters<typeof sampleVlanGroup>[0] = {}): Promise<VlanGroup> =>
      storage.run(({ vlanGroups }) => vlanGroups.insert(sampleVlanGroup(fields)));
    const insertVlan = (fields: Parameters<typeof sampleVlan>[0] = {}): Promise<Vlan> =>
      storage.run(({ vlans }) => vlans.insert(sampleVlan({ group: 'fra1', ...fields })));
    const get = (id: number): Promise<VlanGroup | undefined> =>
      storage.read(({ vlanGroups }) => vlanGroups.get(id));
    const getVlan = (id: number): Promise<Vlan | undefined> =>
      storage.read(({ vlans }) => vlans.get(id));
    const save = (group: VlanGroup): Promise<void> =>
      storage.run(({ vlanGroups }) => vlanGroups.save(group));

    it('gives back every field, also under the lock and by name', async () => {
      const account = await storage.run(({ accounts }) => accounts.insert(sampleAccount()));
      const fields = {
        name: 'müc 1',
        description: 'd',
        vidRanges: [
          [1, 99],
          [4094, 4094],
        ],
        accountId: account.id,
      } as const;
      const group = await insert(fields);
      expect(group).toEqual({ ...sampleVlanGroup(fields), id: group.id });
      expect(await get(group.id)).toEqual(group);
      const locked = await storage.run(async ({ vlanGroups }) => [
        await vlanGroups.lock(group.id),
        await vlanGroups.lockNamed('müc 1'),
        await vlanGroups.lockNamed('Müc 1'),
        await vlanGroups.lock(99),
      ]);
      expect(locked).toEqual([group, group, undefined, undefined]);
      const sited = await insert({ name: 'sited', site: 'läger' });
      expect((await get(sited.id))?.site).toBe('läger');
      const both = await storage.read(({ vlanGroups }) => vlanGroups.getMany([99, group.id]));
      expect(both).toEqual([group]);
    });

    it('lists by name, in pages, by any part of name, site and description', async () => {
      await insert({ name: 'b', description: 'ground floor' });
      await insert({ name: 'a', site: 'Hall 9' });
      const list = async (text?: string): Promise<string[]> =>
        (await storage.read(({ vlanGroups }) => vlanGroups.list({ text }, 1, 10))).items.map(
          (group) => group.name,
        );
      expect([await list(), await list('hall'), await list('floor'), await list('x')]).toEqual([
        ['a', 'b'],
        ['a'],
        ['b'],
        [],
      ]);
    });

    it('refuses a name that is taken', async () => {
      await insert();
      await expect(insert()).rejects.toThrow(StoredConflict);
      const other = await insert({ name: 'other' });
      await expect(save({ ...other, name: 'fra1' })).rejects.toThrow(StoredConflict);
    });

    it('has the VLANs of its name, whichever was there first, and counts them', async () => {
      const before = await insertVlan({ vid: 1, name: 'before' });
      expect(before.groupId).toBeNull();
      const group = await insert();
      const after = await insertVlan({ vid: 2, name: 'after' });
      await insertVlan({ vid: 3, group: 'Fra1' });
      expect([group.vlanCount, after.groupId]).toEqual([1, group.id]);
      expect((await getVlan(before.id))?.groupId).toBe(group.id);
      const [listed, named] = await storage.read(async ({ vlans }) => [
        (await vlans.list({ groupId: group.id }, 1, 10)).items.map(({ vid }) => vid),
        await vlans.inGroup('fra1'),
      ]);
      expect([listed, named]).toEqual([
        [1, 2],
        [
          { id: before.id, vid: 1, name: 'before' },
          { id: after.id, vid: 2, name: 'after' },
        ],
      ]);
      expect((await get(group.id))?.vlanCount).toBe(2);
      await storage.run(({ vlans }) => vlans.save({ ...after, group: '' }));
      expect((await getVlan(after.id))?.groupId).toBeNull();
      expect((await get(group.id))?.vlanCount).toBe(1);
    });

    it('gives its VLANs its new name', async () => {
      const group = await insert();
      const vlan = await insertVlan();
      await save({ ...group, name: 'fra2', site: 's', vidRanges: [[100, 200]], version: 2 });
      expect(await get(group.id)).toEqual({
        ...group,
        ...{ name: 'fra2', site: 's', vidRanges: [[100, 200]], version: 2, vlanCount: 1 },
      });
      expect(await getVlan(vlan.id)).toEqual({ ...vlan, group: 'fra2' });
    });

    it('does not take the name that other VLANs have, when it is renamed', async () => {
      const group = await insert();
      await insertVlan();
      await insertVlan({ group: 'fra2' });
      await expect(save({ ...group, name: 'fra2' })).rejects.toThrow(StoredConflict);
    });

    it('refuses a VLAN whose VLAN id is in none of its ranges', async () => {
      await insert({ vidRanges: [[100, 199]] });
      await expect(insertVlan({ vid: 200 })).rejects.toThrow(StoredConflict);
      const vlan = await insertVlan({ vid: 199 });
      const outside = { ...vlan, vid: 99 };
      await expect(storage.run(({ vlans }) => vlans.save(outside))).rejects.toThrow(StoredConflict);
      const free = await insertVlan({ vid: 9, group: '' });
      const inside = { ...free, group: 'fra1' };
      await expect(storage.run(({ vlans }) => vlans.save(inside))).rejects.toThrow(StoredConflict);
    });

    it('refuses ranges that leave a VLAN out, new ones and its first ones', async () => {
      await insertVlan({ vid: 100 });
      await expect(insert({ vidRanges: [[101, 199]] })).rejects.toThrow(StoredConflict);
      const group = await insert();
      await expect(save({ ...group, vidRanges: [[101, 199]] })).rejects.toThrow(StoredConflict);
      await save({ ...group, vidRanges: [[100, 100]] });
    });

    it('has a name of a VLAN once, and outside of groups it is had more often', async () => {
      await insertVlan({ vid: 1, name: 'same' });
      await insertVlan({ vid: 2, name: 'same' });
      await expect(insert()).rejects.toThrow(StoredConflict);
      await insert({ name: 'other' });
      await insertVlan({ vid: 1, name: 'one', group: 'other' });
      await expect(insertVlan({ vid: 2, name: 'one', group: 'other' })).rejects.toThrow(
        StoredConflict,
      );
    });

    it('is not removed while VLANs lie in it', async () => {
      const group = await insert();
      const vlan = await insertVlan();
      expect(await storage.read(({ vlanGroups }) => vlanGroups.useCount(group.id))).toBe(1);
      const remove = (): Promise<void> =>
        storage.run(({ vlanGroups }) => vlanGroups.remove(group.id));
      await expect(remove()).rejects.toThrow(StoredConflict);
      await storage.run(({ vlans }) => vlans.remove(vlan.id));
      await remove();
      expect(await get(group.id)).toBeUndefined();
    });

    it('keeps its account from being removed', async () => {
      const account = await storage.run(({ accounts }) => accounts.insert(sampleAccount()));
      await insert({ accountId: account.id, vidRanges: ALL_VIDS });
      expect(await storage.read(({ accounts }) => accounts.useCount(account.id))).toBe(1);
      await expect(storage.run(({ accounts }) => accounts.remove(account.id))).rejects.toThrow(
        StoredConflict,
      );
    });
  });
}
