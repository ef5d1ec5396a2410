import { PastTrees } from './past-trees';
import { sampleAuditEntry } from '@cloudpam/storage-contract';
import { memoryStorage, type Storage } from '../storage/storage';

const NOW = Date.UTC(2026, 0, 10);
const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));

/** A storage whose readings wait to be let go, and that counts them. */
function held(): {
  work: Storage['unitOfWork'];
  readings: () => number;
  atOnce: () => number;
  go: () => void;
} {
  const { unitOfWork } = memoryStorage();
  let [readings, running, most] = [0, 0, 0];
  let go = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  const work = Object.create(unitOfWork) as Storage['unitOfWork'];
  work.read = async (read) => {
    readings += 1;
    most = Math.max(most, (running += 1));
    await gate;
    running -= 1;
    return unitOfWork.read(read);
  };
  return { work, readings: () => readings, atOnce: () => most, go };
}

describe('trees of the past', () => {
  it('are built one at a time, and once for all who ask for the same time', async () => {
    const { work, readings, atOnce, go } = held();
    const trees = new PastTrees(work);
    const ask = (n: number): Promise<unknown> =>
      trees.at(day(n), NOW, new AbortController().signal);
    const asked = [1, 2, 3, 3, 3, 4, 5, 6, 7, 8].map(ask);
    go();
    await Promise.all(asked);
    expect([readings(), atOnce()]).toEqual([8, 1]);
    await ask(8);
    expect(readings()).toBe(8);
  });

  it('read no further when nobody waits any more', async () => {
    const { unitOfWork } = memoryStorage();
    const diff = { before: null, after: { cidr: '10.0.0.0/8', vrf_id: 1 } };
    await unitOfWork.run(({ audit }) =>
      audit.append(
        Array.from({ length: 5_000 }, (_, n) =>
          sampleAuditEntry({ at: day(1), entityId: String(n), diff }),
        ),
      ),
    );
    const client = new AbortController();
    let readings = 0;
    const work = Object.create(unitOfWork) as typeof unitOfWork;
    work.read = (read) => {
      readings += 1;
      if (readings === 3) client.abort(new Error('gone'));
      return unitOfWork.read(read);
    };
    await expect(new PastTrees(work).at(day(1), NOW, client.signal)).rejects.toThrow('gone');
    await new Promise(setImmediate);
    expect(readings).toBe(3);
  });

  it('are given up when the last of those who asked has gone', async () => {
    const { work, readings, go } = held();
    const trees = new PastTrees(work);
    const clients = [new AbortController(), new AbortController(), new AbortController()];
    const asked = [1, 1, 2].map((n, at) =>
      trees.at(day(n), NOW, clients[at]?.signal ?? AbortSignal.abort()),
    );
    clients[0]?.abort(new Error('first gone'));
    await expect(asked[0]).rejects.toThrow('first gone');
    clients[2]?.abort(new Error('third gone'));
    await expect(asked[2]).rejects.toThrow('third gone');
    go();
    await asked[1];
    // The second tree waited for the first, and was not begun.
    expect(readings()).toBe(1);
  });
});
