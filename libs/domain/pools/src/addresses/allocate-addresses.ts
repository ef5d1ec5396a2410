import { write, type Change, type UnitOfWork } from '@cloudpam/audit';
import {
  addressCount,
  chooseBlocks,
  contains,
  familyBits,
  formatCidr,
  freeBlocks,
  rangeToCidrs,
  type AddressRange,
  type Cidr,
} from '@cloudpam/cidr';
import { hasUnlistedHosts } from '../observed-space';
import type { Pool } from '../pool';
import { PoolError } from '../pool-error';
import { checkReferences, poolNotFound } from '../pool-rules';
import type { PoolStores } from '../pool-stores';
import { hostsNotCounted } from '../take-blocks';
import { hostOf, type AddressFields, type AddressRecord } from './address-record';
import { checkAddressFields, forbiddenIn } from './address-rules';
import { formatSpan, type RangeRecord } from './range-record';
import { givesOut, rangeNotFound, rangeTaken } from './range-rules';
import { takeHosts } from './take-hosts';

/** Which of the free addresses is taken: the lowest, the highest, or any. */
export const ADDRESS_STRATEGIES = ['first', 'last', 'random'] as const;
/** One of `ADDRESS_STRATEGIES`. */
export type AddressStrategy = (typeof ADDRESS_STRATEGIES)[number];

/** How many addresses one request can take. */
export const ADDRESS_LIMIT = 256;

/** As many uses by clouds are looked at in a range: all of a /16. */
const MOST_USES = 65_536;
/** Addresses of a range that are read at once. */
const TAKEN_PAGE = 1_000;

/** How often a random address is drawn before the lowest free one above it is taken. */
const DRAWS = 16;

/** Which addresses are asked for, and what is set of them. */
export interface AddressRequest extends Partial<AddressFields> {
  readonly poolId: number;
  /** How many, all or none; default 1. Several are named `NAME-1`, `NAME-2`, ... */
  readonly count?: number;
  readonly strategy?: AddressStrategy;
  /** Out of this range of the pool; left out: what no range keeps. */
  readonly rangeId?: number;
  /** Also takes what looks free in a living subnet of a cloud, where hosts are that nobody has counted. */
  readonly acceptUncountedHosts?: boolean;
}

/** A random whole number from 0 up to, not including, the bound. */
export type RandomBelow = (bound: bigint) => bigint;

/**
 * Takes the next free addresses of a pool. Free is what no pool, no address record, no discovered resource and no
 * address that a cloud has given to something covers, and nobody has to leave alone (`forbiddenIn`), under the
 * pool's lock: no two callers ever get one address,
 * and none that a pool is made of, on any number of servers.
 */
export class AllocateAddresses {
  constructor(
    private readonly unitOfWork: UnitOfWork<PoolStores>,
    private readonly randomBelow: RandomBelow,
  ) {}

  /** @throws PoolError `pool_not_found` | `pool_exhausted` | `hosts_not_counted` | `invalid_field` | ... */
  async execute(change: Change, request: AddressRequest): Promise<AddressRecord[]> {
    const {
      poolId,
      count = 1,
      strategy = 'first',
      rangeId,
      acceptUncountedHosts,
      ...fields
    } = request;
    checkAddressFields(fields);
    if (!Number.isInteger(count) || count < 1 || count > ADDRESS_LIMIT)
      throw new PoolError('invalid_field', `count must be from 1 to ${ADDRESS_LIMIT}.`, {
        field: 'count',
      });
    if (count > 1 && fields.name)
      // Where its number fits no more, the name is too long.
      checkAddressFields({ name: `${fields.name}-${count}` });
    if (count > 1 && fields.mac)
      throw new PoolError(
        'invalid_field',
        'One interface has a MAC address: leave mac or count out.',
        {
          field: 'mac',
        },
      );
    return write(this.unitOfWork, change, async (stores) => {
      await checkReferences(stores, [fields]);
      const [pool] = await stores.pools.lock([poolId]);
      if (!pool) throw poolNotFound(poolId);
      if (acceptUncountedHosts !== true && (await hasUnlistedHosts(stores, pool)))
        throw hostsNotCounted(pool);
      const range = rangeId === undefined ? undefined : await rangeIn(stores, pool, rangeId);
      const hosts = range
        ? await this.freeOfRange(stores, pool, range, count, strategy)
        : await this.freeOfPool(stores, pool, count, strategy);
      if (!hosts) throw exhausted(pool, count, range);
      const { name = '' } = fields;
      const named = (at: number): string =>
        count === 1 || name === '' ? name : `${name}-${at + 1}`;
      return takeHosts(
        stores,
        change,
        'address.allocate',
        pool,
        hosts.map((cidr, at) => ({ cidr, range, fields: { ...fields, name: named(at) } })),
      );
    });
  }

  /** Free addresses of a pool that no range keeps; where random ones are hard to find, the lowest. */
  private async freeOfPool(
    stores: PoolStores,
    pool: Pool,
    count: number,
    strategy: AddressStrategy,
  ): Promise<Cidr[] | undefined> {
    if (strategy !== 'random') return nextFree(stores, pool, count, strategy);
    const forbidden = new Set(forbiddenIn(pool).map(({ cidr }) => cidr.first));
    const drawn = await this.drawn(
      pool.cidr,
      count,
      async (host) => !forbidden.has(host.first) && isFree(stores, pool, host),
    );
    return drawn ?? nextFree(stores, pool, count, 'first');
  }

  /** Free addresses of a range; where random ones are hard to find, the lowest. */
  private async freeOfRange(
    stores: PoolStores,
    pool: Pool,
    range: RangeRecord,
    count: number,
    strategy: AddressStrategy,
  ): Promise<Cidr[] | undefined> {
    const taken = await takenOfRange(stores, pool, range);
    const free = rangeToCidrs(range.span).flatMap((block) => freeBlocks(block, taken));
    const drawn =
      strategy === 'random' &&
      (await this.drawn(range.span, count, async (host) =>
        free.some((block) => contains(block, host)),
      ));
    if (drawn) return drawn;
    const order = strategy === 'last' ? 'last_fit' : 'first_fit';
    return chooseBlocks(free, familyBits(range.span.family), count, order)?.chosen;
  }

  /** Random addresses of a span that are free; undefined where so many are not found. */
  private async drawn(
    span: AddressRange,
    count: number,
    isFree: (host: Cidr) => Promise<boolean>,
  ): Promise<Cidr[] | undefined> {
    const size = addressCount(span);
    const seen = new Set<bigint>();
    const chosen: Cidr[] = [];
    for (let draws = 0; chosen.length < count && draws < DRAWS * count; draws++) {
      const host = hostOf(span.family, span.first + this.randomBelow(size));
      if (seen.has(host.first)) continue;
      seen.add(host.first);
      if (await isFree(host)) chosen.push(host);
    }
    return chosen.length === count ? chosen : undefined;
  }
}

async function isFree(stores: PoolStores, pool: Pool, host: Cidr): Promise<boolean> {
  const [smallest] = await stores.pools.smallestContaining(pool.vrfId, [host]);
  if (smallest?.id !== pool.id) return false;
  if ((await stores.addresses.equalTo(pool.vrfId, [host])).length > 0) return false;
  if ((await stores.ranges.at(pool.vrfId, [host]))[0]) return false;
  if ((await stores.observed.touching(pool.vrfId, host, 1)).length > 0) return false;
  return (await stores.discovery.unpooledTouching(pool.vrfId, host, 1)).length === 0;
}

/** The lowest or highest free addresses in the order in which they are given, or undefined when there are fewer. */
async function nextFree(
  stores: PoolStores,
  pool: Pool,
  count: number,
  strategy: 'first' | 'last',
): Promise<Cidr[] | undefined> {
  const forbidden = forbiddenIn(pool).map(({ cidr }) => cidr);
  const bits = familyBits(pool.cidr.family);
  // Of each size the first blocks hold all addresses that so many choices can need.
  const free = await stores.pools.freeBlocks(pool.id, {
    order: strategy === 'first' ? 'address' : 'address_desc',
    limit: count + forbidden.length,
    maxPrefixLength: bits,
  });
  const allowed = free.flatMap((block) =>
    freeBlocks(
      block,
      forbidden.filter((host) => contains(block, host)),
    ),
  );
  return chooseBlocks(allowed, bits, count, `${strategy}_fit`)?.chosen;
}

/** @throws PoolError `range_not_found`, `invalid_field` for one that gives no address of the pool out */
async function rangeIn(stores: PoolStores, pool: Pool, id: number): Promise<RangeRecord> {
  const range = await stores.ranges.get(id);
  if (!range || range.poolId !== pool.id) throw rangeNotFound(id, 'range_id');
  if (!givesOut(range))
    throw rangeTaken(`An address of ${formatSpan(range.span)}`, range, 'range_id');
  return range;
}

/** What of a range somebody has: by records, in clouds, or nobody gets it. */
async function takenOfRange(
  stores: PoolStores,
  pool: Pool,
  { id, span }: RangeRecord,
): Promise<AddressRange[]> {
  const taken: AddressRange[] = forbiddenIn(pool).map(({ cidr }) => cidr);
  for (let after: string | undefined; ;) {
    const { items, nextCursor } = await stores.addresses.list(
      { rangeId: id },
      { size: TAKEN_PAGE, ...(after === undefined ? {} : { after }) },
    );
    taken.push(...items.map(({ cidr }) => cidr));
    if (nextCursor === null) break;
    after = nextCursor;
  }
  const uses = [
    ...(await stores.observed.touching(pool.vrfId, span, MOST_USES)),
    ...(await stores.discovery.unpooledTouching(pool.vrfId, span, MOST_USES)),
  ];
  taken.push(...uses.map(({ cidr }) => cidr));
  return taken;
}

function exhausted(pool: Pool, count: number, range?: RangeRecord): PoolError {
  const room = count === 1 ? 'no free address' : `no room for ${count} addresses`;
  if (range)
    return new PoolError(
      'pool_exhausted',
      `Range ${range.id} (${formatSpan(range.span)}) has ${room}.`,
    );
  return new PoolError(
    'pool_exhausted',
    `Pool ${pool.id} (${formatCidr(pool.cidr)}) has ${room}: ${pool.childUsed} of ${addressCount(pool.cidr)} are ` +
      `taken by pools and address records, and ${forbiddenIn(pool).length} are nobody's.`,
  );
}
