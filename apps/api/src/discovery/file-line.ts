import type { FileOutcome } from './import-snapshots';

/** What became of a snapshot file, in a line for people. */
export function fileLine(outcome: FileOutcome): string {
  if (outcome.kind !== 'applied') return `${outcome.file}: ${outcome.kind}: ${outcome.reason}`;
  if (!outcome.result) return `${outcome.file}: something newer was applied before`;
  if (outcome.result === 'kept') return `${outcome.file}: waits for the last part of its listing`;
  return `${outcome.file}: ${Object.entries(outcome.result)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ')}`;
}
