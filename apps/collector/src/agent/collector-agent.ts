import type { Schemas } from '@cloudpam/api-client';
import type { SnapshotDelivery } from '../delivery/delivery';
import { messageOf } from '../run/run-collection';
import { CollectorsApiError } from './collectors-api';
import { withRetry } from './with-retry';
import type { VisibleAccounts } from './visible-accounts';
import { workOnJob, type JobTools } from './work-on-job';

/** What an agent needs; everything outside it comes in here. */
export interface AgentTools extends Omit<JobTools, 'leaseSeconds'> {
  /** UUID, made at start. */
  readonly instance: string;
  readonly name: string;
  readonly version: string;
  /** Milliseconds between two readings of an account; null when only triggers count. */
  readonly intervalMs: number | null;
  readonly accounts: VisibleAccounts;
  readonly delivery: SnapshotDelivery;
  /** Called in every loop. */
  readonly onAlive: () => void;
  /** Makes a UUID. */
  readonly newKey: () => string;
}

const CLAIM_SECONDS = 25;
const SHORTEST_CLAIM_MS = 1_000;
const MOST_ACCOUNTS = 10_000;
const REFRESH_MS = 6 * 3_600_000;
const REFRESH_AFTER_FAILURE_MS = 60_000;
const JITTER = 0.1;
// A run takes its time, and the next question must find it old enough; not so much that each of
// several agents does.
const DUE_AFTER = 0.75;

/**
 * Works on the server's jobs, one at a time, until it is stopped. Only dials out. Outlives every
 * trouble of the server but a token that is refused.
 */
export class CollectorAgent {
  private leaseSeconds = 60;
  private heartbeatSeconds = 30;

  constructor(private readonly tools: AgentTools) {}

  /** Gives the exit code: 0 when it was stopped, 2 when it cannot work at all. */
  async run(stop: AbortSignal): Promise<0 | 2> {
    const { log, name, instance } = this.tools;
    const failing = new AbortController();
    const end = AbortSignal.any([stop, failing.signal]);
    try {
      await this.refresh(end);
      log(`agent ${name} (${instance}) sees ${this.tools.accounts.keys.length} accounts`);
      await this.beat(end);
      const loops = [this.beats(end), this.schedule(end), this.work(end)];
      // One that fails ends the others; the last scope is finished before the reason is told.
      const ends = await Promise.allSettled(
        loops.map((loop) =>
          loop.catch((error: unknown) => (failing.abort(), Promise.reject(error))),
        ),
      );
      const failed = ends.find((each) => each.status === 'rejected');
      if (failed) throw failed.reason;
      return 0;
    } catch (error) {
      if (stop.aborted && !(error instanceof CollectorsApiError)) return 0;
      log(
        error instanceof CollectorsApiError && error.kind === 'denied'
          ? `the token is refused: ${error.message}`
          : messageOf(error),
      );
      return 2;
    }
  }

  private async beats(stop: AbortSignal): Promise<void> {
    for (;;) {
      await this.tools.clock.wait(this.heartbeatSeconds * 1_000, stop);
      if (stop.aborted) return;
      await this.beat(stop);
    }
  }

  private async beat(stop: AbortSignal): Promise<void> {
    const { accounts, api, clock, instance, name, version, intervalMs } = this.tools;
    const heartbeat = (): Schemas['Heartbeat'] => ({
      instance,
      name,
      version,
      providers: accounts.providers,
      accounts: accounts.keys.slice(0, MOST_ACCOUNTS),
      interval_seconds: intervalMs === null ? null : Math.round(intervalMs / 1_000),
    });
    const answer = await this.tolerating('heartbeat', () =>
      withRetry(() => (this.tools.onAlive(), api.heartbeat(heartbeat())), {
        clock,
        stop,
        onTrouble: (error) => this.tools.log(`heartbeat: ${error.message}`),
      }),
    );
    if (answer)
      ({ leaseSeconds: this.leaseSeconds, heartbeatSeconds: this.heartbeatSeconds } = answer);
  }

  /** Lists the accounts and asks for jobs, again and again, each time a little late by chance. */
  private async schedule(stop: AbortSignal): Promise<void> {
    const { clock, intervalMs } = this.tools;
    let failed = false;
    for (;;) {
      if (intervalMs !== null) await this.askForJobs(intervalMs, stop);
      const interval = intervalMs ?? REFRESH_MS;
      const wait = interval * (1 + JITTER * clock.random());
      await clock.wait(failed ? Math.min(wait, REFRESH_AFTER_FAILURE_MS) : wait, stop);
      if (stop.aborted) return;
      failed = await this.refresh(stop).catch(
        (error: unknown) => (this.tools.log(messageOf(error)), true),
      );
      // The server gives out no job of an account that it has not heard of.
      await this.beat(stop);
    }
  }

  private async askForJobs(intervalMs: number, stop: AbortSignal): Promise<void> {
    const { accounts, api, clock, instance, log, newKey } = this.tools;
    const key = newKey();
    const keys = accounts.keys.slice(0, MOST_ACCOUNTS);
    const unproven = accounts.unproven.filter((each) => keys.includes(each));
    const wish: Schemas['Schedule'] = {
      instance,
      accounts: keys,
      ...(unproven.length > 0 && { unproven }),
      older_than_seconds: Math.round((intervalMs * DUE_AFTER) / 1_000),
    };
    const ask = (): Promise<number> => api.schedule(wish, key);
    const queued = await this.tolerating('schedule', () =>
      withRetry(ask, { clock, stop, onTrouble: (error) => log(`schedule: ${error.message}`) }),
    );
    if (queued) log(`schedule: ${queued} jobs queued`);
  }

  /** Claims jobs and works on them; delivers what is in the spool while there is none. */
  private async work(stop: AbortSignal): Promise<void> {
    const { accounts, api, clock, instance, log } = this.tools;
    const tools: JobTools = { ...this.tools, leaseSeconds: () => this.leaseSeconds };
    while (!stop.aborted) {
      const asked = clock.elapsed();
      const claim = (): ReturnType<typeof api.claim> => (
        this.tools.onAlive(),
        api.claim(instance, CLAIM_SECONDS, stop)
      );
      const job = await this.tolerating('claim', () =>
        withRetry(claim, {
          clock,
          stop,
          insist: true,
          onTrouble: (error) => log(`claim: ${error.message}`),
        }),
      );
      if (job) {
        await workOnJob(job, accounts.find(job.account), tools, stop);
        continue;
      }
      await this.tools.delivery
        .catchUp(stop)
        .catch((error: unknown) => log(`spool: ${messageOf(error)}`));
      // A server that does not wait must not be asked without pause.
      if (clock.elapsed() - asked < SHORTEST_CLAIM_MS) await clock.wait(SHORTEST_CLAIM_MS, stop);
    }
  }

  /** Whether a cloud did not tell its accounts. */
  private async refresh(stop: AbortSignal): Promise<boolean> {
    const failures = await this.tools.accounts.refresh(stop, this.tools.log);
    for (const failure of failures) this.tools.log(failure);
    return failures.length > 0;
  }

  /** What the server refuses is told and left; only a token that is refused ends the agent. */
  private async tolerating<T>(
    what: string,
    call: () => Promise<T | undefined>,
  ): Promise<T | undefined> {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof CollectorsApiError) || error.kind === 'denied') throw error;
      this.tools.log(`${what}: ${error.message}`);
      return undefined;
    }
  }
}
