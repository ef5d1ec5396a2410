import { overlaps, type AddressRange, type Cidr, type Family } from '@cloudpam/cidr';
import type { HostCounts } from './host-usage';
import { hasUncountedHosts, type Pool } from './pool';
import type { PoolStores } from './pool-stores';

/** Something that a cloud has where a pool was made by hand. */
export interface CloudUse {
  readonly vrfId: number;
  readonly accountId: number | null;
  readonly cidr: Cidr;
  readonly kind: string;
  readonly externalId: string | null;
  readonly name: string;
}

/** Knows what is in use and no pool stands for: allocation passes it by, and new pools tell of it. */
export interface SpaceInUse extends HostCounts {
  /** What clouds have in a range without a pool, in address order; at most `limit`. */
  unpooledTouching(vrfId: number, range: AddressRange, limit: number): Promise<readonly CloudUse[]>;
}

/** How many resources are looked at for one VRF and family, and told of one pool. */
const LOOKED_AT = 200;
const LISTED_USES = 5;

/**
 * What clouds use in the space of new pools: resources without a pool that share addresses with it,
 * and the living subnet that it lies in, whose hosts nobody has counted.
 * @returns by pool id, for pools of which there is something to tell
 */
export async function cloudUses(
  stores: Pick<PoolStores, 'pools' | 'discovery'>,
  pools: readonly Pool[],
): Promise<Map<number, CloudUse[]>> {
  const found = new Map<number, CloudUse[]>();
  const places = placesOf(pools).map(({ vrfId, family }) => ({
    vrfId,
    ofPlace: pools.filter((pool) => pool.vrfId === vrfId && pool.cidr.family === family),
  }));
  const [parents, ...touching] = await Promise.all([
    stores.pools.getMany([...new Set(pools.flatMap(({ parentId }) => parentId ?? []))]),
    ...places.map(({ vrfId, ofPlace }) =>
      stores.discovery.unpooledTouching(vrfId, hullOf(ofPlace), LOOKED_AT),
    ),
  ]);
  const inUse = new Map(parents.filter(hasUncountedHosts).map((pool) => [pool.id, pool]));
  for (const [at, { ofPlace }] of places.entries()) {
    const resources = touching[at] ?? [];
    for (const pool of ofPlace) {
      const parent = inUse.get(pool.parentId ?? 0);
      const uses = [
        ...(parent ? [parent] : []),
        ...resources.filter(({ cidr }) => overlaps(cidr, pool.cidr)),
      ].slice(0, LISTED_USES);
      if (uses.length > 0) found.set(pool.id, uses);
    }
  }
  return found;
}

function placesOf(pools: readonly Pool[]): { vrfId: number; family: Family }[] {
  const places = new Map(
    pools.map(({ vrfId, cidr: { family } }) => [`${vrfId} ${family}`, { vrfId, family }]),
  );
  return [...places.values()];
}

function hullOf(pools: readonly Pool[]): AddressRange {
  const [one, ...others] = pools.map(({ cidr }): AddressRange => cidr);
  if (!one) throw new Error('no pools, no hull');
  return others.reduce(
    (hull, { first, last }) => ({
      family: hull.family,
      first: first < hull.first ? first : hull.first,
      last: last > hull.last ? last : hull.last,
    }),
    one,
  );
}
