import { blockAround, formatCidr, sameCidr } from '@cloudpam/cidr';
import { dayOf, usualLength, type BlockCounts } from '@cloudpam/forecast';
import { breachOf, followsCloud, type Pool } from '@cloudpam/pools';
import { bitsOf, holdsHosts, type ExaminedPool } from './examined-pool';
import { fragmentationOf, type Fragmentation } from './fragmentation';
import type { Recommendation, RecommendedAction } from './recommendation';
import { oversized, undersized, type Beside } from './sizing';

/** So many days without anything in it, and a pool is unused. */
export const IDLE_DAYS = 90;
/** Free space is in pieces from this score on. */
export const FRAGMENTED_FROM = 0.5;

/**
 * What is recommended about a pool by what is around and in it.
 * @param beside what the other half of the block around it is; looked at where it is undersized
 * @param today in days since 1970-01-01, UTC
 */
export function recommendationsOf(
  examined: ExaminedPool,
  beside: Beside,
  today: number,
): Recommendation[] {
  return [
    overlapping(examined),
    undersized(examined, beside),
    fragmented(examined),
    breaksRules(examined),
    oversized(examined, today),
    unused(examined, today),
  ].filter((each) => each !== undefined);
}

/** The free blocks of a pool by prefix length, as they were counted last. */
export function freeOf({ pool, days }: Pick<ExaminedPool, 'pool' | 'days'>): BlockCounts {
  return days.at(-1)?.free ?? { [pool.cidr.prefixLength]: 1 };
}

/**
 * That a container or VPC has addresses for a block of its usual length, and they are in pieces.
 * @param found its fragmentation, where that is known better than it was counted
 * @param action what joins the most, where that was looked for
 */
export function fragmented(
  examined: ExaminedPool,
  found: Fragmentation = fragmentationOf(freeOf(examined), bitsOf(examined.pool)),
  action?: RecommendedAction | null,
): Recommendation | undefined {
  const { pool, days } = examined;
  if (pool.kind !== 'container' && pool.kind !== 'vpc') return undefined;
  const usual = usualLength(pool, days);
  const { score, largest, packedLargest } = found;
  if (usual === undefined || packedLargest === null || packedLargest > usual) return undefined;
  if (score < FRAGMENTED_FROM) return undefined;
  const fits = largest !== null && largest <= usual;
  return {
    poolId: pool.id,
    kind: 'fragmented',
    severity: fits ? 'low' : 'high',
    relatedId: null,
    facts: { score, prefixLength: usual, largestFree: largest, packedLargest },
    action: action === undefined ? { type: 'move', poolIds: [], cidr: null, tags: [] } : action,
  };
}

/** That it was made before the rules of its parent, or by who is not bound by them, and breaks them. */
function breaksRules({ pool, parent }: ExaminedPool): Recommendation | undefined {
  const rules = parent?.rules;
  if (!parent || !rules) return undefined;
  const breach = breachOf(rules, { prefixLength: pool.cidr.prefixLength, tags: pool.tags });
  if (breach === undefined) return undefined;
  const tags = rules.requiredTags.filter(
    (key) => !Object.hasOwn(pool.tags, key) || !pool.tags[key],
  );
  const { minPrefixLength: min, maxPrefixLength: max } = rules;
  const { family, first, prefixLength } = pool.cidr;
  const length = Math.min(Math.max(prefixLength, min ?? 0), max ?? prefixLength);
  const bound = followsCloud(pool);
  const resized = length !== prefixLength && !bound;
  const action: RecommendedAction | null =
    tags.length > 0
      ? { type: 'edit', poolIds: [pool.id], cidr: null, tags }
      : resized
        ? {
            type: 'resize',
            poolIds: [pool.id],
            // Which part of it stays is for a person to say.
            cidr: length < prefixLength ? formatCidr(blockAround(family, first, length)) : null,
            tags: [],
          }
        : null;
  return {
    poolId: pool.id,
    kind: 'breaks_rules',
    severity: 'medium',
    relatedId: parent.id,
    facts: { breach, ...(bound ? { followsCloud: true } : {}) },
    action,
  };
}

/** That for long nothing was in it, and nobody has touched it. What ends by itself is left alone. */
function unused(
  { pool, days, hosts, hasRange }: ExaminedPool,
  today: number,
): Recommendation | undefined {
  if (pool.childUsed > 0n || hasRange || pool.expiresAt !== null) return undefined;
  // Of a subnet nobody knows that it has no hosts, unless they are counted.
  if (holdsHosts(pool) && hosts?.used !== 0n) return undefined;
  const since = Math.max(dayOf(pool.updatedAt), days.at(-1)?.day ?? 0);
  const idleDays = today - since;
  if (idleDays < IDLE_DAYS) return undefined;
  const bound = followsCloud(pool);
  return {
    poolId: pool.id,
    kind: 'unused',
    severity: 'low',
    relatedId: null,
    facts: { idleDays, ...(bound ? { followsCloud: true } : {}) },
    action: bound ? null : { type: 'reclaim', poolIds: [pool.id], cidr: null, tags: [] },
  };
}

/**
 * That the addresses of a network are also those of one in another VRF that it can reach. Containers are plans,
 * and collide with nothing; what lies in a network is told of with it.
 */
function overlapping({ pool, elsewhere }: ExaminedPool): Recommendation | undefined {
  const equal = elsewhere.find(({ cidr }) => sameCidr(cidr, pool.cidr));
  const other = equal ?? elsewhere[0];
  if (!other) return undefined;
  const bound = followsCloud(pool);
  return {
    poolId: pool.id,
    kind: equal ? 'duplicate' : 'shadowed',
    severity: equal ? 'high' : 'medium',
    relatedId: other.id,
    facts: { vrfs: elsewhere.length, ...(bound ? { followsCloud: true } : {}) },
    action: bound ? null : { type: 'move', poolIds: [pool.id], cidr: null, tags: [] },
  };
}

/** Whether it can collide with networks of other VRFs: it is one, and lies in none. */
export function isOutermostNetwork(pool: Pool, parent: Pool | undefined): boolean {
  return pool.kind !== 'container' && (parent === undefined || parent.kind === 'container');
}
