import { formatCidr } from '@cloudpam/cidr';
import { breachOf, type Pool } from '@cloudpam/pools';
import type { DiscoveredResource } from './inventory';
import { Nest } from './nest';
import type { ReconciliationStores } from './reconciliation-stores';

/** How the plan lies to the resource. */
type Place = 'around' | 'equal' | 'inside';

/**
 * The one rule for what a cloud takes of planned space, new, grown or moved: why a resource goes
 * against a pool that no cloud resource stands behind; undefined when it does not.
 * - What is held for an account or a region is for nobody else, wherever the two meet.
 * - A reservation is held against everything, a planned subnet against what lies in it; a VPC may
 *   hold both in it.
 * - The very block of a plan is for a resource of its kind; a container is for any.
 * @param place of the plan, seen from the resource
 */
export function planBroken(
  pool: Pool,
  resource: DiscoveredResource,
  place: Place,
): string | undefined {
  const { kind, status, accountId, region } = pool;
  const says = (held: string): string =>
    `${formatCidr(resource.cidr)} uses space that pool ${pool.id}, ${formatCidr(pool.cidr)} (${pool.name}), ${held}`;
  if (pool.externalId !== null) return undefined;
  if (accountId !== null && accountId !== resource.accountId)
    return says('holds for another account');
  if (region !== null && region !== resource.region && place !== 'inside')
    return says(`holds for the region ${region}`);
  if (kind === 'container') return undefined;
  const isPlace = place === 'inside' && resource.kind === 'vpc';
  if (kind === 'reservation') return isPlace ? undefined : says('reserves');
  if (place === 'equal')
    return kind === resource.kind
      ? undefined
      : says(`was planned for as a ${kind.replace('_', ' ')}`);
  return kind === 'subnet' && status === 'planned' && !isPlace
    ? says('was planned for')
    : undefined;
}

/** Space that was held for something: what a cloud puts there goes against the plan. */
export class Plans {
  private readonly held: Nest<Pool>;

  /** @param pools around and inside the resources that are judged */
  constructor(pools: readonly Pool[]) {
    this.held = new Nest(pools.filter((pool) => pool.externalId === null));
  }

  /** The resource with its conflict; the very same object when that has not changed. */
  judged(resource: DiscoveredResource): DiscoveredResource {
    const conflict = this.conflictOf(resource);
    return conflict === resource.conflict ? resource : { ...resource, conflict };
  }

  private conflictOf(resource: DiscoveredResource): string {
    const broken = (pool: Pool, place: Place): string | undefined =>
      pool.vrfId === resource.vrfId && pool.id !== resource.poolId
        ? planBroken(pool, resource, place)
        : undefined;
    for (const pool of this.held.equal(resource.cidr)) {
      const why = broken(pool, 'equal');
      if (why !== undefined) return why;
    }
    for (const pool of this.held.around(resource.cidr)) {
      const why = broken(pool, 'around');
      if (why !== undefined) return why;
    }
    const inside = this.held.inside(resource.cidr, (pool) => broken(pool, 'inside') !== undefined);
    return (inside && broken(inside, 'inside')) ?? '';
  }
}

/**
 * Compares resources that have pools with the rules of the pools above them. Gives those whose
 * verdict changed. Costs one look-up where no pool of the VRF has rules.
 */
export async function checkCompliance(
  stores: ReconciliationStores,
  resources: readonly DiscoveredResource[],
): Promise<DiscoveredResource[]> {
  const changed: DiscoveredResource[] = [];
  for (const vrfId of new Set(resources.map((each) => each.vrfId))) {
    const ofVrf = resources.filter((each) => each.vrfId === vrfId);
    const ruled = new Map((await stores.pools.withRules(vrfId)).map((pool) => [pool.id, pool]));
    const parents = new Map<number, number | null>();
    if (ruled.size > 0) {
      for (const pool of await stores.pools.getMany(ofVrf.flatMap((each) => each.poolId ?? [])))
        parents.set(pool.id, pool.parentId);
    }
    for (const resource of ofVrf) {
      const parent = ruled.get(
        (resource.poolId === null ? null : parents.get(resource.poolId)) ?? 0,
      );
      const breach =
        parent &&
        breachOf(parent.rules, { prefixLength: resource.cidr.prefixLength, tags: resource.tags });
      const compliance =
        parent && breach !== undefined
          ? `breaks the rules of pool ${parent.id}, ${formatCidr(parent.cidr)} (${parent.name}): ${breach}`
          : '';
      if (compliance !== resource.compliance) changed.push({ ...resource, compliance });
    }
  }
  return changed;
}
