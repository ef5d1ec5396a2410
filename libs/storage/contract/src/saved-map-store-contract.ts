import type { SavedMap } from '@cloudpam/import';
import { SAMPLE_TIME } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

function saved(name: string, fields: Partial<SavedMap> = {}): SavedMap {
  return {
    name,
    map: { columns: { vrf: 'Büro', cidr: null }, tags: ['a', 'b'] },
    updatedAt: SAMPLE_TIME,
    version: 1,
    ...fields,
  };
}

/** What `SavedMapStore` promises. */
export function savedMapStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: saved maps`, () => {
    const storage = openedForEachTest(open);

    it('are kept as they are, and listed by name up to a limit', async () => {
      const maps = [saved('b'), saved('B'), saved('ä', { map: {} }), saved('a "quoted"')];
      await storage.run(async ({ savedMaps }) => {
        for (const map of maps) await savedMaps.put(map);
      });
      const listed = await storage.read(({ savedMaps }) => savedMaps.list(10));
      expect(listed).toEqual([maps[1], maps[3], maps[0], maps[2]]);
      expect(JSON.stringify(listed[0]?.map)).toBe(JSON.stringify(maps[1]?.map));
      expect(await storage.read(({ savedMaps }) => savedMaps.list(2))).toHaveLength(2);
    });

    it('take the place of what has the name', async () => {
      const next = saved('a', { map: { vrf: 'lab' }, version: 2 });
      await storage.run(({ savedMaps }) => savedMaps.put(saved('a')));
      await storage.run(({ savedMaps }) => savedMaps.put(next));
      expect(await storage.run(({ savedMaps }) => savedMaps.lock('a'))).toEqual(next);
      expect(await storage.read(({ savedMaps }) => savedMaps.list(10))).toEqual([next]);
    });

    it('are forgotten by name, and one that is not there is no error', async () => {
      await storage.run(({ savedMaps }) => savedMaps.put(saved('a')));
      await storage.run(async ({ savedMaps }) => {
        await savedMaps.remove('b');
        await savedMaps.remove('a');
      });
      expect(await storage.run(({ savedMaps }) => savedMaps.lock('a'))).toBeUndefined();
      expect(await storage.read(({ savedMaps }) => savedMaps.list(10))).toEqual([]);
    });
  });
}
