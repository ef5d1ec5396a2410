import type { Accounts } from '@cloudpam/pools';
import {
  JOB_STATUSES,
  type Job,
  type JobCounts,
  type JobStatus,
  type OwnedPage,
} from '@cloudpam/reconciliation';
import { listOf, PageQuery } from '../../http/common.dto';
import type { ListPage } from '../../http/list-page';
import {
  BooleanField,
  IdField,
  inQuery,
  ObjectField,
  RecordIdField,
  TextField,
  TimeField,
  WholeField,
  WordField,
} from '../../http/fields';

/** The most that is counted of anything in a job. */
export const MOST_COUNTED = 1_000_000_000;
const COUNT = { min: 0, max: MOST_COUNTED };
const STATUS = { words: JOB_STATUSES, name: 'JobStatus' } as const;

/** What became of a job, in scopes and resources. */
export class JobCountsDto implements JobCounts {
  @WholeField({ ...COUNT, description: 'Scopes that were asked for' })
  scopes!: number;

  @WholeField({ ...COUNT, description: 'Scopes that were listed completely' })
  complete!: number;

  @WholeField({ ...COUNT, description: 'Scopes that were listed in part' })
  partial!: number;

  @WholeField({ ...COUNT, description: 'Scopes that could not be listed' })
  failed!: number;

  @WholeField({ ...COUNT, description: 'Pools created, or linked to a resource' })
  imported!: number;

  @WholeField({ ...COUNT, description: 'Resources that changed' })
  updated!: number;

  @WholeField({ ...COUNT, description: 'Resources that a complete listing was without' })
  orphaned!: number;

  @WholeField({ ...COUNT, description: 'Resources that are as they were' })
  unchanged!: number;

  @WholeField({ ...COUNT, description: "Resources that overlap another network's space" })
  conflicts!: number;
}

/** For which account a discovery is asked. */
export class TriggerDto {
  @RecordIdField({ description: 'The account to discover', example: 7 })
  account_id!: number;
}

/** What narrows the list of jobs. */
export class JobQuery extends PageQuery {
  @inQuery('number')
  @RecordIdField({ description: 'Of this account', optional: true })
  account_id?: number;

  @WordField({ ...STATUS, description: 'With this status', optional: true })
  status?: JobStatus;

  @inQuery('boolean')
  @BooleanField({
    description: 'true: those that are queued or running; false: those that have ended',
    optional: true,
  })
  open?: boolean;
}

/** One discovery of one account, asked for by a person or a schedule and done by an agent. */
export class JobDto {
  @IdField({ description: 'The id', example: 31 })
  id!: number;

  @RecordIdField({ description: 'The account that is discovered', example: 7 })
  account_id!: number;

  @TextField({ description: 'The key of the account', example: 'aws:111122223333' })
  account_key!: string;

  @WordField({
    ...STATUS,
    description: '`queued` waits for an agent, `running` has one; the others have ended',
  })
  status!: JobStatus;

  @TextField({ description: 'Name of who asked first', example: 'Ada' })
  requested_by!: string;

  @TimeField({ description: 'When it was asked for' })
  requested_at!: Date;

  @TimeField({ description: 'When an agent began; null before', nullable: true })
  started_at!: Date | null;

  @TimeField({ description: 'When it ended; null before', nullable: true })
  finished_at!: Date | null;

  @TextField({ description: 'The instance of the agent that has, or had, it', nullable: true })
  agent!: string | null;

  @WholeField({ description: 'How often an agent took it', min: 0, max: 1_000 })
  attempt!: number;

  @WholeField({ ...COUNT, description: 'Scopes that are done' })
  scopes_done!: number;

  @WholeField({ ...COUNT, description: 'Scopes in all; null until known', nullable: true })
  scopes_total!: number | null;

  @TextField({ description: 'What the agent does', example: 'listing eu-central-1' })
  message!: string;

  @TextField({ description: 'Why it failed; null when it did not', nullable: true })
  error!: string | null;

  @ObjectField({
    type: () => JobCountsDto,
    description: 'What became of it; null before the end',
    nullable: true,
  })
  counts!: JobCountsDto | null;

  static of(job: Job, accounts: Accounts): JobDto {
    return {
      id: job.id,
      account_id: job.accountId,
      account_key: accounts.get(job.accountId)?.key ?? '',
      status: job.status,
      requested_by: job.requestedBy,
      requested_at: job.requestedAt,
      started_at: job.startedAt,
      finished_at: job.finishedAt,
      agent: job.instance,
      attempt: job.attempt,
      scopes_done: job.scopesDone,
      scopes_total: job.scopesTotal,
      message: job.message,
      error: job.error,
      counts: job.counts,
    };
  }
}

export class JobListDto extends listOf(JobDto, 'JobListDto') {
  static of({ items, total, accounts }: OwnedPage<Job>, page: ListPage): JobListDto {
    return page.answer(
      items.map((job) => JobDto.of(job, accounts)),
      total,
    );
  }
}
