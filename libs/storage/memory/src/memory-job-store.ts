import { StoredConflict } from '@cloudpam/pools';
import { isOpen, type Job, type JobFilter, type JobStore } from '@cloudpam/reconciliation';
import { pageOf } from './page-of';
import type { Tables } from './stores';

/** Discovery jobs over a Map. */
export class MemoryJobStore implements JobStore {
  constructor(private readonly tables: Tables) {}

  async get(id: number): Promise<Job | undefined> {
    return this.tables.jobs.get(id);
  }

  async lock(id: number): Promise<Job | undefined> {
    return this.tables.jobs.get(id);
  }

  async openOf(accountId: number): Promise<Job | undefined> {
    return this.tables.jobs.all().find((job) => job.accountId === accountId && isOpen(job));
  }

  async lastEnded(accountIds: readonly number[]): Promise<Map<number, Job>> {
    const last = new Map<number, Job>();
    for (const job of this.tables.jobs.all().sort((a, b) => a.id - b.id)) {
      if (!isOpen(job) && accountIds.includes(job.accountId)) last.set(job.accountId, job);
    }
    return last;
  }

  async claimable(accountIds: readonly number[], at: Date): Promise<Job | undefined> {
    return this.tables.jobs
      .all()
      .filter(
        (job) =>
          accountIds.includes(job.accountId) &&
          isOpen(job) &&
          (job.status === 'queued' || (job.leaseUntil !== null && job.leaseUntil < at)),
      )
      .sort((a, b) => a.requestedAt.getTime() - b.requestedAt.getTime() || a.id - b.id)[0];
  }

  async insert(job: Omit<Job, 'id'>): Promise<Job> {
    const stored = { ...job, id: this.tables.jobs.takeId() };
    this.check(stored);
    this.tables.jobs.set(stored.id, stored);
    return stored;
  }

  async save(job: Job): Promise<void> {
    this.check(job);
    this.tables.jobs.update(job.id, () => job);
  }

  async list(
    filter: JobFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: Job[]; total: number }> {
    const found = this.tables.jobs
      .all()
      .filter(
        (job) =>
          (filter.accountId === undefined || job.accountId === filter.accountId) &&
          (!filter.accountIds || filter.accountIds.includes(job.accountId)) &&
          (filter.status === undefined || job.status === filter.status) &&
          (filter.open === undefined || isOpen(job) === filter.open),
      );
    return pageOf(
      found.sort((a, b) => b.id - a.id),
      page,
      pageSize,
    );
  }

  async purge(before: Date): Promise<number> {
    const gone = this.tables.jobs
      .all()
      .filter((job) => job.finishedAt !== null && job.finishedAt < before);
    for (const { id } of gone) this.tables.jobs.delete(id);
    return gone.length;
  }

  private check(job: Job): void {
    if (!this.tables.accounts.has(job.accountId)) throw new StoredConflict('job_account');
    const other =
      isOpen(job) &&
      this.tables.jobs
        .all()
        .some((each) => each.id !== job.id && each.accountId === job.accountId && isOpen(each));
    if (other) throw new StoredConflict('job_open_unique');
  }
}
