import type { ClaimedJob, Job, JobEnd } from '@cloudpam/reconciliation';
import {
  IdField,
  ObjectField,
  TextField,
  TextsField,
  TimeField,
  WholeField,
  WordField,
} from '../../http/fields';
import { ACCOUNT_KEYS, INSTANCE } from './agent.dto';
import { JobCountsDto, MOST_COUNTED } from './job.dto';

const ENDS = ['succeeded', 'partial', 'failed', 'handed_back'] as const satisfies JobEnd[];
const LEASE = {
  description: 'What proves that the agent has the job; new with every claim',
  example: '3f0c8a52-6d1e-4b7a-9c55-0e2f7a9b1d44',
};
const LEASE_END = { description: 'When the job goes to another agent, without a report before' };

/** Which accounts an agent wants to discover by its own schedule. */
export class ScheduleDto {
  @TextField(INSTANCE)
  instance!: string;

  @TextsField({ ...ACCOUNT_KEYS, description: 'Keys of the accounts' })
  accounts!: string[];

  @TextsField({
    ...ACCOUNT_KEYS,
    description:
      'Of the accounts, those that were named by hand and could not be entered: ' +
      'they are not made',
    optional: true,
  })
  unproven?: string[];

  @WholeField({
    description: 'Only those whose last discovery ended so many seconds ago',
    min: 0,
    max: 31_536_000,
  })
  older_than_seconds!: number;
}

/** How many jobs a schedule has made. */
export class QueuedDto {
  @WholeField({ description: 'How many jobs were queued', min: 0, max: MOST_COUNTED })
  queued!: number;
}

/** An agent that asks for a job. */
export class ClaimRequestDto {
  @TextField(INSTANCE)
  instance!: string;

  @WholeField({
    description: 'For how many seconds the answer may wait for a job',
    min: 0,
    max: 60,
    optional: true,
    default: 0,
  })
  wait_seconds?: number;
}

/** A job that an agent has taken. */
export class ClaimedJobDto {
  @IdField({ description: 'The id of the job', example: 31 })
  id!: number;

  @TextField({
    description: 'The key of the account to discover',
    max: ACCOUNT_KEYS.longest,
    pattern: ACCOUNT_KEYS.pattern,
    example: 'aws:111122223333',
  })
  account!: string;

  @TextField({ ...LEASE, max: 200 })
  lease!: string;

  @TimeField(LEASE_END)
  lease_expires_at!: Date;

  @TimeField({ description: 'When the job was asked for' })
  requested_at!: Date;

  @WholeField({ description: 'How often an agent took it, with this time', min: 1, max: 1_000 })
  attempt!: number;
}

/** What an agent was given to do. */
export class ClaimDto {
  @ObjectField({
    type: () => ClaimedJobDto,
    description: 'The job; null when there is none for it',
    nullable: true,
  })
  job!: ClaimedJobDto | null;

  static of(claimed: ClaimedJob | undefined): ClaimDto {
    if (!claimed) return { job: null };
    const { job, accountKey: account } = claimed;
    const { lease, until } = leaseOf(job);
    return {
      job: {
        id: job.id,
        account,
        lease,
        lease_expires_at: until,
        requested_at: job.requestedAt,
        attempt: job.attempt,
      },
    };
  }
}

/** How far an agent is. */
export class ProgressDto {
  @TextField({ ...LEASE, max: 200 })
  lease!: string;

  @WholeField({ description: 'Scopes that are done', min: 0, max: MOST_COUNTED })
  scopes_done!: number;

  @WholeField({
    description: 'Scopes in all; null until the agent knows',
    min: 0,
    max: MOST_COUNTED,
    nullable: true,
  })
  scopes_total!: number | null;

  @TextField({
    description: 'What the agent does, for people',
    max: 1_000,
    example: 'listing eu-central-1',
  })
  message!: string;
}

/** Until when an agent has a job. */
export class LeaseDto {
  @TimeField(LEASE_END)
  lease_expires_at!: Date;

  static of(job: Job): LeaseDto {
    return { lease_expires_at: leaseOf(job).until };
  }
}

/** How a job ended. */
export class FinishDto {
  @TextField({ ...LEASE, max: 200 })
  lease!: string;

  @WordField({
    words: ENDS,
    name: 'JobEnd',
    description: 'How it ended; `handed_back`: another agent is to do it',
  })
  status!: JobEnd;

  @TextField({ description: 'Why it failed; null when it did not', max: 5_000, nullable: true })
  error!: string | null;

  @ObjectField({
    type: () => JobCountsDto,
    description: 'What became of it; null when nothing was counted',
    nullable: true,
  })
  counts!: JobCountsDto | null;
}

/** A report that was taken; there is nothing more to say. */
export class FinishedDto {}

function leaseOf({ id, lease, leaseUntil: until }: Job): { lease: string; until: Date } {
  if (lease === null || until === null) throw new Error(`job ${id} is running without a lease`);
  return { lease, until };
}
