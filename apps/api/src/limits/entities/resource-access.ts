import { isInScope, type AccessScope } from '@cloudpam/audit';
import { resourceNotFound, type DiscoveredResource } from '@cloudpam/reconciliation';
import type { Stores } from '../../storage/storage';
import { staysInScope, type EntityAccess, type Redaction } from './entity-access';
import { visiblePoolIds } from './pool-access';

const OVERLAPS = 'overlaps addresses that something else uses';
const AGAINST_PLAN = 'uses space that was planned or reserved for something else';

const answers: Redaction<DiscoveredResource> = {
  is: (value): value is DiscoveredResource =>
    'overlapReason' in value && 'networkExternalId' in value,
  redacted: resourcesAsVisible,
};

/** Discovered resources: callers with limits see and decide those that lie in their access scope. */
export const RESOURCE_ACCESS: EntityAccess = {
  named: {
    visibleIds: async ({ discovery }, ids) => {
      const visible = new Set<number>();
      for (const id of ids) if (await discovery.resource(id)) visible.add(id);
      return visible;
    },
    notFound: resourceNotFound,
  },
  mayCause: staysInScope,
  answers,
};

/**
 * Resources of the access scope as they are visible: without the pools, resources and networks beyond
 * it that they and their reasons name.
 */
export async function resourcesAsVisible(
  accessScope: AccessScope,
  stores: Pick<Stores, 'pools' | 'discovery'>,
  resources: readonly DiscoveredResource[],
): Promise<DiscoveredResource[]> {
  const pools = await visiblePoolIds(
    accessScope,
    stores.pools,
    resources.flatMap((each) => each.poolId ?? []),
  );
  const explaining = new Set<number>();
  for (const id of new Set(resources.flatMap((each) => each.explainedBy ?? []))) {
    const found = await stores.discovery.resource(id);
    if (found && isInScope(accessScope, found)) explaining.add(id);
  }
  return resources.map((each) => withoutOthers(each, pools, explaining));
}

function withoutOthers(
  resource: DiscoveredResource,
  pools: ReadonlySet<number>,
  explaining: ReadonlySet<number>,
): DiscoveredResource {
  const { poolId, explainedBy, sync, syncReason } = resource;
  const isVisible = poolId === null || pools.has(poolId);
  // After a colon it says what is in the way of the cloud's value.
  const drift = isVisible
    ? (syncReason.split(': ')[0] ?? '')
    : 'its pool is not what the cloud has';
  return {
    ...resource,
    poolId: isVisible ? poolId : null,
    explainedBy: explainedBy !== null && explaining.has(explainedBy) ? explainedBy : null,
    syncReason: sync === 'drift' ? drift : syncReason,
    overlapReason: resource.overlapReason && OVERLAPS,
    managementReason:
      resource.management === 'unmanaged'
        ? unmanagedReason(resource.managementReason)
        : resource.managementReason,
    conflict: resource.conflict && AGAINST_PLAN,
    compliance: resource.compliance && 'breaks the rules of the pool above it',
  };
}

/** The reason of a policy names nothing; those of overlaps and plans name what is in the way. */
function unmanagedReason(reason: string): string {
  if (reason.startsWith('overlaps ')) return OVERLAPS;
  return / uses space that pool \d/.test(reason) ? AGAINST_PLAN : reason;
}
