import { contains, type AddressRange } from '@cloudpam/cidr';
import type { Pool, PoolFilter, PoolList, PoolSort, TypedText } from '@cloudpam/pools';
import type { ReconciliationReadStores } from './reconciliation-stores';
import type { SearchMatch } from './search-hits';

const BY_ADDRESS: readonly PoolSort[] = [{ field: 'cidr', descending: false }];
/** Around a place there are few pools: one for each prefix length. */
const MOST_AROUND = 200;

type Stores = Pick<ReconciliationReadStores, 'pools'>;

type Match = readonly [SearchMatch, readonly Pool[]];
/** What a better match asks of a pool. */
type Wish = Pick<PoolFilter, 'contains' | 'within' | 'externalId' | 'tags'>;
/** Gives the pools within the bounds that fit. */
type Picker = (wish: Wish, most?: number) => Promise<Pool[]>;

/** The pools that are meant, by how they match, best first; a pool may come more than once. */
export interface PoolMatches {
  readonly matches: readonly Match[];
  /** All that are meant. */
  readonly total: number;
}

/** The first pools that fit a filter, by address, and how many fit. */
function poolsThatFit({ pools }: Stores, filter: PoolFilter, size: number): Promise<PoolList> {
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
): Promise<PoolMatches> {
  const { text, range } = typed;
  const atAddress =
    range && range.first === range.last && !bounds.contains
      ? await matchesAtAddress(stores, typed, range, bounds, limit)
      : undefined;
  if (atAddress) return atAddress;
  const isEmpty = text === '';
  const filter = isEmpty ? bounds : { ...bounds, typed };
  const { items, total, nextCursor } = await poolsThatFit(stores, filter, limit);
  const isWhole = nextCursor === null;
  const rest: Match = [isEmpty ? (bounds.contains ? 'contains' : 'within') : 'name', items];
  if (isEmpty) return { matches: [rest], total };
  // What matches better is meant too: where all that is meant is at hand, it is among that.
  const pick: Picker = isWhole
    ? picking(items)
    : async (wish, most = limit) =>
        (await poolsThatFit(stores, { ...bounds, ...wish }, most)).items;
  const better = await Promise.all([
    range ? around(pick, range, bounds) : [],
    ...known(pick, typed),
  ]);
  return { matches: [...better.flat(), rest], total };
}

/**
 * The same for a single address: all around it, and the few others that it names. Undefined when there are more of
 * either than are looked at.
 */
async function matchesAtAddress(
  stores: Stores,
  typed: TypedText,
  range: AddressRange,
  bounds: PoolFilter,
  limit: number,
): Promise<PoolMatches | undefined> {
  const { range: _, ...named } = typed;
  const [outer, others] = await Promise.all([
    poolsThatFit(stores, { ...bounds, contains: range }, MOST_AROUND),
    poolsThatFit(stores, { ...bounds, typed: named }, limit),
  ]);
  if (outer.nextCursor !== null || others.nextCursor !== null) return undefined;
  const better = await Promise.all([
    around(picking(outer.items), range, bounds),
    ...known(picking(others.items), typed),
  ]);
  const apart = others.items.filter(({ cidr }) => !contains(cidr, range));
  return {
    matches: [...better.flat(), ['name', others.items]],
    total: outer.total + apart.length,
  };
}

/** Picks among pools that are at hand. */
function picking(pools: readonly Pool[]): Picker {
  return async (wish, most) => pools.filter((pool) => fits(pool, wish)).slice(0, most);
}

/** The pools of the very id of a cloud, and with the tag. */
function known(pick: Picker, { text, cloudId, tags }: TypedText): Promise<Match[]>[] {
  return [
    matching('external_id', pick({ externalId: cloudId ?? text })),
    ...(tags.length > 0 ? [matching('tag', pick({ tags: [tags] }))] : []),
  ];
}

/** The pools at a place: those of its very addresses, those around it, those in it. */
async function around(pick: Picker, range: AddressRange, bounds: PoolFilter): Promise<Match[]> {
  const isBlock = range.first !== range.last && !bounds.within;
  const isEqual = ({ cidr }: Pool): boolean =>
    cidr.first === range.first && cidr.last === range.last;
  const [outer, equal, inner] = await Promise.all([
    bounds.contains ? [] : pick({ contains: range }, MOST_AROUND),
    // Of very many around them they may be the last.
    bounds.contains || bounds.within ? [] : pick({ contains: range, within: range }),
    isBlock ? matching('within', pick({ within: range })) : [],
  ]);
  return [
    ['equal', [...equal, ...outer.filter(isEqual)]],
    // The tightest answers best.
    ['contains', outer.filter((pool) => !isEqual(pool)).reverse()],
    ...inner,
  ];
}

async function matching(match: SearchMatch, pools: Promise<Pool[]>): Promise<Match[]> {
  return [[match, await pools]];
}

/** Whether a pool is what a filter of these fields asks for. */
function fits({ cidr, externalId, tags }: Pool, wish: Wish): boolean {
  return (
    (!wish.contains || contains(cidr, wish.contains)) &&
    (!wish.within || contains(wish.within, cidr)) &&
    (wish.externalId === undefined || externalId === wish.externalId) &&
    (wish.tags ?? []).every((readings) =>
      readings.some(({ key, value }) => Object.hasOwn(tags, key) && tags[key] === value),
    )
  );
}
