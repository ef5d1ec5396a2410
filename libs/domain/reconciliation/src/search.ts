import type { Reader } from '@cloudpam/audit';
import type { AddressRange } from '@cloudpam/cidr';
import {
  accountsOf,
  InvalidCursor,
  readTypedText,
  type Pool,
  type PoolFilter,
  type TypedText,
  type Vrf,
} from '@cloudpam/pools';
import type { DiscoveredResource } from './inventory';
import type { ReconciliationReadStores } from './reconciliation-stores';
import { Hits, resourceMatch, type Hit, type SearchResult, type SearchType } from './search-hits';
import { poolMatches, poolsThatFit } from './search-pools';

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

type Stores = Pick<ReconciliationReadStores, 'pools' | 'vrfs' | 'accounts' | 'discovery'>;

/** Searches pools, accounts and discovered resources by anything that is typed or pasted. */
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
      const counts = [await run.pools(), await run.accounts(), await run.resources()];
      const { all } = run.hits;
      const total = counts.reduce((sum, each) => sum + each, 0);
      return {
        typed,
        results: await resultsOf(stores, all.slice(request.skip, end)),
        total: Math.max(total, all.length),
        isEstimate: counts.some((each) => each > COUNTED),
        hasMore: all.length > end && end <= COUNTED,
      };
    });
  }
}

/** The search of one request. Each step adds what it found, and gives how much there is. */
class SearchRun {
  readonly hits: Hits;
  private readonly bounds: PoolFilter;
  private readonly isEmpty: boolean;

  constructor(
    private readonly stores: Stores,
    private readonly typed: TypedText,
    private readonly request: SearchRequest,
    private readonly limit: number,
  ) {
    const { vrfId, contains, within } = request;
    this.hits = new Hits(limit);
    this.bounds = { vrfId, contains, within };
    this.isEmpty = typed.text === '';
  }

  async pools(): Promise<number> {
    const { type, contains, within } = this.request;
    if (!this.isAsked('pool', 'block') || (this.isEmpty && !contains && !within)) return 0;
    const isBlocks = type === 'block';
    const filter = this.isEmpty ? this.bounds : { ...this.bounds, typed: this.typed };
    for (const [match, some] of await poolMatches(
      this.stores,
      this.typed,
      this.bounds,
      this.limit,
    )) {
      const wanted = isBlocks ? some.filter(({ parentId }) => parentId !== null) : some;
      this.hits.add(isBlocks ? 'block' : 'pool', wanted, () => match);
    }
    const roots = isBlocks ? await this.count({ ...filter, parentId: null }) : 0;
    return (await this.count(filter)) - roots;
  }

  async accounts(): Promise<number> {
    const { vrfId, contains, within } = this.request;
    const isPlaced = vrfId !== undefined || contains !== undefined || within !== undefined;
    if (!this.isAsked('account') || this.isEmpty || isPlaced) return 0;
    const text = this.typed.cloudId ?? this.typed.text;
    const { items, total } = await this.stores.accounts.list({ text }, 1, this.limit);
    this.hits.add('account', items, ({ externalId }) =>
      externalId === text ? 'external_id' : 'name',
    );
    return total;
  }

  /** Resources that a pool stands for are found as that pool. */
  async resources(): Promise<number> {
    const { vrfId, contains, within } = this.request;
    if (!this.isAsked('resource') || this.isEmpty || contains) return 0;
    const filter = { typed: this.typed, unpooled: true, vrfId, within };
    const { items, total } = await this.stores.discovery.resources(filter, 1, this.limit);
    this.hits.add('resource', items, (resource) => resourceMatch(this.typed, resource));
    return total;
  }

  private isAsked(...types: readonly SearchType[]): boolean {
    return this.request.type === undefined || types.includes(this.request.type);
  }

  private async count(filter: PoolFilter): Promise<number> {
    return (await poolsThatFit(this.stores, filter, 1)).total;
  }
}

/** Results with the VRFs and accounts in which they lie. */
async function resultsOf(stores: Stores, hits: readonly Hit[]): Promise<SearchResult[]> {
  const places = hits.flatMap(({ one }) => ('vrfId' in one ? [one] : []));
  const vrfs = new Map<number, Vrf>();
  for (const id of new Set(places.map(({ vrfId }) => vrfId))) {
    const vrf = await stores.vrfs.get(id);
    if (vrf) vrfs.set(id, vrf);
  }
  const accounts = await accountsOf(stores, places);
  const placeOf = ({ vrfId, accountId }: Pool | DiscoveredResource) => ({
    vrf: vrfs.get(vrfId),
    account: accountId === null ? undefined : accounts.get(accountId),
  });
  return hits.map(({ type, match, one }): SearchResult => {
    if (!('vrfId' in one)) return { type: 'account', match, account: one };
    if ('overlap' in one) return { type: 'resource', match, resource: one, ...placeOf(one) };
    return { type: type === 'block' ? 'block' : 'pool', match, pool: one, ...placeOf(one) };
  });
}
