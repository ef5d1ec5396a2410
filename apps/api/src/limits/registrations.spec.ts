import { IDENTITY_EVENTS } from '@cloudpam/identity';
import { POOL_EVENTS, RECORD_EVENTS } from '@cloudpam/pools';
import { DISCOVERY_EVENTS } from '@cloudpam/reconciliation';
import { MemoryStorage } from '@cloudpam/storage-memory';
import { ENTITIES, VISIBLE } from './registry';

describe('what callers with limits see and change', () => {
  it('is registered for every store of the storage', async () => {
    const storage = new MemoryStorage();
    const stores = await storage.unitOfWork.read(async (all) => Object.keys(all));
    await storage.close();
    expect(stores.filter((name) => !Object.hasOwn(VISIBLE, name))).toEqual([]);
    expect(Object.keys(VISIBLE).filter((name) => !stores.includes(name))).toEqual([]);
  });

  it('is registered for every entity that events are about', () => {
    const types = [POOL_EVENTS, RECORD_EVENTS, DISCOVERY_EVENTS, IDENTITY_EVENTS].flatMap((each) =>
      Object.keys(each),
    );
    const entities = new Set(types.map((type) => type.slice(0, type.indexOf('.'))));
    expect([...entities].filter((entity) => !Object.hasOwn(ENTITIES, entity))).toEqual([]);
    expect(Object.keys(ENTITIES).filter((entity) => !entities.has(entity))).toEqual([]);
  });
});
