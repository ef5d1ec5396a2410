import { errorOf, type RunReport, type ScopeOutcome } from './run-report';
import type { Progress } from './scope-source';

const HEADINGS = [
  'account',
  'region',
  'coverage',
  'vpcs',
  'subnets',
  'imported',
  'updated',
  'orphaned',
  'unchanged',
  'conflicts',
  'error',
];
const FIRST_NUMBER = HEADINGS.indexOf('vpcs');
const LAST_NUMBER = HEADINGS.indexOf('conflicts');
const LONGEST_ERROR = 120;

/**
 * The summary of a run for a person: a row for each scope, each error that is too long for one, and
 * what else there is to say.
 */
export function reportText(report: RunReport): string {
  const rows = [HEADINGS, ...report.outcomes.map(cellsOf)];
  for (const scope of report.skipped)
    rows.push([scope.account, scope.region, '-', '-', '-', '-', '-', '-', '-', '-', 'not read']);
  const widths = HEADINGS.map((_, column) =>
    rows.reduce((widest, row) => Math.max(widest, (row[column] ?? '').length), 0),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0, column))
      .join('  ')
      .trimEnd(),
  );
  const cut = report.outcomes.flatMap((outcome) => wholeError(outcome) ?? []);
  const notes = report.failures.map((failure) => printable(failure));
  const files = report.outcomes.filter(({ delivery }) => delivery.kind === 'written').length;
  if (files > 0) notes.push(`${files} snapshot files were written`);
  if (report.spooled > 0) notes.push(`${report.spooled} snapshots wait in the spool`);
  if (report.skippedAccounts.length > 0)
    notes.push(`${report.skippedAccounts.length} accounts were not begun`);
  if (report.dryRun) notes.push('dry run: nothing was changed');
  if (report.stopped) notes.push('stopped before the end');
  return [
    ...(rows.length > 1 ? lines : []),
    ...(cut.length > 0 ? ['', ...cut] : []),
    ...notes,
  ].join('\n');
}

/** What the table has no room for; undefined when it has. */
function wholeError(outcome: ScopeOutcome): string | undefined {
  const error = printable(errorOf(outcome) ?? '');
  const { account, region } = outcome.scope;
  return error.length > LONGEST_ERROR
    ? `${printable(account)} ${printable(region)}: ${error}`
    : undefined;
}

/**
 * One line on a scope that is done. How many scopes there are is known only of the accounts that
 * were begun.
 */
export function progressLine(
  outcome: ScopeOutcome,
  { scopesDone, scopesKnown, accountsDone, accounts }: Progress,
): string {
  const { scope, coverage, vpcs, subnets, delivery } = outcome;
  const seen =
    `[${scopesDone}/${scopesKnown} scopes, ${accountsDone}/${accounts} accounts] ` +
    `${scope.provider} ${scope.account} ${scope.region}: ${coverage}, ${vpcs} vpcs, ` +
    `${subnets} subnets`;
  const counts =
    delivery.kind === 'accepted'
      ? Object.entries(delivery.counts).map(([name, count]) => `${count} ${name}`)
      : [];
  const file = delivery.kind === 'written' ? `written to ${delivery.file}` : '';
  const error = errorOf(outcome);
  return printable(
    [seen, counts.join(', '), file, error ?? ''].filter((part) => part !== '').join('; '),
  );
}

function cellsOf(outcome: ScopeOutcome): string[] {
  const { scope, coverage, vpcs, subnets, delivery } = outcome;
  const counts = delivery.kind === 'accepted' ? delivery.counts : undefined;
  const numbers = [
    vpcs,
    subnets,
    counts?.imported,
    counts?.updated,
    counts?.orphaned,
    counts?.unchanged,
    counts?.conflicts,
  ];
  const error = printable(errorOf(outcome) ?? '');
  const shown = error.length > LONGEST_ERROR ? `${error.slice(0, LONGEST_ERROR)}...` : error;
  return [
    printable(scope.account),
    printable(scope.region),
    coverage,
    ...numbers.map((number) => String(number ?? '-')),
    shown,
  ];
}

function padded(cell: string, width: number, column: number): string {
  return column >= FIRST_NUMBER && column <= LAST_NUMBER
    ? cell.padStart(width)
    : cell.padEnd(width);
}

/**
 * Without control characters: messages come from clouds and servers, and must not steer the
 * terminal.
 */
function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
