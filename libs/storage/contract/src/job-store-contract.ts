import { StoredConflict } from '@cloudpam/pools';
import type { Job, JobFilter } from '@cloudpam/reconciliation';
import { SAMPLE_TIME, sampleAccount, sampleJob } from './samples';
import { gate, openedForEachTest, type OpenStorage } from './under-test';

const at = (seconds: number): Date => new Date(SAMPLE_TIME.getTime() + seconds * 1_000);

/** The promises of `JobStore`. */
export function jobStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: jobs`, () => {
    const storage = openedForEachTest(open);
    let accounts: number[];

    beforeEach(async () => {
      accounts = await storage.run(async (stores) => {
        const ids: number[] = [];
        for (const externalId of ['111', '222', '333'])
          ids.push((await stores.accounts.insert(sampleAccount({ externalId }))).id);
        return ids;
      });
    });

    const insert = (fields: Partial<Job> = {}): Promise<Job> =>
      storage.run(({ jobs }) => jobs.insert(sampleJob({ accountId: accounts[0] ?? 0, ...fields })));
    const claimable = (ids: readonly number[], seconds = 0) =>
      storage.run(async ({ jobs }) => (await jobs.claimable(ids, at(seconds)))?.id);

    it('gives back every field, also under the lock and after a change', async () => {
      const job = await insert();
      const counts = {
        scopes: 4,
        complete: 1,
        partial: 2,
        failed: 1,
        imported: 5,
        updated: 6,
        orphaned: 7,
        unchanged: 8,
        conflicts: 9,
      };
      const changed: Job = {
        ...job,
        status: 'partial',
        requestedBy: 'Bob',
        requestedAt: at(1),
        startedAt: at(2),
        finishedAt: at(3),
        instance: 'i',
        lease: 'l',
        leaseUntil: at(4),
        attempt: 2,
        scopesDone: 3,
        scopesTotal: 4,
        message: 'm',
        error: 'e',
        counts,
      };
      expect(await storage.read(({ jobs }) => jobs.get(job.id))).toEqual(job);
      await storage.run(({ jobs }) => jobs.save(changed));
      expect(await storage.run(({ jobs }) => jobs.lock(job.id))).toEqual(changed);
      expect(await storage.read(({ jobs }) => jobs.get(999))).toBeUndefined();
      expect(await storage.run(({ jobs }) => jobs.lock(999))).toBeUndefined();
    });

    it('has one open job for an account, and any number that are ended', async () => {
      const ended = await insert({ status: 'failed', finishedAt: at(1) });
      await insert({ status: 'cancelled', finishedAt: at(1) });
      const open = await insert();
      await expect(insert()).rejects.toThrow(StoredConflict);
      await expect(insert({ status: 'running' })).rejects.toThrow(StoredConflict);
      await expect(
        storage.run(({ jobs }) => jobs.save({ ...ended, status: 'queued' })),
      ).rejects.toThrow(StoredConflict);
      expect(await storage.read(({ jobs }) => jobs.openOf(accounts[0] ?? 0))).toEqual(open);
      expect(await storage.read(({ jobs }) => jobs.openOf(accounts[1] ?? 0))).toBeUndefined();
      await insert({ accountId: accounts[1] });
    });

    it('gives the oldest job of the accounts that waits, or whose lease has ended', async () => {
      const [one, two, three] = accounts;
      const running = await insert({
        accountId: one,
        status: 'running',
        leaseUntil: at(10),
        requestedAt: at(-9),
      });
      const late = await insert({ accountId: two, requestedAt: at(5) });
      const early = await insert({ accountId: three, requestedAt: at(1) });
      expect(await claimable(accounts)).toBe(early.id);
      expect(await claimable([two ?? 0])).toBe(late.id);
      expect(await claimable([one ?? 0])).toBeUndefined();
      expect(await claimable([])).toBeUndefined();
      expect(await claimable([one ?? 0], 11)).toBe(running.id);
      expect(await claimable(accounts, 11)).toBe(running.id);
    });

    it('gives no job to two runs at once', async () => {
      const jobs = [
        await insert({ accountId: accounts[0] }),
        await insert({ accountId: accounts[1] }),
      ].map(({ id }) => id);
      const [has, leave] = [gate(), gate()];
      const claim = (hold: boolean) =>
        storage.run(async (stores) => {
          const job = await stores.jobs.claimable(accounts, at(0));
          if (hold) has.open();
          if (hold) await leave.passed;
          if (job) await stores.jobs.save({ ...job, status: 'running', leaseUntil: at(99) });
          return job?.id;
        });
      const first = claim(true);
      await has.passed;
      const others = [claim(false), claim(false)];
      leave.open();
      const claimed = await Promise.all([first, ...others]);
      expect(claimed.filter((id) => id !== undefined).sort()).toEqual(jobs);
    });

    it('tells the last ended job of each account', async () => {
      await insert({ status: 'failed', finishedAt: at(1) });
      const last = await insert({ status: 'succeeded', finishedAt: at(2) });
      await insert();
      await insert({ accountId: accounts[1] });
      const ended = await storage.read(({ jobs }) => jobs.lastEnded(accounts));
      expect([...ended]).toEqual([[accounts[0], last]]);
      expect((await storage.read(({ jobs }) => jobs.lastEnded([]))).size).toBe(0);
    });

    it('lists the newest first, filtered, in pages, and forgets what ended long ago', async () => {
      const ids = [
        await insert({ status: 'failed', finishedAt: at(1) }),
        await insert({ status: 'succeeded', finishedAt: at(9) }),
        await insert(),
        await insert({ accountId: accounts[1], status: 'running' }),
      ].map(({ id }) => id);
      const list = (filter: JobFilter, page = 1, size = 10) =>
        storage.read(async ({ jobs }) =>
          (await jobs.list(filter, page, size)).items.map(({ id }) => ids.indexOf(id)),
        );
      expect(await list({})).toEqual([3, 2, 1, 0]);
      expect(await list({}, 2, 3)).toEqual([0]);
      expect(await list({ accountId: accounts[0] })).toEqual([2, 1, 0]);
      expect(await list({ status: 'failed' })).toEqual([0]);
      expect(await list({ open: true })).toEqual([3, 2]);
      expect(await list({ open: false })).toEqual([1, 0]);
      expect((await storage.read(({ jobs }) => jobs.list({ open: true }, 1, 1))).total).toBe(2);
      expect(await storage.run(({ jobs }) => jobs.purge(at(5)))).toBe(1);
      expect(await list({})).toEqual([3, 2, 1]);
    });
  });
}
