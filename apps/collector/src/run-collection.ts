import type { CloudNetworks, CloudScope, ScopeSnapshot } from '@cloudpam/reconciliation';
import type { Delivery } from './deliver-scope';
import type { RunReport, ScopeOutcome } from './run-report';

/** What a run needs; everything outside it comes in here. */
export interface RunOptions {
  readonly runId: string;
  readonly dryRun: boolean;
  /** Scopes at a time. */
  readonly concurrency: number;
  /** Finds the clouds. May reject: then the run has failed. */
  readonly clouds: () => Promise<readonly CloudNetworks[]>;
  /** Brings a scope to the server. Never rejects. */
  readonly deliver: (snapshot: ScopeSnapshot, stop: AbortSignal) => Promise<Delivery>;
  /** Called after each scope. */
  readonly onScope: (outcome: ScopeOutcome, done: number, total: number) => void;
}

interface Job {
  readonly cloud: CloudNetworks;
  readonly scope: CloudScope;
}

/** Reads every scope of every cloud once and delivers each as soon as it is read. */
export class RunCollection {
  constructor(private readonly options: RunOptions) {}

  /**
   * Runs to the end, or until `stop` aborts: scopes that are being read are finished, no other is begun. Ends early
   * too when a delivery is hopeless. Never rejects for what a cloud or the server answers.
   */
  async run(stop: AbortSignal): Promise<RunReport> {
    const { jobs, failures } = await this.jobs(stop);
    const outcomes = new Map<Job, ScopeOutcome>();
    const queue = [...jobs];
    let hopeless = false;
    const work = async (): Promise<void> => {
      while (!stop.aborted && !hopeless) {
        const job = queue.shift();
        if (!job) return;
        const outcome = await this.collect(job, stop);
        outcomes.set(job, outcome);
        if (outcome.delivery.kind === 'undelivered' && outcome.delivery.hopeless) hopeless = true;
        this.options.onScope(outcome, outcomes.size, jobs.length);
      }
    };
    await Promise.all(Array.from({ length: this.options.concurrency }, work));
    return {
      runId: this.options.runId,
      dryRun: this.options.dryRun,
      stopped: stop.aborted,
      failures,
      outcomes: jobs.flatMap((job) => outcomes.get(job) ?? []),
      skipped: queue.map(({ scope }) => scope),
    };
  }

  private async jobs(stop: AbortSignal): Promise<{ jobs: Job[]; failures: string[] }> {
    const jobs: Job[] = [];
    const failures: string[] = [];
    try {
      for (const cloud of await this.options.clouds()) {
        try {
          for (const { id } of await cloud.accounts(stop)) {
            for (const scope of await cloud.scopes(id, stop)) jobs.push({ cloud, scope });
          }
        } catch (error) {
          failures.push(`${cloud.provider}: ${messageOf(error)}`);
        }
      }
    } catch (error) {
      failures.push(messageOf(error));
    }
    return { jobs, failures };
  }

  private async collect({ cloud, scope }: Job, stop: AbortSignal): Promise<ScopeOutcome> {
    // Without the signal: a scope that was begun is finished.
    const snapshot = await cloud.read(scope);
    const delivery = await this.options.deliver(snapshot, stop);
    const subnets = snapshot.resources.filter((resource) => resource.kind === 'subnet');
    return {
      scope,
      coverage: snapshot.coverage,
      vpcs: snapshot.networks.length,
      subnets: new Set(subnets.map((subnet) => subnet.externalId)).size,
      error: snapshot.error,
      delivery,
    };
  }
}

function messageOf(error: unknown): string {
  const { name, message } = error as { name?: unknown; message?: unknown }; // reading fields of whatever was thrown is safe
  return name === 'Error' || name === undefined ? String(message) : `${String(name)}: ${String(message)}`;
}
