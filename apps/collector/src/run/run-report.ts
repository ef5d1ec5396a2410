import type { CloudScope, ScopeSnapshot } from '@cloudpam/reconciliation';
import type { Delivery } from '../delivery/delivery';

/** What became of one scope. */
export interface ScopeOutcome {
  readonly scope: CloudScope;
  readonly coverage: ScopeSnapshot['coverage'];
  /** Networks, and distinct subnets, that were seen. */
  readonly vpcs: number;
  readonly subnets: number;
  /** The cloud's own error. */
  readonly error?: { readonly code: string; readonly message: string };
  readonly delivery: Delivery;
}

/** What became of a run. */
export interface RunReport {
  readonly runId: string;
  readonly dryRun: boolean;
  /** It was told to stop before its end. */
  readonly stopped: boolean;
  /** Why scopes could not even be told, one sentence for each provider. */
  readonly failures: readonly string[];
  /** In the order of the scopes. */
  readonly outcomes: readonly ScopeOutcome[];
  /** Scopes that were not read any more: the run was stopped, or the server was gone. */
  readonly skipped: readonly CloudScope[];
  /** Accounts that were not even asked for their scopes. */
  readonly skippedAccounts: readonly { readonly provider: string; readonly account: string }[];
  /** Files in the spool when the run ended, of this run and of earlier ones. */
  readonly spooled: number;
}

/**
 * 0: every scope was listed completely, and accepted or written. 2: no scope was both listed, at
 * least in part, and delivered. 1: anything between, a run that was stopped, and one that leaves
 * files in the spool.
 */
export function exitCodeOf(report: RunReport): 0 | 1 | 2 {
  const { outcomes, failures, skipped, skippedAccounts, stopped, spooled } = report;
  if (stopped) return 1;
  const worked = outcomes.filter(
    ({ coverage, delivery }) => coverage !== 'failed' && delivery.kind !== 'undelivered',
  );
  if (worked.length === 0) return 2;
  const perfect = outcomes.every(
    ({ coverage, delivery }) =>
      coverage === 'complete' && (delivery.kind === 'accepted' || delivery.kind === 'written'),
  );
  return perfect && failures.length + skipped.length + skippedAccounts.length + spooled === 0
    ? 0
    : 1;
}

/**
 * What went wrong with a scope, the server's word first and the cloud's after it; undefined when
 * nothing did.
 */
export function errorOf({ delivery, error }: ScopeOutcome): string | undefined {
  const isNo =
    delivery.kind === 'refused' || delivery.kind === 'spooled' || delivery.kind === 'undelivered';
  const words = [
    ...(isNo ? [`${delivery.kind}: ${delivery.code}: ${delivery.detail}`] : []),
    ...(error ? [`${error.code}: ${error.message}`] : []),
  ];
  return words.length > 0 ? words.join('; ') : undefined;
}

/** The report as the object that `--json` prints, `snake_case` as on the wire. */
export function reportObject(report: RunReport): object {
  return {
    run_id: report.runId,
    dry_run: report.dryRun,
    stopped: report.stopped,
    exit_code: exitCodeOf(report),
    failures: report.failures,
    scopes: report.outcomes.map((outcome) => ({
      ...outcome.scope,
      coverage: outcome.coverage,
      vpcs: outcome.vpcs,
      subnets: outcome.subnets,
      delivery: outcome.delivery.kind,
      ...(outcome.delivery.kind === 'accepted' && outcome.delivery.counts),
      error: errorOf(outcome) ?? null,
    })),
    skipped: report.skipped,
    skipped_accounts: report.skippedAccounts,
    spooled: report.spooled,
  };
}
