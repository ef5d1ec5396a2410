import { addressCount, familyBits } from '@cloudpam/cidr';
import type { AddressBits, UsageDay } from '@cloudpam/forecast';
import { forbiddenIn, hasUncountedHosts, type HostUsage, type Pool } from '@cloudpam/pools';

/** A pool, and what is around and in it that recommendations rest on. */
export interface ExaminedPool {
  readonly pool: Pool;
  /** undefined for a root, and where it is not visible. */
  readonly parent: Pool | undefined;
  /** Days of the last `IDLE_DAYS` on which its usage has changed; the first is how it was before. */
  readonly days: readonly UsageDay[];
  /** What its cloud has counted; null where it has not. */
  readonly hosts: HostUsage | null;
  /** Whether a range lies right in it, other than one of quarantine. */
  readonly hasRange: boolean;
  /** The smallest networks of other VRFs that its addresses also lie in, one for each VRF. */
  readonly elsewhere: readonly Pool[];
}

/** The address bits of the pool's family. */
export function bitsOf({ cidr }: Pick<Pool, 'cidr'>): AddressBits {
  return familyBits(cidr.family) as AddressBits; // of both families
}

/** Whether hosts live right in it. */
export function holdsHosts({ kind }: Pick<Pool, 'kind'>): boolean {
  return kind === 'subnet' || kind === 'secondary_range';
}

/** Hosts of a pool, in addresses. */
export interface Hosts {
  /** Without what the network and the cloud keep. */
  readonly size: bigint;
  readonly used: bigint;
  /** What the network and the cloud keep. */
  readonly kept: bigint;
}

/**
 * The hosts of a subnet: as its cloud counts them, or by what is recorded where no cloud is; undefined where
 * nobody knows them.
 */
export function hostsOf({ pool, hosts }: Pick<ExaminedPool, 'pool' | 'hosts'>): Hosts | undefined {
  if (!holdsHosts(pool)) return undefined;
  const kept = BigInt(forbiddenIn(pool).length);
  if (hosts) return { size: hosts.size, used: hosts.used, kept };
  if (hasUncountedHosts(pool) || pool.childUsed === 0n) return undefined;
  const size = addressCount(pool.cidr) - kept;
  return { size, used: pool.childUsed < size ? pool.childUsed : size, kept };
}
