import { CloudError } from '@cloudpam/provider-shapes';
import type {
  CloudAccount,
  CloudNetworks,
  CloudScope,
  ScopeSnapshot,
  TakePart,
} from '@cloudpam/reconciliation';
import type { SnapshotDelivery } from '../delivery/delivery';
import type { Run } from '../delivery/packed-snapshot';
import { ScopeParts } from '../delivery/scope-parts';
import type { RunReport, ScopeOutcome } from './run-report';
import { ScopeSource, type Progress, type ScopeToRead } from './scope-source';

/** What a run needs; everything outside it comes in here. */
export interface RunOptions {
  readonly run: Run;
  readonly dryRun: boolean;
  /** Scopes at a time. */
  readonly concurrency: number;
  /** Finds the clouds. May reject: then the run has failed. */
  readonly clouds: () => Promise<readonly CloudNetworks[]>;
  readonly delivery: SnapshotDelivery;
  /** A signal that aborts when one call of a cloud has taken too long. */
  readonly timeLimit: () => AbortSignal;
  readonly now: () => Date;
  /** Called after each scope. */
  readonly onScope: (outcome: ScopeOutcome, progress: Progress) => void;
}

/**
 * Reads every scope of every cloud once, delivers each as soon as it is read, and keeps no more of
 * it than its outcome.
 */
export class RunCollection {
  private readonly failures: string[] = [];
  private sequence = 0;

  constructor(private readonly options: RunOptions) {}

  /**
   * Runs to the end, or until `stop` aborts: scopes that are being read are finished, no other is
   * begun. Ends early too when a delivery is hopeless. Never rejects for what a cloud or the server
   * answers. Runs once.
   */
  async run(stop: AbortSignal): Promise<RunReport> {
    const { concurrency, delivery, run, timeLimit } = this.options;
    const source = new ScopeSource(await this.begin(stop), timeLimit, (cloud, account, error) => {
      this.failures.push(`${cloud.provider} ${account.id}: ${messageOf(error)}`);
    });
    const done: { position: ScopeToRead['position']; sequence: number; outcome: ScopeOutcome }[] =
      [];
    let fatal = false;
    const work = async (): Promise<void> => {
      while (!stop.aborted && !fatal) {
        const next = await source.next();
        if (!next) return;
        // While it was waited for.
        if (stop.aborted || fatal) return source.giveBack(next);
        const { sequence, ...outcome } = await this.collect(next, stop);
        done.push({ position: next.position, sequence, outcome });
        if (outcome.delivery.kind === 'undelivered' && outcome.delivery.fatal) fatal = true;
        this.options.onScope(outcome, source.done(next));
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
    const backlog = await delivery.finish(run, stop);
    const left = source.left();
    done.sort((a, b) => a.position[0] - b.position[0] || a.position[1] - b.position[1]);
    return {
      runId: run.runId,
      dryRun: this.options.dryRun,
      stopped: stop.aborted,
      failures: this.failures,
      outcomes: done.map(({ sequence, outcome }) => ({
        ...outcome,
        delivery: backlog.settled.get(sequence) ?? outcome.delivery,
      })),
      skipped: left.scopes,
      skippedAccounts: left.accounts,
      spooled: backlog.waiting,
    };
  }

  /** The accounts of all clouds. One that cannot tell its own is a failure of that cloud only. */
  private async begin(
    stop: AbortSignal,
  ): Promise<{ cloud: CloudNetworks; account: CloudAccount }[]> {
    const accounts: { cloud: CloudNetworks; account: CloudAccount }[] = [];
    try {
      await this.options.delivery.catchUp(stop);
      for (const cloud of await this.options.clouds()) {
        try {
          accounts.push(...(await cloud.accounts(stop)).map((account) => ({ cloud, account })));
        } catch (error) {
          this.failures.push(`${cloud.provider}: ${messageOf(error)}`);
        }
      }
    } catch (error) {
      this.failures.push(messageOf(error));
    }
    return accounts;
  }

  private async collect(
    next: ScopeToRead,
    stop: AbortSignal,
  ): Promise<ScopeOutcome & { readonly sequence: number }> {
    const { delivery, run, now } = this.options;
    const parts = new ScopeParts(delivery, run, next.scope, now(), () => ++this.sequence, stop);
    const snapshot = await this.read(next, (part) => parts.take(part));
    return {
      scope: next.scope,
      coverage: snapshot.coverage,
      error: snapshot.error,
      ...(await parts.end(snapshot)),
    };
  }

  /** Without the signal that stops the run: a scope that was begun is finished. */
  private async read(
    { cloud, account, scope }: ScopeToRead,
    take: TakePart,
  ): Promise<ScopeSnapshot> {
    const begun = this.options.now();
    const limit = this.options.timeLimit();
    try {
      const snapshot = await cloud.read(scope, limit, take);
      return account.name === undefined || snapshot.accountName !== undefined
        ? snapshot
        : { ...snapshot, accountName: account.name };
    } catch (error) {
      const late = { code: 'scope_timeout', message: 'the scope was not read in time' };
      const failed = unread(
        scope,
        begun,
        limit.aborted ? late : { code: 'unexpected', message: messageOf(error) },
      );
      return account.unproven ? { ...failed, accountUnproven: true } : failed;
    }
  }
}

function unread(
  scope: CloudScope,
  collectedAt: Date,
  error: { readonly code: string; readonly message: string },
): ScopeSnapshot {
  return { ...scope, coverage: 'failed', error, collectedAt, networks: [], resources: [] };
}

/** What was thrown, as a sentence with the cloud's own name for it. */
export function messageOf(error: unknown): string {
  if (error instanceof CloudError) return error.message;
  // Reading fields of whatever was thrown is safe.
  const { name, message } = error as { name?: unknown; message?: unknown };
  return name === 'Error' || name === undefined
    ? String(message)
    : `${String(name)}: ${String(message)}`;
}
