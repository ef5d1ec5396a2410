import type { AddressRange } from '@cloudpam/cidr';
import type { Pool, PoolFilter, PoolList, PoolSort, TypedText } from '@cloudpam/pools';
import type { ReconciliationReadStores } from './reconciliation-stores';
import type { SearchMatch } from './search-hits';

const BY_ADDRESS: readonly PoolSort[] = [{ field: 'cidr', descending: false }];
/** Around a place there are few pools: one for each prefix length. */
const MOST_AROUND = 200;

type Stores = Pick<ReconciliationReadStores, 'pools'>;

/** The first pools that fit a filter, by address, and how many fit. */
export function poolsThatFit(
  { pools }: Stores,
  filter: PoolFilter,
  size: number,
): Promise<PoolList> {
  return pools.list(filter, { sort: BY_ADDRESS, size });
}

/**
 * The pools that are meant, by how they match: an address and what is around it first, then ids,
 * tags, names.
 * @param bounds where they are looked for
 */
export async function poolMatches(
  stores: Stores,
  typed: TypedText,
  bounds: PoolFilter,
  limit: number,
): Promise<[SearchMatch, Pool[]][]> {
  const { text, range, tags } = typed;
  const pools = async (more: PoolFilter): Promise<Pool[]> =>
    (await poolsThatFit(stores, { ...bounds, ...more }, limit)).items;
  if (text === '') return [[bounds.contains ? 'contains' : 'within', await pools({})]];
  const found = range ? await around(stores, range, bounds, limit) : [];
  found.push(['external_id', await pools({ externalId: typed.cloudId ?? text })]);
  if (tags.length > 0) found.push(['tag', await pools({ tags: [tags] })]);
  found.push(['name', await pools({ typed })]);
  return found;
}

/** The pools at a place: those of its very addresses, those around it, those in it. */
async function around(
  stores: Stores,
  range: AddressRange,
  bounds: PoolFilter,
  limit: number,
): Promise<[SearchMatch, Pool[]][]> {
  const outer = bounds.contains
    ? []
    : (await poolsThatFit(stores, { ...bounds, contains: range }, MOST_AROUND)).items;
  const isEqual = ({ cidr }: Pool): boolean =>
    cidr.first === range.first && cidr.last === range.last;
  const found: [SearchMatch, Pool[]][] = [
    ['equal', outer.filter(isEqual)],
    // The tightest answers best.
    ['contains', outer.filter((pool) => !isEqual(pool)).reverse()],
  ];
  if (range.first !== range.last && !bounds.within)
    found.push(['within', (await poolsThatFit(stores, { ...bounds, within: range }, limit)).items]);
  return found;
}
