import type { AnyFindingType } from './read-findings';

/** How much a finding matters: what breaks networks or plans, what should be put right, what is good to know. */
export const FINDING_SEVERITIES = ['critical', 'warning', 'info'] as const;
/** One of `FINDING_SEVERITIES`. */
export type FindingSeverity = (typeof FINDING_SEVERITIES)[number];

const OF_TYPES: Readonly<Record<AnyFindingType, FindingSeverity>> = {
  overlap: 'critical',
  conflict: 'critical',
  drift: 'warning',
  orphan: 'warning',
  unmanaged: 'info',
  compliance: 'warning',
  // What nobody lists has no findings at all.
  unseen: 'critical',
  exhausts_soon: 'warning',
  lease_ends: 'warning',
  stale_address: 'info',
  unknown_address: 'info',
  // Whoever should be told of the others is not.
  webhook_paused: 'warning',
};

/** How much findings of a type matter. */
export function severityOf(type: AnyFindingType): FindingSeverity {
  return OF_TYPES[type];
}
