import { formatCidr, type AddressRange } from '@cloudpam/cidr';
import {
  InvalidCursor,
  readTypedText,
  type Account,
  type Pool,
  type PoolFilter,
  type TypedText,
} from '@cloudpam/pools';
import type { DiscoveredResource } from '@cloudpam/reconciliation';
import type { VisibleStores } from '../limits/visible-stores';
import { PoolDto } from '../pools/dto/pool.dto';
import { sortOf } from '../pools/pool-filter';
import { AccountDto } from '../records/dto/account.dto';
import type { Match, ResultType, SearchResultDto } from './dto/search.dto';

/** What is asked, and where it is looked for. */
export interface Asked {
  readonly q: string;
  readonly type?: ResultType;
  readonly vrfId?: number;
  readonly contains?: AddressRange;
  readonly within?: AddressRange;
  /** Results that earlier answers had. */
  readonly skip: number;
  readonly limit: number;
}

/** The results of a search, and how much more there is. */
interface Found {
  readonly typed: TypedText;
  readonly results: SearchResultDto[];
  readonly total: number;
  readonly estimate: boolean;
  readonly hasMore: boolean;
}

interface Hit {
  readonly type: ResultType;
  readonly match: Match;
  readonly one: Pool | Account | DiscoveredResource;
}

/** Totals are counted up to this; one more means "more". */
const COUNTED = 10_000;

/**
 * Searches pools, accounts and resources, best first, and counts all that is meant, also what is
 * not among the results.
 */
export async function search(stores: VisibleStores, request: Asked): Promise<Found> {
  const end = request.skip + request.limit;
  if (request.skip > COUNTED) throw new InvalidCursor();
  // One more tells whether there are more.
  const asked = { ...request, limit: end + 1 };
  const typed = readTypedText(asked.q);
  const empty = typed.text === '';
  const bounds: PoolFilter = { vrfId: asked.vrfId, contains: asked.contains, within: asked.within };
  if (empty && !asked.contains && !asked.within)
    return { typed, results: [], total: 0, estimate: false, hasMore: false };
  const hits = new Hits(asked.limit);
  const filter = empty ? bounds : { ...bounds, typed };
  const counts: number[] = [];
  if (asked.type === undefined || asked.type === 'pool' || asked.type === 'block') {
    const poolsOnly = (some: readonly Pool[], match: Match): void =>
      hits.add(
        asked.type === 'block' ? 'block' : 'pool',
        asked.type === 'block' ? some.filter((pool) => pool.parentId !== null) : some,
        match,
      );
    for (const [match, some] of await poolMatches(stores, typed, bounds, asked))
      poolsOnly(some, match);
    const roots = asked.type === 'block' ? await count(stores, { ...filter, parentId: null }) : 0;
    counts.push((await count(stores, filter)) - roots);
  }
  if (
    !empty &&
    (asked.type === undefined || asked.type === 'account') &&
    bounds.vrfId === undefined &&
    !asked.contains &&
    !asked.within
  ) {
    const { items, total } = await stores.accounts.list(
      { text: typed.cloudId ?? typed.text },
      1,
      asked.limit,
    );
    hits.add('account', items, (account) =>
      account.externalId === (typed.cloudId ?? typed.text) ? 'external_id' : 'name',
    );
    counts.push(total);
  }
  // Resources that a pool stands for are found as that pool.
  if (!empty && (asked.type === undefined || asked.type === 'resource') && !asked.contains) {
    const { items, total } = await stores.discovery.resources(
      { typed, unpooled: true, vrfId: asked.vrfId, within: asked.within },
      1,
      asked.limit,
    );
    hits.add('resource', items, (resource) => matchOf(typed, resource));
    counts.push(total);
  }
  const total = counts.reduce((sum, each) => sum + each, 0);
  return {
    typed,
    results: await resultsOf(stores, hits.all.slice(request.skip, end)),
    total: Math.max(total, hits.all.length),
    estimate: counts.some((each) => each > COUNTED),
    hasMore: hits.all.length > end && end <= COUNTED,
  };
}

/** Results in order, each thing once, as many as asked. */
class Hits {
  readonly all: Hit[] = [];
  private readonly met = new Set<string>();

  constructor(private readonly limit: number) {}

  add<T extends Hit['one']>(
    type: ResultType,
    some: readonly T[],
    match: Match | ((one: T) => Match),
  ): void {
    for (const one of some) {
      const key = `${type} ${one.id}`;
      if (this.met.has(key) || this.all.length >= this.limit) continue;
      this.met.add(key);
      this.all.push({ type, one, match: typeof match === 'string' ? match : match(one) });
    }
  }
}

async function pools(stores: VisibleStores, filter: PoolFilter, size: number): Promise<Pool[]> {
  return (await stores.pools.list(filter, { sort: sortOf(), size })).items;
}

async function count(stores: VisibleStores, filter: PoolFilter): Promise<number> {
  return (await stores.pools.list(filter, { sort: sortOf(), size: 1 })).total;
}

/** Around a place there are few pools: one for each prefix length. */
const MOST_AROUND = 200;

/**
 * The pools that are meant, by how they match: an address and what is around it first, then ids,
 * tags, names.
 */
async function poolMatches(
  stores: VisibleStores,
  typed: TypedText,
  bounds: PoolFilter,
  { contains, limit }: Asked,
): Promise<[Match, Pool[]][]> {
  const { text, range } = typed;
  if (text === '') return [[contains ? 'contains' : 'within', await pools(stores, bounds, limit)]];
  const found: [Match, Pool[]][] = [];
  if (range) {
    const around = bounds.contains
      ? []
      : await pools(stores, { ...bounds, contains: range }, MOST_AROUND);
    const equal = around.filter(
      ({ cidr }) => cidr.first === range.first && cidr.last === range.last,
    );
    // The tightest answers best.
    found.push(
      ['equal', equal],
      ['contains', around.filter((pool) => !equal.includes(pool)).reverse()],
    );
    if (range.first !== range.last && !bounds.within)
      found.push(['within', await pools(stores, { ...bounds, within: range }, limit)]);
  }
  found.push([
    'external_id',
    await pools(stores, { ...bounds, externalId: typed.cloudId ?? text }, limit),
  ]);
  if (typed.tags.length > 0)
    found.push(['tag', await pools(stores, { ...bounds, tags: [typed.tags] }, limit)]);
  found.push(['name', await pools(stores, { ...bounds, typed }, limit)]);
  return found;
}

function matchOf(
  { text, cloudId, range }: TypedText,
  { externalId, cidr, name }: DiscoveredResource,
): Match {
  if (externalId === (cloudId ?? text)) return 'external_id';
  if (!range)
    return `${name} ${externalId}`.toLowerCase().includes(text.toLowerCase()) ? 'name' : 'tag';
  return cidr.first === range.first && cidr.last === range.last
    ? 'equal'
    : range.first <= cidr.first && cidr.last <= range.last
      ? 'within'
      : 'contains';
}

/** Results with the names of their VRFs and accounts. */
async function resultsOf(stores: VisibleStores, hits: readonly Hit[]): Promise<SearchResultDto[]> {
  const vrfs = new Map<number, string>();
  const places = hits.flatMap(({ one }) => ('vrfId' in one ? [one] : []));
  for (const id of new Set(places.map((one) => one.vrfId))) {
    const vrf = await stores.vrfs.get(id);
    if (vrf) vrfs.set(id, vrf.name);
  }
  const accounts = new Map(
    (await stores.accounts.getMany([...new Set(places.flatMap((one) => one.accountId ?? []))])).map(
      (account) => [account.id, account],
    ),
  );
  return hits.map(({ type, one, match }) => {
    if (!('vrfId' in one))
      return {
        type,
        id: one.id,
        title: one.name,
        subtitle: one.key,
        match,
        account_id: one.id,
        account_key: one.key,
        account: AccountDto.of(one),
      };
    const account = one.accountId === null ? undefined : accounts.get(one.accountId);
    const vrfName = vrfs.get(one.vrfId);
    const place = {
      vrf_id: one.vrfId,
      ...(vrfName !== undefined && { vrf_name: vrfName }),
      ...(account && { account_id: account.id, account_key: account.key }),
    };
    const shown = {
      type,
      id: one.id,
      title: one.name,
      match,
      cidr: formatCidr(one.cidr),
      ...place,
    };
    return 'overlap' in one
      ? { ...shown, subtitle: `${one.externalId} · ${one.overlapReason || one.managementReason}` }
      : {
          ...shown,
          subtitle: [one.kind, one.region, one.externalId].filter(Boolean).join(' · '),
          pool: PoolDto.of(one),
        };
  });
}
