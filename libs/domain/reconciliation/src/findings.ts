import type { DiscoveredResource, Finding } from './inventory';

/**
 * What a person should see about a resource:
 * `overlap`: overlapping and not explained by its own VPC; `drift` and `orphan`: its sync; `unmanaged`: no pool though
 * nothing is in the way, or waiting for approval.
 * An ignored axis gives the same finding with status `ignored`.
 */
export function findingsOf(resource: DiscoveredResource): Finding[] {
  const found: Finding[] = [];
  if (resource.overlap !== 'nonoverlapping' && resource.explainedBy === null) {
    found.push({ type: 'overlap', resource, status: resource.overlap === 'ignored' ? 'ignored' : 'open', reason: resource.overlapReason });
  }
  if (resource.sync === 'drift') found.push({ type: 'drift', resource, status: 'open', reason: resource.syncReason });
  if (resource.sync === 'orphaned') found.push({ type: 'orphan', resource, status: 'open', reason: resource.syncReason });
  if (resource.overlap === 'nonoverlapping' && resource.management !== 'managed') {
    found.push({ type: 'unmanaged', resource, status: resource.management === 'ignored' ? 'ignored' : 'open', reason: resource.managementReason });
  }
  return found;
}
