import { createHash } from 'node:crypto';
import { FollowLog, SealAudit, type SealedEvent } from '@cloudpam/audit';
import { SAMPLE_TIME, sampleAuditEntry } from './samples';
import type { AllStores } from './stores';
import { gate, openedForEachTest, type OpenStorage } from './under-test';

const LEASE_MS = 20_000;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Following the log, by several servers, over a storage. */
export function followLogContract(name: string, open: OpenStorage): void {
  describe(`${name}: following the log`, () => {
    const storage = openedForEachTest(open);
    let seconds = 0;
    beforeEach(() => (seconds = 0));

    /** Appends and seals events about these entities. */
    const happened = async (...entities: string[]): Promise<void> => {
      await storage.run(({ audit }) =>
        audit.append(entities.map((entityId) => sampleAuditEntry({ entityId }))),
      );
      await new SealAudit(storage, sha256).execute();
    };
    const follower = (
      server: string,
      /** Gives how many were handled, all where it gives nothing. */
      handle: (entities: string[]) => Promise<number | void>,
      subscriber = 'daily usage',
    ): FollowLog =>
      new FollowLog(
        storage,
        {
          name: subscriber,
          leaseMs: LEASE_MS,
          batch: 2,
          handle: async (events: readonly SealedEvent[]) =>
            (await handle(events.map(({ entry }) => entry.entityId))) ?? events.length,
        },
        server,
        () => new Date(SAMPLE_TIME.getTime() + seconds * 1_000),
      );
    const position = (subscriber = 'daily usage'): Promise<number | undefined> =>
      storage.read(async ({ subscribers }) => (await subscribers.get(subscriber))?.seq);

    it('gets every sealed event in order, in batches, and goes on where it was', async () => {
      const seen: string[][] = [];
      const one = follower('one', async (entities) => void seen.push(entities));
      expect(await one.execute()).toBe(0);
      await happened('a', 'b', 'c');
      expect(await one.execute()).toBe(3);
      expect(await one.execute()).toBe(0);
      await happened('d');
      expect(await follower('two', async (entities) => void seen.push(entities)).execute()).toBe(1);
      expect([seen, await position()]).toEqual([[['a', 'b'], ['c'], ['d']], 4]);
    });

    it('keeps the position of each subscriber by itself', async () => {
      await happened('a', 'b');
      await follower('one', () => Promise.resolve()).execute();
      const seen: string[] = [];
      await follower('one', async (some) => void seen.push(...some), 'webhook 1').execute();
      expect([seen, await position(), await position('webhook 1')]).toEqual([['a', 'b'], 2, 2]);
    });

    it('gives a batch that failed again, and nothing behind it', async () => {
      await happened('a', 'b', 'c');
      const failing = follower('one', () => Promise.reject(new Error('away')));
      await expect(failing.execute()).rejects.toThrow('away');
      expect(await position()).toBe(0);
      const seen: string[] = [];
      await follower('two', async (some) => void seen.push(...some)).execute();
      expect(seen).toEqual(['a', 'b', 'c']);
    });

    it('goes on behind what was handled of a batch, in the same run', async () => {
      await happened('a', 'b', 'c');
      const seen: string[][] = [];
      const one = follower('one', async (entities) => {
        seen.push(entities);
        return 1;
      });
      expect(await one.execute()).toBe(3);
      expect([seen, await position()]).toEqual([[['a', 'b'], ['b', 'c'], ['c']], 3]);
    });

    it('keeps what was handled of a batch when the rest fails', async () => {
      await happened('a', 'b');
      const results = [async () => 1, () => Promise.reject(new Error('away'))];
      const one = follower('one', async () => results.shift()?.());
      await expect(one.execute()).rejects.toThrow('away');
      expect(await position()).toBe(1);
    });

    it('is done by one server at a time, and by another one when the first was killed', async () => {
      await happened('a', 'b', 'c');
      const begun = gate();
      const never = gate();
      const killed = follower('killed', async () => {
        begun.open();
        await never.passed;
      });
      const dying = killed.execute();
      await begun.passed;
      const seen: string[] = [];
      const other = follower('other', async (some) => void seen.push(...some));
      seconds = 19;
      expect([await other.execute(), seen]).toEqual([0, []]);
      seconds = 20;
      expect([await other.execute(), seen]).toEqual([3, ['a', 'b', 'c']]);
      // Had it only been slow, it would take nothing back.
      never.open();
      expect([await dying, await position()]).toEqual([0, 3]);
    });

    it('is never waited for by a write', async () => {
      await happened('a');
      const written: string[] = [];
      await follower('one', async () => {
        await storage.run(({ audit }) => audit.append([sampleAuditEntry({ entityId: 'b' })]));
        written.push('b');
      }).execute();
      expect(written).toEqual(['b']);
    });

    it('undoes what a fold has written when it fails, and notes nothing', async () => {
      await happened('a', 'b', 'c');
      const fold = (fails: boolean): FollowLog<AllStores> =>
        new FollowLog(
          storage,
          {
            name: 'fold',
            leaseMs: LEASE_MS,
            batch: 2,
            fold: async ({ answers }, events) => {
              for (const { entry } of events)
                await answers.claim('fold', entry.entityId, '', SAMPLE_TIME);
              if (fails) throw new Error('away');
            },
          },
          'one',
          () => SAMPLE_TIME,
        );
      await expect(fold(true).execute()).rejects.toThrow('away');
      expect(await position('fold')).toBe(0);
      expect([await fold(false).execute(), await fold(false).execute()]).toEqual([3, 0]);
      expect(await position('fold')).toBe(3);
    });

    it('ends between batches when it is told to', async () => {
      await happened('a', 'b', 'c');
      const stop = new AbortController();
      const one = follower('one', async () => stop.abort());
      expect([await one.execute(stop.signal), await position()]).toEqual([2, 2]);
    });
  });
}
