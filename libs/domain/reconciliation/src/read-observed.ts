import type { Reader } from '@cloudpam/audit';
import { addressCount, contains, formatCidr, type AddressRange } from '@cloudpam/cidr';
import {
  forbiddenIn,
  hasUnlistedHosts,
  hostUsageOf,
  poolNotFound,
  type AddressPage,
  type AddressRecord,
  type HostUsage,
  type InterfaceCoverage,
  type Pool,
  type PoolReadStores,
} from '@cloudpam/pools';
import type { ObservedAddress, ObservedFilter, ObservedList } from './observed-address';
import type { ReconciliationReadStores } from './reconciliation-stores';

type Stores = Pick<ReconciliationReadStores, 'observed' | 'discovery'> &
  Pick<PoolReadStores, 'pools' | 'addresses'>;

/** How the addresses of a pool are used by hosts, in addresses. */
export interface PoolHosts {
  /** All of its addresses. */
  readonly size: bigint;
  /** Those that nobody gets. */
  readonly forbidden: bigint;
  /** Different ones that clouds have given to something. */
  readonly observed: bigint;
  /** Those with an address record; 10,001 means more. */
  readonly recorded: number;
  /** Those that can be given out: nobody has them, and nothing is held. */
  readonly free: bigint;
  /** How far the interfaces of its subnet were listed the last time; `off` also where it is no subnet of a cloud. */
  readonly coverage: InterfaceCoverage;
  /** When they were last listed completely; null: never. */
  readonly observedAt: Date | null;
  /** Whether hosts may have more of them: an address is then given out only to who accepts that. */
  readonly hasUnlisted: boolean;
  /** What the cloud itself counts; null where it does not. */
  readonly counted: HostUsage | null;
}

/** Free blocks that are read at once. */
const BLOCKS = 5_000;

/** Queries of the addresses that clouds have given to something. */
export class ReadObserved {
  constructor(private readonly reader: Reader<Stores>) {}

  /**
   * A page of those in a pool, those in pools below it and those that are gone and still held among them.
   * @throws PoolError `pool_not_found`; InvalidCursor
   */
  ofPool(
    poolId: number,
    { name, within }: Pick<ObservedFilter, 'name'> & { readonly within?: AddressRange },
    page: AddressPage,
  ): Promise<ObservedList> {
    return this.reader.read(async (stores) => {
      const { vrfId, cidr } = await existing(stores, poolId);
      return stores.observed.list({ name, vrfId, within: common(cidr, within) }, page);
    });
  }

  /** What has the addresses of records in a cloud now, by the id of the record. */
  async ofRecords(
    records: readonly Pick<AddressRecord, 'id' | 'vrfId' | 'cidr'>[],
  ): Promise<Map<number, ObservedAddress>> {
    if (records.length === 0) return new Map();
    const found = await this.reader.read((stores) => stores.observed.equalTo(records));
    const byPlace = new Map(found.map((each) => [placeOf(each), each]));
    return new Map(
      records.flatMap((record) => {
        const use = byPlace.get(placeOf(record));
        return use ? [[record.id, use] as const] : [];
      }),
    );
  }

  /** How the addresses of a pool are used. @throws PoolError `pool_not_found` */
  hostUsage(poolId: number): Promise<PoolHosts> {
    return this.reader.read(async (stores) => {
      const pool = await existing(stores, poolId);
      const within = { vrfId: pool.vrfId, within: pool.cidr };
      const count = (await stores.discovery.hostCounts([poolId])).get(poolId);
      return {
        size: addressCount(pool.cidr),
        forbidden: BigInt(forbiddenIn(pool).length),
        observed: await stores.observed.count(pool.vrfId, pool.cidr),
        recorded: (await stores.addresses.list(within, { size: 1 })).total,
        free: await freeIn(stores, pool),
        coverage: count?.interfaces ?? 'off',
        observedAt: count?.interfacesAt ?? null,
        hasUnlisted: await hasUnlistedHosts(stores, pool),
        counted: count ? hostUsageOf(pool, count) : null,
      };
    });
  }
}

/** What two ranges have in common, the second left out where it is not there; nothing is an empty range. */
function common(one: AddressRange, other: AddressRange = one): AddressRange {
  const { family } = one;
  const first = one.first > other.first ? one.first : other.first;
  const last = one.last < other.last ? one.last : other.last;
  return other.family === family ? { family, first, last } : { family, first: 1n, last: 0n };
}

/** Addresses that are in a free block and that somebody may get. */
async function freeIn({ pools }: Stores, pool: Pool): Promise<bigint> {
  const forbidden = forbiddenIn(pool);
  let free = 0n;
  for (let after: bigint | undefined; ;) {
    const blocks = await pools.freeBlocks(pool.id, {
      order: 'address',
      limit: BLOCKS,
      ...(after === undefined ? {} : { after }),
    });
    for (const block of blocks) {
      const nobodys = forbidden.filter(({ cidr }) => contains(block, cidr)).length;
      free += addressCount(block) - BigInt(nobodys);
    }
    const last = blocks.at(-1);
    if (!last || blocks.length < BLOCKS) return free;
    after = last.first;
  }
}

function placeOf({ vrfId, cidr }: Pick<ObservedAddress, 'vrfId' | 'cidr'>): string {
  return `${vrfId} ${formatCidr(cidr)}`;
}

async function existing({ pools }: Stores, id: number): Promise<Pool> {
  const pool = await pools.get(id);
  if (!pool) throw poolNotFound(id);
  return pool;
}
