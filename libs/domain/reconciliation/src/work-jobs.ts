import { diffOf, placeOfAccount, SYSTEM_ACTOR, write, type Change } from '@cloudpam/audit';
import { DiscoveryError, jobNotFound } from './discovery-error';
import { discoveryEvent, type JobFacts } from './discovery-events';
import type { Job, JobCounts } from './job';
import type { ReconciliationStores, ReconciliationUnitOfWork } from './reconciliation-stores';

/** An agent that is silent for so long has lost its job. */
export const LEASE_SECONDS = 120;
const MOST_ATTEMPTS = 5;

/** A claimed job, and the account it is about. */
export interface ClaimedJob {
  readonly job: Job;
  readonly accountKey: string;
}

/** Gives an agent the next job that it can do: of several that ask, each job goes to one. */
export class ClaimJob {
  constructor(private readonly unitOfWork: ReconciliationUnitOfWork) {}

  /**
   * Whether a claim may come to something: a job is open, or the agent is unknown and must be told.
   * It only reads: waiting agents must not keep the writer of an SQLite file busy.
   */
  isWorthwhile(instance: string): Promise<boolean> {
    return this.unitOfWork.read(
      async ({ jobs, agents }) =>
        (await jobs.list({ open: true }, 1, 1)).total > 0 || !(await agents.get(instance)),
    );
  }

  /**
   * @param lease a fresh secret that proves the claim
   * @param allowed account keys that the token is limited to; null: all
   * @throws DiscoveryError `agent_not_found` for an agent without a heartbeat, or with another
   *   token
   */
  async execute(
    change: Change,
    instance: string,
    lease: string,
    allowed: readonly string[] | null,
  ): Promise<ClaimedJob | undefined> {
    return write(this.unitOfWork, change, async (stores) => {
      const agent = await stores.agents.get(instance);
      if (!agent || agent.tokenId !== change.actor.id)
        throw new DiscoveryError(
          'agent_not_found',
          'This agent has sent no heartbeat with this token; send one first.',
          'instance',
        );
      const accounts = await stores.accounts.byKeys(
        agent.accounts.filter((key) => allowed?.includes(key) ?? true),
      );
      for (;;) {
        const job = await stores.jobs.claimable(
          accounts.map((account) => account.id),
          change.at,
        );
        if (!job) return undefined;
        if (job.attempt >= MOST_ATTEMPTS) {
          const failed: Job = {
            ...job,
            status: 'failed',
            finishedAt: change.at,
            leaseUntil: null,
            error: `${job.attempt} agents took the job and were not heard of again`,
          };
          await stores.jobs.save(failed);
          await tell(stores, { ...change, actor: SYSTEM_ACTOR }, 'job.fail', job, failed);
          continue;
        }
        const claimed: Job = {
          ...job,
          status: 'running',
          instance,
          lease,
          leaseUntil: leaseFrom(change),
          startedAt: change.at,
          attempt: job.attempt + 1,
          scopesDone: 0,
          scopesTotal: null,
          message: '',
        };
        await stores.jobs.save(claimed);
        await tell(stores, change, 'job.claim', job, claimed);
        return {
          job: claimed,
          accountKey: accounts.find((account) => account.id === job.accountId)?.key ?? '',
        };
      }
    });
  }
}

/** An agent tells how far it is, and keeps its job. */
export class ReportProgress {
  constructor(private readonly unitOfWork: ReconciliationUnitOfWork) {}

  /** @throws DiscoveryError `job_not_found` | `lease_lost` | `job_cancelled` */
  async execute(
    change: Change,
    id: number,
    lease: string,
    progress: Pick<Job, 'scopesDone' | 'scopesTotal' | 'message'>,
  ): Promise<Job> {
    return write(this.unitOfWork, change, async (stores) => {
      const job = held(await stores.jobs.lock(id), id, lease);
      const kept: Job = { ...job, ...progress, leaseUntil: leaseFrom(change) };
      await stores.jobs.save(kept);
      return kept;
    });
  }
}

/** How a job ended, as its agent reports it. */
export type JobEnd = 'succeeded' | 'partial' | 'failed' | 'handed_back';

/**
 * An agent has done its job, or gives it back for another one to do. The same report again changes
 * nothing.
 */
export class FinishJob {
  constructor(private readonly unitOfWork: ReconciliationUnitOfWork) {}

  /** @throws DiscoveryError `job_not_found` | `lease_lost` | `job_cancelled` */
  async execute(
    change: Change,
    id: number,
    lease: string,
    end: {
      readonly status: JobEnd;
      readonly error: string | null;
      readonly counts: JobCounts | null;
    },
  ): Promise<Job> {
    return write(this.unitOfWork, change, async (stores) => {
      const found = await stores.jobs.lock(id);
      if (found?.finishedAt && found.lease === lease && found.status !== 'cancelled') return found;
      const job = held(found, id, lease);
      const ended: Job =
        end.status === 'handed_back'
          ? // Handing back is no failure: the attempt does not count.
            {
              ...job,
              status: 'queued',
              instance: null,
              lease: null,
              leaseUntil: null,
              attempt: job.attempt - 1,
            }
          : {
              ...job,
              status: end.status,
              finishedAt: change.at,
              leaseUntil: null,
              error: end.error,
              counts: end.counts,
            };
      await stores.jobs.save(ended);
      await tell(
        stores,
        change,
        end.status === 'handed_back' ? 'job.hand_back' : 'job.finish',
        job,
        ended,
      );
      return ended;
    });
  }
}

function tell(
  stores: ReconciliationStores,
  change: Change,
  event: 'job.claim' | 'job.finish' | 'job.hand_back' | 'job.fail',
  before: Job,
  after: Job,
): Promise<void> {
  const diff = diffOf(jobFacts(before), jobFacts(after));
  const place = placeOfAccount(after.accountId);
  return diff
    ? stores.audit.append([discoveryEvent(change, event, after.id, { ...diff, place })])
    : Promise.resolve();
}

function jobFacts({ status, instance, attempt, error, counts }: Job): JobFacts {
  return { status, instance, attempt, error, counts: counts && { ...counts } };
}

function held(job: Job | undefined, id: number, lease: string): Job {
  if (!job) throw jobNotFound(id);
  if (job.status === 'cancelled')
    throw new DiscoveryError('job_cancelled', `Job ${id} was cancelled. Stop working on it.`);
  if (job.status !== 'running' || job.lease !== lease)
    throw new DiscoveryError(
      'lease_lost',
      `Job ${id} is not this agent's any more. Stop working on it.`,
    );
  return job;
}

function leaseFrom(change: Change): Date {
  return new Date(change.at.getTime() + LEASE_SECONDS * 1_000);
}
