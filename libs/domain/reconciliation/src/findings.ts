import type { DiscoveredResource, Dismissal, Finding, FindingType } from './inventory';

/**
 * What a person should see about a resource:
 * `overlap`: overlapping and not explained by its own VPC; `conflict`: against the plan; `drift`
 * and `orphan`: its sync;
 * `unmanaged`: no pool though nothing is in the way, or waiting for approval; `compliance`: rules
 * of its pool are broken. A finding that a person dismissed is the same finding with status
 * `ignored`.
 */
export function findingsOf(resource: DiscoveredResource): Finding[] {
  const found: Finding[] = [];
  const add = (type: FindingType, reason: string): void => {
    const dismissal = resource.dismissals[type] ?? null;
    found.push({ type, resource, status: dismissal ? 'ignored' : 'open', reason, dismissal });
  };
  if (resource.overlap !== 'nonoverlapping' && resource.explainedBy === null)
    add('overlap', resource.overlapReason);
  if (resource.conflict !== '') add('conflict', resource.conflict);
  if (resource.sync === 'drift') add('drift', resource.syncReason);
  if (resource.sync === 'orphaned') add('orphan', resource.syncReason);
  if (resource.overlap === 'nonoverlapping' && resource.management !== 'managed')
    add('unmanaged', resource.managementReason);
  if (resource.compliance !== '') add('compliance', resource.compliance);
  return found;
}

/** The resource without some of its findings, or with them again (`undefined`); the axes follow. */
export function dismissed(
  resource: DiscoveredResource,
  types: readonly FindingType[],
  dismissal: Dismissal | undefined,
): DiscoveredResource {
  const kept = Object.entries(resource.dismissals).filter(
    ([type]) => !types.includes(type as FindingType),
  ); // the keys are finding types
  const added = dismissal ? types.map((type) => [type, dismissal] as const) : [];
  const dismissals = Object.fromEntries([...kept, ...added]) as DiscoveredResource['dismissals']; // of those very types
  return { ...resource, dismissals, ...axesOf(resource, dismissals) };
}

/** An ignored overlap, and a resource without a pool that is ignored, say so on their axis. */
function axesOf(
  resource: DiscoveredResource,
  dismissals: DiscoveredResource['dismissals'],
): Partial<DiscoveredResource> {
  const overlaps = resource.overlap !== 'nonoverlapping';
  const kept =
    resource.poolId === null &&
    (dismissals.unmanaged ?? (overlaps ? dismissals.overlap : undefined));
  return {
    overlap: overlaps ? (dismissals.overlap ? 'ignored' : 'overlapping') : 'nonoverlapping',
    ...(kept
      ? { management: 'ignored', managementReason: kept.reason }
      : resource.management === 'ignored'
        ? {
            management: 'unmanaged',
            managementReason: overlaps ? resource.overlapReason : 'no longer ignored',
          }
        : {}),
  };
}

/** The earliest end of a dismissal; null when none ends. */
export function dismissedUntil(dismissals: DiscoveredResource['dismissals']): Date | null {
  const ends = Object.values(dismissals)
    .flatMap((each) => (each.until === null ? [] : [each.until]))
    .sort();
  return ends[0] === undefined ? null : new Date(ends[0]);
}
