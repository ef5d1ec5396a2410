import { formatDay, type Forecast } from '@cloudpam/forecast';
import { isReleasable } from '@cloudpam/pools';
import type { AnyFinding } from './read-findings';

/** The type and what the finding is of; it stays the same as long as the finding: `overlap:1201`. */
export function findingId(found: AnyFinding): string {
  if ('scope' in found) return `unseen:${found.scope.account.id}:${found.scope.region}`;
  if ('ending' in found) return `${found.type}:${found.ending.pool.id}`;
  if ('pool' in found) return `${found.type}:${found.pool.id}`;
  if ('address' in found) return `${found.type}:address:${found.address.id}`;
  if ('stale' in found) return `${found.type}:${found.stale.record.id}`;
  if ('unknown' in found) return `${found.type}:${found.unknown.observed.id}`;
  if ('webhook' in found) return `${found.type}:${found.webhook.id}`;
  return `${found.type}:${found.finding.resource.id}`;
}

/**
 * Why it is a finding, for people.
 * @param now the present
 */
export function findingReason(found: AnyFinding, now: Date): string {
  if ('scope' in found) return found.scope.reason;
  if ('ending' in found) return endReason(found.ending.prefixLength, found.ending.forecast);
  if ('pool' in found)
    return leaseReason(found.pool.expiresAt, now, isReleasable(found.pool, found.hasRange));
  if ('address' in found) return leaseReason(found.address.expiresAt, now, true);
  if ('stale' in found)
    return 'nothing in the cloud has this address: give it back, or say that it is reserved';
  if ('unknown' in found)
    return `${found.unknown.observed.attachedTo ?? 'an interface'} has this address, and there is no record of it`;
  if ('webhook' in found)
    return `it is told nothing until someone resumes it: ${found.webhook.failure}`;
  return found.finding.reason;
}

/** @param frees whether nothing is in the way of freeing it when it ends */
function leaseReason(expiresAt: Date | null, now: Date, frees: boolean): string {
  if (expiresAt !== null && expiresAt > now)
    return `its lease ends on ${expiresAt.toISOString().slice(0, 10)}: renew it, or give it back`;
  return frees
    ? 'its lease is over: it is given back within minutes'
    : 'its lease is over, and it is not freed: a cloud uses it, or something lies in it';
}

function endReason(prefixLength: number, { day, earliest, latest }: Forecast): string {
  if (day === null) return `no /${prefixLength} fits any more`;
  const from = earliest === null ? '' : `, ${formatDay(earliest)} at the earliest`;
  const to = latest === null ? '' : `, ${formatDay(latest)} at the latest`;
  return `at its growth no /${prefixLength} fits from ${formatDay(day)} on${from}${to}`;
}
