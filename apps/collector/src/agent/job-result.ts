import type { Schemas } from '@cloudpam/api-client';
import { errorOf, exitCodeOf, type RunReport } from '../run/run-report';
import type { JobResult } from './collectors-api';

const STATUS = { 0: 'succeeded', 1: 'partial', 2: 'failed' } as const;
const SERVERS_COUNTS = ['imported', 'updated', 'orphaned', 'unchanged', 'conflicts'] as const;
const LONGEST_ERROR = 2_000;

/**
 * What the server is told of a job that ran. A job that was stopped with scopes left is handed
 * back.
 */
export function jobResult(report: RunReport): JobResult {
  const left = report.skipped.length + report.skippedAccounts.length;
  const troubles = [
    ...report.failures,
    ...report.outcomes.flatMap((outcome) => troubleOf(outcome) ?? []),
  ];
  const [first] = troubles;
  const error =
    first === undefined
      ? null
      : `${first}${troubles.length > 1 ? ` (and ${troubles.length - 1} more)` : ''}`.slice(
          0,
          LONGEST_ERROR,
        );
  return {
    status:
      report.stopped && left > 0
        ? 'handed_back'
        : STATUS[exitCodeOf({ ...report, stopped: false, spooled: 0 })],
    error,
    counts: countsOf(report),
  };
}

/** The result of a job that did not run. */
export function jobNotRun(error: string): JobResult {
  return { status: 'failed', error, counts: countsOf({ outcomes: [] }) };
}

function troubleOf(outcome: RunReport['outcomes'][number]): string | undefined {
  const error = errorOf(outcome);
  return error && `${outcome.scope.region}: ${error}`;
}

function countsOf({ outcomes }: Pick<RunReport, 'outcomes'>): Schemas['JobCounts'] {
  const counts = {
    scopes: outcomes.length,
    complete: 0,
    partial: 0,
    failed: 0,
    imported: 0,
    updated: 0,
    orphaned: 0,
    unchanged: 0,
    conflicts: 0,
  };
  for (const { coverage, delivery } of outcomes) {
    counts[coverage]++;
    if (delivery.kind === 'accepted')
      for (const count of SERVERS_COUNTS) counts[count] += delivery.counts[count];
  }
  return counts;
}
