import type { Job, JobFilter, JobStore } from '@cloudpam/reconciliation';
import type { Session } from './session';
import { totalOf } from './simple-rows';
import { raw, sql, where, type Sql } from './sql';
import { jsonOf, optionalTimeOf, timeOf } from './values';

interface JobRow {
  readonly id: number;
  readonly account_id: number;
  readonly status: Job['status'];
  readonly requested_by: string;
  readonly requested_at: Date | number;
  readonly started_at: Date | number | null;
  readonly finished_at: Date | number | null;
  readonly instance: string | null;
  readonly lease: string | null;
  readonly lease_until: Date | number | null;
  readonly attempt: number;
  readonly scopes_done: number;
  readonly scopes_total: number | null;
  readonly message: string;
  readonly error: string | null;
  readonly counts: Job['counts'] | string;
}

const OPEN = raw(`j.status in ('queued', 'running')`);

/** Discovery jobs in table `job`. */
export class TypeOrmJobStore implements JobStore {
  constructor(private readonly session: Session) {}

  async get(id: number): Promise<Job | undefined> {
    return this.one(sql`select j.* from job j where j.id = ${id}`);
  }

  async lock(id: number): Promise<Job | undefined> {
    return this.one(
      sql`select j.* from job j where j.id = ${id} ${this.session.dialect.lock('j')}`,
    );
  }

  async openOf(accountId: number): Promise<Job | undefined> {
    return this.one(sql`select j.* from job j where j.account_id = ${accountId} and ${OPEN}`);
  }

  async lastEnded(accountIds: readonly number[]): Promise<Map<number, Job>> {
    if (accountIds.length === 0) return new Map();
    const rows = await this.session.rows<JobRow>(sql`select j.* from job j where j.id in (
      select max(e.id) from job e where ${this.session.dialect.among(sql`e.account_id`, 'id', accountIds)}
      and e.status not in ('queued', 'running') group by e.account_id)`);
    return new Map(rows.map((row) => [row.account_id, jobFromRow(row)]));
  }

  async claimable(accountIds: readonly number[], at: Date): Promise<Job | undefined> {
    if (accountIds.length === 0) return undefined;
    const { among, lockFree } = this.session.dialect;
    return this.one(sql`select j.* from job j where ${OPEN} and (j.status = 'queued'
        or j.lease_until < ${at}) and ${among(sql`j.account_id`, 'id', accountIds)}
      order by j.requested_at, j.id limit 1 ${lockFree('j')}`);
  }

  async insert(job: Omit<Job, 'id'>): Promise<Job> {
    const [row] = await this.session.rows<{
      id: number;
    }>(sql`insert into job (account_id, status, requested_by, requested_at, started_at, finished_at, instance, lease,
      lease_until, attempt, scopes_done, scopes_total, message, error, counts)
      values
      (${job.accountId}, ${job.status}, ${job.requestedBy}, ${job.requestedAt}, ${job.startedAt}, ${job.finishedAt},
        ${job.instance}, ${job.lease},
        ${job.leaseUntil}, ${job.attempt}, ${job.scopesDone}, ${job.scopesTotal},
        ${job.message}, ${job.error}, ${countsText(job)})
      returning id`);
    return { ...job, id: row?.id ?? 0 };
  }

  async save(job: Job): Promise<void> {
    await this.session.change(sql`update job
        set status = ${job.status}, requested_by = ${job.requestedBy}, requested_at = ${job.requestedAt},
      started_at = ${job.startedAt}, finished_at = ${job.finishedAt}, instance = ${job.instance},
      lease = ${job.lease}, lease_until = ${job.leaseUntil},
      attempt = ${job.attempt}, scopes_done = ${job.scopesDone},
      scopes_total = ${job.scopesTotal}, message = ${job.message}, error = ${job.error},
      counts = ${countsText(job)} where id = ${job.id}`);
  }

  async list(
    filter: JobFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: Job[]; total: number }> {
    const conditions: Sql[] = [];
    if (filter.accountId !== undefined) conditions.push(sql`j.account_id = ${filter.accountId}`);
    if (filter.accountIds)
      conditions.push(this.session.dialect.among(sql`j.account_id`, 'id', filter.accountIds));
    if (filter.status !== undefined) conditions.push(sql`j.status = ${filter.status}`);
    if (filter.open !== undefined) conditions.push(filter.open ? OPEN : sql`not (${OPEN})`);
    const rows = await this.session.rows<JobRow>(
      sql`select j.* from job j ${where(conditions)} order by j.id desc
        limit ${pageSize} offset ${(page - 1) * pageSize}`,
      { once: true },
    );
    return {
      items: rows.map(jobFromRow),
      total: await totalOf(this.session, sql`select 1 from job j ${where(conditions)}`, {
        once: true,
      }),
    };
  }

  purge(before: Date): Promise<number> {
    return this.session.change(sql`delete from job where finished_at < ${before}`);
  }

  private async one(query: Sql): Promise<Job | undefined> {
    const [row] = await this.session.rows<JobRow>(query);
    return row && jobFromRow(row);
  }
}

function countsText(job: Omit<Job, 'id'>): string | null {
  return job.counts && JSON.stringify(job.counts);
}

function jobFromRow(row: JobRow): Job {
  return {
    id: row.id,
    accountId: row.account_id,
    status: row.status,
    requestedBy: row.requested_by,
    requestedAt: timeOf(row.requested_at),
    startedAt: optionalTimeOf(row.started_at),
    finishedAt: optionalTimeOf(row.finished_at),
    instance: row.instance,
    lease: row.lease,
    leaseUntil: optionalTimeOf(row.lease_until),
    attempt: row.attempt,
    scopesDone: row.scopes_done,
    scopesTotal: row.scopes_total,
    message: row.message,
    error: row.error,
    counts: jsonOf(row.counts),
  };
}
