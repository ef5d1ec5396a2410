import { parseCidr } from '@cloudpam/cidr';
import { GLOBAL_VRF_ID, type Pool } from '@cloudpam/pools';
import { samplePool } from '@cloudpam/storage-contract';
import { MemoryStorage } from './memory-storage';
import type { MemoryStores } from './stores';

function pool(id: number, cidr: string, parentId: number | null): Pool {
  return samplePool({ id, cidr, parentId, externalId: `x-${id}` });
}

/** Everything that a change of the pool tree shows in. */
async function picture({ pools }: MemoryStores): Promise<unknown> {
  return {
    all: await pools.list({}, { sort: [{ field: 'cidr', descending: false }], size: 100 }),
    below: (await pools.descendants([1])).map(({ id }) => id),
    around: (await pools.smallestContaining(GLOBAL_VRF_ID, [parseCidr('10.0.1.128/25')])).map(
      (found) => found?.id,
    ),
    free: await pools.freeBlocks(1, { order: 'address', limit: 100 }),
    external: (await pools.byExternalId(GLOBAL_VRF_ID, ['x-1', 'x-2', 'x-3', 'x-4'])).map(
      ({ id }) => id,
    ),
  };
}

/** Inserts a pool between two levels, moves, resizes and removes. */
async function rebuild({ pools }: MemoryStores): Promise<void> {
  await pools.setParent([3], 4);
  await pools.insert([pool(4, '10.0.0.0/22', 1)]);
  await pools.save([{ ...pool(3, '10.0.1.0/25', 4), externalId: 'x-9' }]);
  await pools.remove([2]);
}

async function planted(): Promise<MemoryStorage> {
  const storage = new MemoryStorage();
  await storage.unitOfWork.run(async ({ pools }) => {
    await pools.reserveIds(4);
    await pools.insert([
      pool(1, '10.0.0.0/16', null),
      pool(2, '10.0.4.0/24', 1),
      pool(3, '10.0.1.0/24', 1),
    ]);
  });
  return storage;
}

/** A promise and the way to fulfil it. */
function gate(): { open: () => void; opened: Promise<void> } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe('MemoryStorage', () => {
  it('finds everything as it was after a run is rolled back', async () => {
    const { unitOfWork } = await planted();
    const before = await unitOfWork.read(picture);
    await expect(
      unitOfWork.run(async (stores) => {
        await rebuild(stores);
        expect(await picture(stores)).not.toEqual(before);
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect(await unitOfWork.read(picture)).toEqual(before);
  });

  it('lets a read that began before a run see the state before it, during the run and after it', async () => {
    const { unitOfWork } = await planted();
    const before = await unitOfWork.read(picture);
    const changed = gate();
    const readOnce = gate();
    const committed = gate();
    const reading = unitOfWork.read(async (stores) => {
      await changed.opened;
      const during = await picture(stores);
      readOnce.open();
      await committed.opened;
      return [during, await picture(stores)];
    });
    await unitOfWork.run(async (stores) => {
      await rebuild(stores);
      const own = await picture(stores);
      changed.open();
      await readOnce.opened;
      expect(await picture(stores)).toEqual(own);
    });
    committed.open();
    expect(await reading).toEqual([before, before]);
    expect(await unitOfWork.read(picture)).not.toEqual(before);
  });

  it('runs one after another, in the order of the calls', async () => {
    const { unitOfWork } = new MemoryStorage();
    const seen: string[] = [];
    const first = gate();
    const runs = [
      unitOfWork.run(async () => {
        await first.opened;
        seen.push('first');
      }),
      unitOfWork.run(async () => {
        seen.push('second');
        throw new Error('fails');
      }),
      unitOfWork.run(async () => {
        seen.push('third');
      }),
    ];
    first.open();
    const ends = await Promise.allSettled(runs);
    expect(seen).toEqual(['first', 'second', 'third']);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('refuses a run inside a run, and allows one that a run has only caused', async () => {
    const { unitOfWork } = new MemoryStorage();
    const ended = gate();
    let caused: Promise<string> | undefined;
    await unitOfWork.run(async () => {
      await expect(unitOfWork.run(async () => 'inner')).rejects.toThrow('a run inside a run');
      caused = ended.opened.then(() => unitOfWork.run(async () => 'later'));
    });
    ended.open();
    expect(await caused).toBe('later');
  });

  it('refuses to write in a read', async () => {
    const { unitOfWork } = new MemoryStorage();
    await expect(
      unitOfWork.read(({ pools }) => pools.insert([pool(1, '10.0.0.0/16', null)])),
    ).rejects.toThrow();
  });

  it('finishes the runs that were asked for before it closes, and refuses later ones', async () => {
    const storage = await planted();
    const running = storage.unitOfWork.run(async ({ pools }) => (await pools.get(1))?.id);
    await storage.close();
    expect(await running).toBe(1);
    await expect(storage.unitOfWork.run(async () => 0)).rejects.toThrow('closed');
    await expect(storage.ping()).rejects.toThrow('closed');
  });
});
