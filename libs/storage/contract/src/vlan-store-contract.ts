import { StoredConflict } from '@cloudpam/pools';
import { insertTree } from './planted';
import { sampleVlan } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

/** The promises of `VlanStore`. */
export function vlanStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: VLANs`, () => {
    const storage = openedForEachTest(open);
    const insert = (fields: Parameters<typeof sampleVlan>[0]) =>
      storage.run(({ vlans }) => vlans.insert(sampleVlan(fields)));

    it('gives back every field, also under the lock', async () => {
      const vlan = await insert({ vid: 4094, group: 'fra1', name: 'n', description: 'd' });
      expect(vlan).toEqual({
        ...sampleVlan({ vid: 4094, group: 'fra1', name: 'n', description: 'd' }),
        id: vlan.id,
      });
      expect(await storage.read(({ vlans }) => vlans.get(vlan.id))).toEqual(vlan);
      expect(await storage.run(({ vlans }) => vlans.lock(vlan.id))).toEqual(vlan);
      expect(await storage.run(({ vlans }) => vlans.lock(99))).toBeUndefined();
    });

    it('finds many by id, and leaves out what is not there', async () => {
      const [one, two] = [await insert({ vid: 1 }), await insert({ vid: 2 })];
      const found = await storage.read(({ vlans }) => vlans.getMany([two.id, 99, one.id, one.id]));
      expect(found.sort((a, b) => a.id - b.id)).toEqual([one, two]);
      expect(await storage.read(({ vlans }) => vlans.getMany([]))).toEqual([]);
    });

    it('lists by group and vid, in pages', async () => {
      for (const [group, vid] of [
        ['b', 1],
        ['a', 20],
        ['a', 3],
        ['', 9],
      ] as const)
        await insert({ group, vid });
      const list = (page: number, size: number) =>
        storage.read(({ vlans }) => vlans.list({}, page, size));
      expect((await list(1, 10)).items.map((vlan) => `${vlan.group}${vlan.vid}`)).toEqual([
        '9',
        'a3',
        'a20',
        'b1',
      ]);
      expect((await list(2, 3)).items).toHaveLength(1);
      expect((await list(2, 3)).total).toBe(4);
      const found = async (text: string): Promise<number[]> =>
        (await storage.read(({ vlans }) => vlans.list({ text }, 1, 10))).items.map(
          (vlan) => vlan.vid,
        );
      expect([await found('20'), await found('A'), await found('none')]).toEqual([
        [20],
        [3, 20],
        [],
      ]);
    });

    it('refuses a vid that is taken in its group', async () => {
      await insert({ group: 'a', vid: 1 });
      const other = await insert({ group: 'b', vid: 1 });
      await expect(insert({ group: 'a', vid: 1 })).rejects.toThrow(StoredConflict);
      await expect(
        storage.run(({ vlans }) => vlans.save({ ...other, group: 'a' })),
      ).rejects.toThrow(StoredConflict);
    });

    it('saves all fields, and removes', async () => {
      const vlan = await insert({});
      const changed = { ...vlan, vid: 7, name: 'x', group: 'g', description: 'd', version: 2 };
      await storage.run(({ vlans }) => vlans.save(changed));
      expect(await storage.read(({ vlans }) => vlans.get(vlan.id))).toEqual(changed);
      await storage.run(({ vlans }) => vlans.remove(vlan.id));
      expect(await storage.read(({ vlans }) => vlans.get(vlan.id))).toBeUndefined();
    });

    it('counts the pools that name it, and is not removed while there are any', async () => {
      const vlan = await insert({});
      await storage.run((stores) =>
        insertTree(stores, ['10.0.0.0/8', { cidr: '10.0.0.0/24', vlanId: vlan.id }]),
      );
      expect(await storage.read(({ vlans }) => vlans.useCount(vlan.id))).toBe(1);
      await expect(storage.run(({ vlans }) => vlans.remove(vlan.id))).rejects.toThrow(
        StoredConflict,
      );
    });
  });
}
