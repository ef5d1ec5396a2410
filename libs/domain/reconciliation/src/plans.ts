import { contains, formatCidr, sameCidr } from '@cloudpam/cidr';
import { breachOf, type Pool } from '@cloudpam/pools';
import type { DiscoveredResource } from './inventory';
import type { ReconciliationStores } from './reconciliation-stores';

/** Space that was held for something: what a cloud puts there goes against the plan. */
export class Plans {
  private readonly held: readonly Pool[];

  /** @param pools around and inside the resources that are judged */
  constructor(pools: readonly Pool[]) {
    this.held = pools.filter((pool) => pool.externalId === null && (pool.kind === 'reservation' || (pool.kind === 'subnet' && pool.status === 'planned')));
  }

  /** The resource with its conflict; the very same object when that has not changed. */
  judged(resource: DiscoveredResource): DiscoveredResource {
    const conflict = this.conflictOf(resource);
    return conflict === resource.conflict ? resource : { ...resource, conflict };
  }

  private conflictOf(resource: DiscoveredResource): string {
    const pool = this.held.find((each) => each.vrfId === resource.vrfId && each.id !== resource.poolId && !sameCidr(each.cidr, resource.cidr)
      // A VPC may hold what is planned in it; a subnet is no place to plan in.
      && (contains(each.cidr, resource.cidr) || (resource.kind !== 'vpc' && contains(resource.cidr, each.cidr))));
    return pool ? `${formatCidr(resource.cidr)} uses space that pool ${pool.id}, ${formatCidr(pool.cidr)} (${pool.name}), ${pool.kind === 'reservation' ? 'reserves' : 'was planned for'}` : '';
  }
}

/**
 * Compares resources that have pools with the rules of the pools above them. Gives those whose verdict changed.
 * Costs one look-up where no pool of the VRF has rules.
 */
export async function checkCompliance(stores: ReconciliationStores, resources: readonly DiscoveredResource[]): Promise<DiscoveredResource[]> {
  const changed: DiscoveredResource[] = [];
  for (const vrfId of new Set(resources.map((each) => each.vrfId))) {
    const ofVrf = resources.filter((each) => each.vrfId === vrfId);
    const ruled = new Map((await stores.pools.withRules(vrfId)).map((pool) => [pool.id, pool]));
    const parents = new Map<number, number | null>();
    if (ruled.size > 0) {
      for (const pool of await stores.pools.getMany(ofVrf.flatMap((each) => each.poolId ?? []))) parents.set(pool.id, pool.parentId);
    }
    for (const resource of ofVrf) {
      const parent = ruled.get((resource.poolId === null ? null : parents.get(resource.poolId)) ?? 0);
      const breach = parent && breachOf(parent.rules, { prefixLength: resource.cidr.prefixLength, tags: resource.tags });
      const compliance = parent && breach !== undefined ? `breaks the rules of pool ${parent.id}, ${formatCidr(parent.cidr)} (${parent.name}): ${breach}` : '';
      if (compliance !== resource.compliance) changed.push({ ...resource, compliance });
    }
  }
  return changed;
}
