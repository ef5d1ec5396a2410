import { ANY_MOMENT, type Reader } from '@cloudpam/audit';
import type { AddressRange } from '@cloudpam/cidr';
import {
  accountsOf,
  InvalidCursor,
  readTypedText,
  type AddressRecord,
  type Pool,
  type PoolFilter,
  type RangeRecord,
  type TypedText,
  type Vrf,
} from '@cloudpam/pools';
import type { DiscoveredResource } from './inventory';
import type { ReconciliationReadStores } from './reconciliation-stores';
import {
  addressMatch,
  Hits,
  rangeMatch,
  resourceMatch,
  type Hit,
  type SearchResult,
  type SearchType,
} from './search-hits';
import { poolMatches } from './search-pools';

/** What is searched, and where. */
export interface SearchRequest {
  /** Anything that is typed or pasted: see `readTypedText`. */
  readonly text: string;
  /** Only these. */
  readonly type?: SearchType;
  readonly vrfId?: number;
  /** Only pools that contain this. */
  readonly contains?: AddressRange;
  /** Only what lies within this. */
  readonly within?: AddressRange;
  /** Results that earlier answers had. */
  readonly skip: number;
  readonly limit: number;
}

/** The results of a search, best first, and how much more there is. */
export interface SearchAnswer {
  readonly typed: TypedText;
  readonly results: readonly SearchResult[];
  /** All that is meant, also what is not among the results. */
  readonly total: number;
  /** Whether there is more than was counted. */
  readonly isEstimate: boolean;
  readonly hasMore: boolean;
}

/** Totals are counted up to this; one more means "more". */
const COUNTED = 10_000;

type Stores = Pick<
  ReconciliationReadStores,
  'pools' | 'vrfs' | 'accounts' | 'discovery' | 'addresses' | 'ranges'
>;

/** Searches pools, address records, ranges, accounts and discovered resources by anything that is typed or pasted. */
export class Search {
  constructor(private readonly reader: Reader<Stores>) {}

  /** @throws InvalidCursor for a place beyond what can be paged through */
  async find(request: SearchRequest): Promise<SearchAnswer> {
    const end = request.skip + request.limit;
    if (request.skip > COUNTED) throw new InvalidCursor();
    return this.reader.read(async (stores) => {
      const typed = readTypedText(request.text);
      // One more tells whether there are more.
      const run = new SearchRun(stores, typed, request, end + 1);
      const found = await Promise.all([
        run.pools(),
        run.addresses(),
        run.ranges(),
        run.accounts(),
        run.resources(),
      ]);
      const hits = new Hits(end + 1);
      // The very address that was asked for is better than what is around it.
      const [, addresses] = found;
      hits.add(addresses.hits.filter(({ match }) => match === 'equal'));
      for (const each of found) hits.add(each.hits);
      const { all } = hits;
      const total = found.reduce((sum, each) => sum + each.total, 0);
      return {
        typed,
        results: await resultsOf(stores, all.slice(request.skip, end)),
        total: Math.max(total, all.length),
        isEstimate: found.some((each) => each.total > COUNTED),
        hasMore: all.length > end && end <= COUNTED,
      };
    }, ANY_MOMENT);
  }
}

/** What a step has found: the best, and how much there is. */
interface Found {
  readonly hits: readonly Hit[];
  readonly total: number;
}

const NOTHING: Found = { hits: [], total: 0 };

/** The search of one request, in steps. */
class SearchRun {
  private readonly bounds: PoolFilter;
  private readonly isEmpty: boolean;

  constructor(
    private readonly stores: Stores,
    private readonly typed: TypedText,
    private readonly request: SearchRequest,
    private readonly limit: number,
  ) {
    const { type, vrfId, contains, within } = request;
    this.bounds = { vrfId, contains, within, ...(type === 'block' && { nested: true }) };
    this.isEmpty = typed.text === '';
  }

  async addresses(): Promise<Found> {
    const { vrfId, contains, within } = this.request;
    if (!this.isAsked('address') || this.isEmpty || contains) return NOTHING;
    const filter = { typed: this.typed, vrfId, within };
    const { items, total } = await this.stores.addresses.list(filter, { size: this.limit });
    const hits = items.map((one): Hit => ({
      type: 'address',
      match: addressMatch(this.typed, one),
      one,
    }));
    return { hits, total };
  }

  async ranges(): Promise<Found> {
    const { vrfId, contains, within } = this.request;
    if (!this.isAsked('range') || this.isEmpty || contains) return NOTHING;
    const filter = { typed: this.typed, vrfId, within };
    const { items, total } = await this.stores.ranges.list(filter, { size: this.limit });
    const hits = items.map((one): Hit => ({
      type: 'range',
      match: rangeMatch(this.typed, one),
      one,
    }));
    return { hits, total };
  }

  async pools(): Promise<Found> {
    const { type, contains, within } = this.request;
    if (!this.isAsked('pool', 'block') || (this.isEmpty && !contains && !within)) return NOTHING;
    const { matches, total } = await poolMatches(this.stores, this.typed, this.bounds, this.limit);
    const found = type === 'block' ? 'block' : 'pool';
    const hits = matches.flatMap(([match, some]) =>
      some.map((one): Hit => ({ type: found, match, one })),
    );
    return { hits, total };
  }

  async accounts(): Promise<Found> {
    const { vrfId, contains, within } = this.request;
    const isPlaced = vrfId !== undefined || contains !== undefined || within !== undefined;
    if (!this.isAsked('account') || this.isEmpty || isPlaced) return NOTHING;
    const text = this.typed.cloudId ?? this.typed.text;
    const { items, total } = await this.stores.accounts.list({ text }, 1, this.limit);
    const hits = items.map((one): Hit => ({
      type: 'account',
      match: one.externalId === text ? 'external_id' : 'name',
      one,
    }));
    return { hits, total };
  }

  /** Resources that a pool stands for are found as that pool. */
  async resources(): Promise<Found> {
    const { vrfId, contains, within } = this.request;
    if (!this.isAsked('resource') || this.isEmpty || contains) return NOTHING;
    const filter = { typed: this.typed, unpooled: true, vrfId, within };
    const { items, total } = await this.stores.discovery.resources(filter, 1, this.limit);
    const hits = items.map((one): Hit => ({
      type: 'resource',
      match: resourceMatch(this.typed, one),
      one,
    }));
    return { hits, total };
  }

  private isAsked(...types: readonly SearchType[]): boolean {
    return this.request.type === undefined || types.includes(this.request.type);
  }
}

/** Results with the VRFs and accounts in which they lie. */
async function resultsOf(stores: Stores, hits: readonly Hit[]): Promise<SearchResult[]> {
  const places = hits.flatMap(({ one }) => ('vrfId' in one ? [one] : []));
  const [vrfs, accounts] = await Promise.all([
    vrfsOf(stores, [...new Set(places.map(({ vrfId }) => vrfId))]),
    accountsOf(stores, places),
  ]);
  const placeOf = ({
    vrfId,
    accountId,
  }: Pool | DiscoveredResource | AddressRecord | RangeRecord) => ({
    vrf: vrfs.get(vrfId),
    account: accountId === null ? undefined : accounts.get(accountId),
  });
  return hits.map(({ type, match, one }): SearchResult => {
    if (!('vrfId' in one)) return { type: 'account', match, account: one };
    if ('dnsName' in one) return { type: 'address', match, address: one, ...placeOf(one) };
    if ('span' in one) return { type: 'range', match, range: one, ...placeOf(one) };
    if ('overlap' in one) return { type: 'resource', match, resource: one, ...placeOf(one) };
    return { type: type === 'block' ? 'block' : 'pool', match, pool: one, ...placeOf(one) };
  });
}

async function vrfsOf({ vrfs }: Stores, ids: readonly number[]): Promise<Map<number, Vrf>> {
  const { items } = ids.length === 0 ? { items: [] } : await vrfs.list({ ids }, 1, ids.length + 1);
  return new Map(items.map((vrf) => [vrf.id, vrf]));
}
