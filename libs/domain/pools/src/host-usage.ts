import { addressCount } from '@cloudpam/cidr';
import { forbiddenIn } from './addresses/address-rules';
import type { Pool } from './pool';

/** What a cloud counted in a living subnet. */
export interface HostCount {
  /** Host addresses that are free. */
  readonly free: number;
  readonly observedAt: Date;
}

/** How the hosts of a subnet fill it, in addresses. */
export interface HostUsage {
  /** What hosts can have: without what the network and the cloud keep (`forbiddenIn`). */
  readonly size: bigint;
  readonly used: bigint;
  readonly free: bigint;
  readonly observedAt: Date;
}

/** The host usage of a pool by what its cloud has counted. */
export function hostUsageOf(pool: Pool, { free, observedAt }: HostCount): HostUsage {
  const size = addressCount(pool.cidr) - BigInt(forbiddenIn(pool).length);
  const left = BigInt(free) < size ? BigInt(free) : size;
  return { size, used: size - left, free: left, observedAt };
}

/** Knows what clouds have counted in the subnets that pools stand for. */
export interface HostCounts {
  /** By the id of the pool; pools without a count are left out. */
  hostCounts(poolIds: readonly number[]): Promise<Map<number, HostCount>>;
}
