import type { PoolErrorCode } from '@cloudpam/pools';

/** Why a rule of discovery refuses a request; the API has one status for each. */
export type DiscoveryErrorCode =
  | 'stale_snapshot'
  | 'parts_missing'
  | 'too_much_waiting'
  | 'resource_not_found'
  | 'resource_overlaps'
  | 'resource_managed'
  | 'invalid_snapshot'
  | 'snapshot_too_new'
  | 'network_not_found'
  | 'not_pending'
  | 'not_drifted'
  | 'not_orphaned'
  | 'nothing_to_ignore'
  | 'invalid_until'
  | 'job_not_found'
  | 'lease_lost'
  | 'job_cancelled'
  | 'agent_not_found'
  | Extract<PoolErrorCode, 'account_not_found'>;

/** A snapshot or an action on the inventory that is refused; the message says what to do. */
export class DiscoveryError extends Error {
  constructor(
    readonly code: DiscoveryErrorCode,
    message: string,
    readonly field?: string,
  ) {
    super(message);
    this.name = 'DiscoveryError';
  }
}

/** The error for a resource that is not there, or that the caller may not know of. */
export function resourceNotFound(id: number): DiscoveryError {
  return new DiscoveryError('resource_not_found', `There is no discovered resource ${id}.`);
}

/** The error for a job that is not there, or that the caller may not know of. */
export function jobNotFound(id: number): DiscoveryError {
  return new DiscoveryError('job_not_found', `There is no job ${id}.`);
}
