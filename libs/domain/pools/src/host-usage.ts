import { addressCount } from '@cloudpam/cidr';
import { forbiddenIn } from './addresses/address-rules';
import { hasUncountedHosts, type Pool } from './pool';

/** How far the interfaces of a scope were listed; `off`: nobody asked for them. */
export const INTERFACE_COVERAGES = ['complete', 'partial', 'failed', 'off'] as const;
/** One of `INTERFACE_COVERAGES`. */
export type InterfaceCoverage = (typeof INTERFACE_COVERAGES)[number];

/** What a cloud tells of the hosts of a living subnet. */
export interface HostCount {
  /** Host addresses that it counts as free; null where it does not count. */
  readonly free: number | null;
  readonly observedAt: Date;
  /** How far its interfaces were listed the last time. */
  readonly interfaces: InterfaceCoverage;
  /** When they were last listed completely; null: never. */
  readonly interfacesAt: Date | null;
}

/** How the hosts of a subnet fill it, in addresses. */
export interface HostUsage {
  /** What hosts can have: without what the network and the cloud keep (`forbiddenIn`). */
  readonly size: bigint;
  readonly used: bigint;
  readonly free: bigint;
  readonly observedAt: Date;
}

/** The host usage of a pool by what its cloud has counted; null where it does not count. */
export function hostUsageOf(pool: Pool, { free, observedAt }: HostCount): HostUsage | null {
  if (free === null) return null;
  const size = addressCount(pool.cidr) - BigInt(forbiddenIn(pool).length);
  const left = BigInt(free) < size ? BigInt(free) : size;
  return { size, used: size - left, free: left, observedAt };
}

/** Knows what clouds have counted in the subnets that pools stand for. */
export interface HostCounts {
  /** By the id of the pool; pools that are no living subnets of a cloud are left out. */
  hostCounts(poolIds: readonly number[]): Promise<Map<number, HostCount>>;
}

/** What clouds have counted in those of the pools that are subnets of theirs, by the id of the pool. */
export async function hostUsagesOf(
  { discovery }: { readonly discovery: HostCounts },
  pools: readonly Pool[],
): Promise<Map<number, HostUsage>> {
  const living = new Map(pools.filter(hasUncountedHosts).map((pool) => [pool.id, pool]));
  const found = new Map<number, HostUsage>();
  if (living.size === 0) return found;
  for (const [id, count] of await discovery.hostCounts([...living.keys()])) {
    const pool = living.get(id);
    const usage = pool && hostUsageOf(pool, count);
    if (usage) found.set(id, usage);
  }
  return found;
}
