import { write, type Actor, type Change, type UnitOfWork } from '@cloudpam/audit';
import { addressDeleted } from './addresses/address-events';
import { lockHolder } from './addresses/lock-holders';
import { giveBackAddresses, quarantinePools } from './addresses/quarantine';
import { rangeEnded } from './addresses/range-events';
import { isInQuarantine } from './addresses/range-rules';
import { deletePools } from './delete-pool';
import { hasUncountedHosts, type Pool } from './pool';
import type { PoolStores, PoolUnitOfWork } from './pool-stores';
import { PoolError } from './pool-error';
import { lockForChange } from './update-pool';

type EndingStores = Pick<PoolStores, 'pools' | 'ranges'>;

const BATCH = 200;

/**
 * Gives back what has an end: pools and addresses whose lease is over, and space whose quarantine is; each in a unit
 * of work of its own. What a cloud still uses is never freed, nor a pool, other than a reservation, in which something
 * lies: a finding tells of these.
 */
export class ReleaseExpired {
  constructor(private readonly unitOfWork: PoolUnitOfWork) {}

  /** @returns how many were released */
  async execute(actor: Actor, at: Date): Promise<number> {
    const [pools, addresses, ranges] = await this.unitOfWork.read((stores) =>
      Promise.all([
        this.endedPools(stores, at),
        stores.addresses.list({ expiredAt: at }, { size: BATCH }),
        stores.ranges.list({ endedAt: at }, { size: BATCH }),
      ]),
    );
    let released = 0;
    const each = async (
      change: Omit<Change, 'actor' | 'at'>,
      release: (stores: PoolStores, change: Change) => Promise<number>,
    ): Promise<void> => {
      const whole = { ...change, actor, at };
      released += await write(this.unitOfWork as UnitOfWork<PoolStores>, whole, (stores) =>
        release(stores, whole),
      ).catch((error: unknown) => {
        // Another server, or a person, has released it meanwhile; or something has come into it.
        if (error instanceof PoolError) return 0;
        throw error;
      });
    };
    for (const { id } of pools)
      await each({ requestId: `expiry-${id}`, reason: 'its lease is over' }, (stores, change) =>
        releasePool(stores, change, id),
      );
    for (const { id } of addresses.items)
      await each(
        { requestId: `expiry-address-${id}`, reason: 'its lease is over' },
        (stores, change) => releaseAddress(stores, change, id),
      );
    for (const { id } of ranges.items)
      await each(
        { requestId: `quarantine-${id}`, reason: 'its quarantine is over' },
        (stores, change) => releaseRange(stores, change, id),
      );
    return released;
  }

  /** Those that can be released; the rest stays, and must not stand before them. */
  private async endedPools(stores: EndingStores, at: Date): Promise<Pool[]> {
    const found: Pool[] = [];
    for (let after: string | undefined; found.length < BATCH;) {
      const { items, nextCursor } = await stores.pools.list(
        { expiredAt: at },
        {
          sort: [{ field: 'id', descending: false }],
          size: BATCH,
          ...(after === undefined ? {} : { after }),
        },
      );
      const held = await heldByRanges(stores, items);
      found.push(...items.filter((pool) => isReleasable(pool, held.has(pool.id))));
      if (nextCursor === null) break;
      after = nextCursor;
    }
    return found;
  }
}

/** Which of the pools have a range right in them, other than of quarantine: that ends by itself. */
export async function heldByRanges(
  { ranges }: { readonly ranges: Pick<PoolStores['ranges'], 'ofPools'> },
  pools: readonly Pick<Pool, 'id'>[],
): Promise<ReadonlySet<number>> {
  const found = await ranges.ofPools(pools.map(({ id }) => id));
  return new Set(found.flatMap((range) => (isInQuarantine(range) ? [] : (range.poolId ?? []))));
}

/**
 * Whether a pool is given back when its lease is over.
 * @param hasRange whether a range lies in it, as `heldByRanges` tells
 */
export function isReleasable(pool: Pool, hasRange: boolean): boolean {
  if (pool.kind === 'reservation') return true;
  const isCloudBacked = pool.source === 'discovered' || pool.externalId !== null;
  return !isCloudBacked && !hasUncountedHosts(pool) && pool.childUsed === 0n && !hasRange;
}

async function releasePool(stores: PoolStores, change: Change, id: number): Promise<number> {
  const pool = await lockForChange(stores, id, undefined, true);
  // Another server may have been first, or someone may have given it more time.
  if (!pool.expiresAt || pool.expiresAt > change.at) return 0;
  const held = await heldByRanges(stores, [pool]);
  if (!isReleasable(pool, held.has(id))) return 0;
  const children = await stores.pools.childrenWithin(pool.vrfId, id, [pool.cidr]);
  const deletion = await deletePools(stores, change, pool, [pool], children);
  await quarantinePools(stores, change, deletion);
  return 1;
}

async function releaseAddress(stores: PoolStores, change: Change, id: number): Promise<number> {
  const seen = await stores.addresses.get(id);
  if (!seen) return 0;
  const pool = await lockHolder(stores, seen.vrfId, seen.cidr);
  const [record] = await stores.addresses.lock([id]);
  if (!record?.expiresAt || record.expiresAt > change.at) return 0;
  await stores.audit.append([addressDeleted(change, record)]);
  await giveBackAddresses(stores, change, pool, [record]);
  return 1;
}

async function releaseRange(stores: PoolStores, change: Change, id: number): Promise<number> {
  const seen = await stores.ranges.get(id);
  if (!seen) return 0;
  await lockHolder(stores, seen.vrfId, seen.span);
  const [range] = await stores.ranges.lock([id]);
  if (!range?.until || range.until > change.at) return 0;
  await stores.audit.append([rangeEnded(change, range)]);
  await stores.ranges.remove([id]);
  return 1;
}
