import { GLOBAL_VRF_ID, StoredConflict } from '@cloudpam/pools';
import { cloud, insertTree } from './planted';
import { SAMPLE_TIME, sampleVrf } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

/** The promises of `VrfStore`. */
export function vrfStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: VRFs`, () => {
    const storage = openedForEachTest(open);
    const insert = (fields: Parameters<typeof sampleVrf>[0]) =>
      storage.run(({ vrfs }) => vrfs.insert(sampleVrf(fields)));

    it('has the VRF global from the start', async () => {
      expect(await storage.read(({ vrfs }) => vrfs.get(GLOBAL_VRF_ID))).toMatchObject({
        id: 1,
        name: 'global',
        rd: null,
        version: 1,
      });
    });

    it('gives back every field, also under the lock', async () => {
      const vrf = await insert({ rd: '65000:1', description: 'text' });
      expect(vrf).toEqual({ ...sampleVrf({ rd: '65000:1', description: 'text' }), id: vrf.id });
      expect(await storage.read(({ vrfs }) => vrfs.get(vrf.id))).toEqual(vrf);
      expect(await storage.run(({ vrfs }) => vrfs.lock(vrf.id))).toEqual(vrf);
      expect(await storage.run(({ vrfs }) => vrfs.lock(99))).toBeUndefined();
      expect(await storage.read(({ vrfs }) => vrfs.get(99))).toBeUndefined();
    });

    it('finds many by id, and leaves out what is not there', async () => {
      const vrf = await insert({});
      const found = await storage.read(({ vrfs }) => vrfs.getMany([vrf.id, 99, 1, vrf.id]));
      expect(found.map(({ id }) => id).sort()).toEqual([GLOBAL_VRF_ID, vrf.id].sort());
      expect(await storage.read(({ vrfs }) => vrfs.getMany([]))).toEqual([]);
    });

    it('saves all fields', async () => {
      const vrf = await insert({});
      const changed = {
        ...vrf,
        name: 'x',
        rd: '1:2',
        description: 'd',
        version: 5,
        updatedAt: new Date(SAMPLE_TIME.getTime() + 1),
      };
      await storage.run(({ vrfs }) => vrfs.save(changed));
      expect(await storage.read(({ vrfs }) => vrfs.get(vrf.id))).toEqual(changed);
    });

    it('lists by name, in pages', async () => {
      for (const each of ['zeta', 'alpha', 'mid']) await insert({ name: each });
      const { items, total } = await storage.read(({ vrfs }) => vrfs.list({}, 2, 2));
      expect(items.map((vrf) => vrf.name)).toEqual(['mid', 'zeta']);
      expect(total).toBe(4);
      await insert({ name: 'labels', rd: '65000:7' });
      const found = async (text: string): Promise<string[]> =>
        (await storage.read(({ vrfs }) => vrfs.list({ text }, 1, 10))).items.map((vrf) => vrf.name);
      expect([await found('ET'), await found('65000:7'), await found('_')]).toEqual([
        ['zeta'],
        ['labels'],
        [],
      ]);
    });

    it('refuses a name or route distinguisher that is taken, and takes any number without one', async () => {
      await insert({ name: 'a', rd: '1:1' });
      await expect(insert({ name: 'a' })).rejects.toThrow(StoredConflict);
      await expect(insert({ name: 'b', rd: '1:1' })).rejects.toThrow(StoredConflict);
      const b = await insert({ name: 'b' });
      await insert({ name: 'c' });
      await expect(storage.run(({ vrfs }) => vrfs.save({ ...b, name: 'a' }))).rejects.toThrow(
        StoredConflict,
      );
    });

    it('counts pools and networks, and is not removed while there are any', async () => {
      const vrf = await insert({});
      await storage.run(async (stores) => {
        await insertTree(stores, ['10.0.0.0/8', '10.0.0.0/16'], vrf.id);
        await cloud(stores, '1', { vrfId: vrf.id });
      });
      expect(await storage.read(({ vrfs }) => vrfs.useCount(vrf.id))).toBe(3);
      expect(await storage.read(({ vrfs }) => vrfs.useCount(GLOBAL_VRF_ID))).toBe(0);
      await expect(storage.run(({ vrfs }) => vrfs.remove(vrf.id))).rejects.toThrow(StoredConflict);
    });

    it('removes an unused one', async () => {
      const vrf = await insert({});
      await storage.run(({ vrfs }) => vrfs.remove(vrf.id));
      expect(await storage.read(({ vrfs }) => vrfs.get(vrf.id))).toBeUndefined();
    });
  });
}
