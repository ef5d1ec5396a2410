import { formatCidr, sibling, supernet } from '@cloudpam/cidr';
import { dayOf } from '@cloudpam/forecast';
import { followsCloud, type Pool } from '@cloudpam/pools';
import { bitsOf, hostsOf, type ExaminedPool, type Hosts } from './examined-pool';
import type { Recommendation, RecommendedAction } from './recommendation';

/** A subnet is too small from this share of hosts on, in thousandths. */
const FULL = 900n;
/** From this one on that matters most. */
const NEARLY_OVER = 970n;
/** A younger pool may still fill. */
const YOUNG_DAYS = 30;
/** Clouds have no smaller subnets (AWS: /28). */
const LONGEST_SUBNET = 28;

/** What the half beside a pool is: free, a pool with nothing in it, or neither. */
export type Beside = 'free' | 'taken' | Pool;

/**
 * Whether a subnet has hardly room left. One that is made for the two ends of a link, or for one host, is full by
 * intent.
 */
export function isUndersized(examined: Pick<ExaminedPool, 'pool' | 'hosts'>): boolean {
  if (examined.pool.cidr.prefixLength >= bitsOf(examined.pool) - 1) return false;
  const hosts = hostsOf(examined);
  return hosts !== undefined && hosts.size > 0n && shareOf(hosts) >= FULL;
}

/** That a subnet has hardly room left: it grows into what is beside it. */
export function undersized(
  { pool, parent, hosts: counted }: ExaminedPool,
  beside: Beside,
): Recommendation | undefined {
  const hosts = hostsOf({ pool, hosts: counted });
  if (!hosts || !isUndersized({ pool, hosts: counted })) return undefined;
  const bound = followsCloud(pool);
  const merges = typeof beside === 'object' && !bound;
  return {
    poolId: pool.id,
    kind: 'undersized',
    severity: shareOf(hosts) >= NEARLY_OVER ? 'high' : 'medium',
    relatedId: merges ? beside.id : (parent?.id ?? null),
    facts: {
      hostsUsed: String(hosts.used),
      hostsSize: String(hosts.size),
      ...(bound ? { followsCloud: true } : {}),
    },
    action: bound ? null : merges ? merge(pool, beside) : grow(pool, beside),
  };
}

/**
 * That a subnet has four times the room that twice its hosts need. Of IPv6 there is none: a subnet of a /64 is
 * never full.
 */
export function oversized(
  { pool, hosts: counted }: ExaminedPool,
  today: number,
): Recommendation | undefined {
  const hosts = hostsOf({ pool, hosts: counted });
  if (!hosts || hosts.used === 0n || pool.cidr.family === 6) return undefined;
  if (today - dayOf(pool.createdAt) < YOUNG_DAYS) return undefined;
  const needed = 2n * hosts.used + hosts.kept;
  const length = Math.min(LONGEST_SUBNET, bitsOf(pool) - (needed - 1n).toString(2).length);
  if (length < pool.cidr.prefixLength + 2) return undefined;
  const bound = followsCloud(pool);
  return {
    poolId: pool.id,
    kind: 'oversized',
    severity: 'low',
    relatedId: null,
    facts: {
      hostsUsed: String(hosts.used),
      hostsSize: String(hosts.size),
      prefixLength: length,
      ...(bound ? { followsCloud: true } : {}),
    },
    action: bound
      ? null
      : {
          type: 'resize',
          poolIds: [pool.id],
          // Which part of it the hosts are in is for a person to see.
          cidr: null,
          tags: [],
        },
  };
}

function shareOf({ used, size }: Hosts): bigint {
  return (used * 1_000n) / size;
}

function merge(pool: Pool, beside: Pool): RecommendedAction {
  const ids = [pool, beside].sort((a, b) => (a.cidr.first < b.cidr.first ? -1 : 1));
  return {
    type: 'merge',
    poolIds: ids.map(({ id }) => id),
    cidr: formatCidr(supernet(pool.cidr, pool.cidr.prefixLength - 1)),
    tags: [],
  };
}

/** Where nothing is free beside it a person looks for another place. */
function grow(pool: Pool, beside: Beside): RecommendedAction {
  const isFree = beside === 'free' && sibling(pool.cidr) !== undefined;
  return {
    type: isFree ? 'resize' : 'move',
    poolIds: [pool.id],
    cidr: isFree ? formatCidr(supernet(pool.cidr, pool.cidr.prefixLength - 1)) : null,
    tags: [],
  };
}
