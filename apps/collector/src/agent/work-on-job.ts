import type { CloudNetworks } from '@cloudpam/reconciliation';
import { retrying } from '../server/retrying';
import type { RunOptions } from '../run/run-collection';
import { RunCollection } from '../run/run-collection';
import type { AgentClock } from './agent-clock';
import {
  CollectorsApiError,
  type CollectorsApi,
  type Job,
  type JobProgress,
  type JobResult,
} from './collectors-api';
import { jobNotRun, jobResult } from './job-result';

/** What working on a job needs. */
export interface JobTools {
  readonly api: CollectorsApi;
  readonly clock: AgentClock;
  readonly log: (text: string) => void;
  /** The current length of a lease, in seconds. */
  readonly leaseSeconds: () => number;
  /** What a run of one cloud needs; each call begins a new run. */
  readonly runOf: (cloud: CloudNetworks) => RunOptions;
}

const FINISH_ATTEMPTS = 6;
const FINISH_ATTEMPTS_WHEN_STOPPED = 2;

/**
 * Reads the account of a job and tells the server how it went. Renews the lease after every scope,
 * and three times within its length. A job that is not ours any more is left as it is; one that
 * `stop` interrupts is handed back.
 * @param cloud undefined for an account that is not visible here
 * @throws CollectorsApiError `denied` when the token may not do this any more
 */
export async function workOnJob(
  job: Job,
  cloud: CloudNetworks | undefined,
  tools: JobTools,
  stop: AbortSignal,
): Promise<void> {
  const { log } = tools;
  if (!cloud) {
    log(`job ${job.id}: ${job.account} is not visible here`);
    return finish(job, jobNotRun('account_not_visible'), tools, stop);
  }
  log(`job ${job.id}: reading ${job.account}`);
  const lease = new Lease(job, tools);
  const options = tools.runOf(cloud);
  const report = await new RunCollection({
    ...options,
    onScope: (outcome, progress) => {
      options.onScope(outcome, progress);
      lease.tell({
        scopes_done: progress.scopesDone,
        scopes_total: progress.scopesKnown,
        message: `${outcome.scope.region}: ${outcome.coverage}`,
      });
    },
  }).run(AbortSignal.any([stop, lease.lost]));
  const lost = await lease.end();
  if (lost?.kind === 'denied') throw lost;
  if (lost) return log(`job ${job.id}: left, ${lost.message}`);
  const result = jobResult(report);
  log(`job ${job.id}: ${result.status}${result.error === null ? '' : `, ${result.error}`}`);
  await finish(job, result, tools, stop);
}

/** Keeps a job ours while it is worked on. */
class Lease {
  private readonly losing = new AbortController();
  private readonly ending = new AbortController();
  private readonly renewing: Promise<void>;
  private reason: CollectorsApiError | undefined;
  private last: JobProgress = { scopes_done: 0, scopes_total: 0, message: 'begun' };
  private telling: Promise<void> = Promise.resolve();

  constructor(
    private readonly job: Job,
    private readonly tools: JobTools,
  ) {
    this.renewing = this.renew();
  }

  /** Aborts when the job is not ours any more. */
  get lost(): AbortSignal {
    return this.losing.signal;
  }

  /** Tells the progress, one call after another. */
  tell(progress: JobProgress): void {
    this.last = progress;
    this.telling = this.telling.then(() => this.say(progress));
  }

  /** Ends the renewing; gives the reason why the job is not ours, if it is not. */
  async end(): Promise<CollectorsApiError | undefined> {
    this.ending.abort();
    await this.renewing;
    await this.telling;
    return this.reason;
  }

  private async renew(): Promise<void> {
    for (;;) {
      await this.tools.clock.wait((this.tools.leaseSeconds() * 1_000) / 3, this.ending.signal);
      if (this.ending.signal.aborted || this.reason) return;
      this.tell(this.last);
    }
  }

  private async say(progress: JobProgress): Promise<void> {
    if (this.reason) return;
    try {
      await this.tools.api.progress(this.job, progress);
    } catch (error) {
      if (!(error instanceof CollectorsApiError)) throw error;
      // A server that is away gets the snapshots later, or tells then that the job is not ours any
      // more.
      if (error.kind !== 'lost' && error.kind !== 'denied')
        return this.tools.log(`job ${this.job.id}: ${error.message}`);
      this.reason = error;
      this.losing.abort();
    }
  }
}

/** Without success the lease ends, and the server queues the job again. */
async function finish(
  job: Job,
  result: JobResult,
  { api, clock, log }: JobTools,
  stop: AbortSignal,
): Promise<void> {
  const patience = {
    attempts: stop.aborted ? FINISH_ATTEMPTS_WHEN_STOPPED : FINISH_ATTEMPTS,
    wait: clock.wait,
    random: clock.random,
  };
  // Not with `stop`: that would leave no second try to a job that is handed back.
  const error = await retrying<CollectorsApiError | undefined>(
    async () => {
      try {
        await api.finish(job, result);
        return { done: undefined };
      } catch (thrown) {
        if (!(thrown instanceof CollectorsApiError)) throw thrown;
        return thrown.kind === 'away'
          ? { again: thrown, afterMs: thrown.afterMs }
          : { done: thrown };
      }
    },
    patience,
    new AbortController().signal,
  );
  if (error?.kind === 'denied') throw error;
  if (error) log(`job ${job.id}: could not be finished, ${error.message}`);
}
