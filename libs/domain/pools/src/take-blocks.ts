import { addressCount, formatCidr, POOL_PREFIX_LIMITS, type Cidr } from '@cloudpam/cidr';
import type { Change } from '@cloudpam/audit';
import type { AllocationRequest } from './allocate-subnet';
import { breachOf } from './allocation-rules';
import { newPool } from './create-pools';
import type { LiveKey, Pool } from './pool';
import { PoolError } from './pool-error';
import { poolMade } from './pool-events';
import { checkInnerPrefixLength, checkNamed } from './pool-rules';
import type { PoolStores } from './pool-stores';

/** How many blocks one request can allocate. */
export const ALLOCATION_LIMIT = 1_000;

/** Blocks of a pool that somebody gets. */
export interface Taking {
  readonly change: Change;
  readonly request: AllocationRequest;
  readonly blocks: readonly Cidr[];
  readonly liveKey: LiveKey | null;
}

/** How many blocks are asked for. @throws PoolError for a request that no pool could serve */
export function checkedCount(request: AllocationRequest): number {
  checkNamed(request);
  const count = request.count ?? 1;
  if (!Number.isInteger(count) || count < 1 || count > ALLOCATION_LIMIT) {
    throw new PoolError('invalid_field', `count must be from 1 to ${ALLOCATION_LIMIT}.`, {
      field: 'count',
    });
  }
  // Where its number fits no more, the name is too long.
  if (count > 1) checkNamed({ name: `${request.name}-${count}` });
  return count;
}

/** The prefix length of the blocks to take from the pool. @throws PoolError `invalid_prefix_length` */
export function prefixLengthIn(pool: Pool, request: AllocationRequest): number {
  const prefixLength = request.prefixLength ?? defaultOf(pool);
  checkTaking(pool, prefixLength);
  return prefixLength;
}

/** Which rules of the pool the blocks would break; undefined when none. */
export function rulesBroken(
  pool: Pool,
  prefixLength: number,
  { tags = {} }: AllocationRequest,
): PoolError | undefined {
  const breach = breachOf(pool.rules, { prefixLength, tags });
  if (breach === undefined) return undefined;
  return new PoolError('rules_broken', `The rules of pool ${pool.id} are not kept: ${breach}.`, {
    field: breach.startsWith('/') ? 'prefix_length' : 'tags',
  });
}

/**
 * Makes pools of the blocks, all in one go; those of each in the order of the takings. The parent is locked.
 * @param ids from `reserveIds`, one for each block at least
 */
export async function takeBlocks(
  stores: PoolStores,
  parent: Pool,
  takings: readonly Taking[],
  ids: readonly number[],
): Promise<Pool[][]> {
  let used = 0;
  const made = takings.map(({ change, request, blocks, liveKey }) =>
    blocks.map((cidr, index): Pool => ({
      ...newPool(change, ids[used++] ?? 0, {
        ...request,
        cidr,
        vrfId: parent.vrfId,
        kind: request.kind ?? 'subnet',
        status: request.status ?? 'planned',
        accountId: request.accountId ?? parent.accountId,
        region: request.region ?? parent.region,
        name: blocks.length === 1 ? request.name : `${request.name}-${index + 1}`,
      }),
      parentId: parent.id,
      liveKey,
    })),
  );
  const pools = made.flat();
  const taken = pools.reduce((sum, { cidr }) => sum + addressCount(cidr), 0n);
  const events = takings.flatMap(({ change }, at) =>
    (made[at] ?? []).map((pool) => poolMade(change, 'pool.allocate', pool)),
  );
  const [found] = await Promise.all([
    // The rows go out first, and what was made of them is read behind them.
    stores.pools.insert(pools).then(() => stores.pools.getMany(pools.map(({ id }) => id))),
    stores.pools.setChildUsed([{ id: parent.id, childUsed: parent.childUsed + taken }]),
    stores.audit.append(events),
  ]);
  const stored = new Map(found.map((pool) => [pool.id, pool]));
  return made.map((each) => each.flatMap(({ id }) => stored.get(id) ?? []));
}

/** The error for a pool that a cloud uses, and whose hosts nobody has counted. */
export function hostsNotCounted(pool: Pool): PoolError {
  return new PoolError(
    'hosts_not_counted',
    `Pool ${pool.id} (${formatCidr(pool.cidr)}) is in use by the cloud, and its hosts are ` +
      'not counted: what looks free in it may not be. ' +
      'Allocate in another pool, or say accept_uncounted_hosts.',
    { field: 'accept_uncounted_hosts' },
  );
}

function defaultOf(pool: Pool): number {
  const standard = pool.rules?.defaultPrefixLength ?? null;
  if (standard !== null) return standard;
  throw new PoolError(
    'invalid_prefix_length',
    `Pool ${pool.id} has no default prefix length; say prefix_length.`,
    { field: 'prefix_length' },
  );
}

function checkTaking(pool: Pool, prefixLength: number): void {
  checkInnerPrefixLength(pool.cidr, prefixLength, 'prefix_length');
  const { max } = POOL_PREFIX_LIMITS[pool.cidr.family];
  if (prefixLength > max || prefixLength === pool.cidr.prefixLength) {
    throw new PoolError(
      'invalid_prefix_length',
      `A block of pool ${pool.id} has a prefix length from /${pool.cidr.prefixLength + 1} to ` +
        `/${max}; /${prefixLength} is ${prefixLength > max ? 'too long' : 'the whole pool'}.`,
      { field: 'prefix_length' },
    );
  }
}
