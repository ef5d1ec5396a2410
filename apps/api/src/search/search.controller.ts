import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { formatCidr, parseRange, type AddressRange } from '@cloudpam/cidr';
import type { Pool, PoolFilter } from '@cloudpam/pools';
import type { DiscoveredResource } from '@cloudpam/reconciliation';
import { Requires } from '../http/access-guard';
import { Described, id, integer, list, object, oneOf, QueryOf, recordId, ref, text, type Schema } from '../http/schema';
import { poolView, sortOf } from '../pools/pool-view';
import { accountView } from '../records/record-views';
import { Context, RequestContext } from '../http/request-context';
import type { SeenStores } from '../limits/seen-stores';
import { STORAGE, type Storage } from '../storage';

const TYPES = ['pool', 'account', 'block', 'resource'] as const;
type ResultType = (typeof TYPES)[number];
const QUERY = object({ q: text(500), type: oneOf(TYPES), cidr_contains: text(100), cidr_within: text(100), vrf_id: recordId, limit: integer(1, 100) }, []);
const MATCHES = ['contains', 'equal', 'within', 'external_id', 'name', 'tag'] as const;
export const SEARCH_COMPONENTS: Record<string, Schema> = {
  SearchResult: object({
    type: oneOf(TYPES), id, title: text(), subtitle: text(), cidr: text(), pool: ref('Pool'), account: ref('Account'), match: oneOf(MATCHES),
  }, ['type', 'id', 'title', 'subtitle', 'match']),
  SearchAnswer: object({ query_kind: oneOf(['ip', 'cidr', 'range', 'tag', 'text']), results: list(ref('SearchResult')), total: { type: 'integer' } }),
};

interface Query { q?: string; type?: ResultType; cidr_contains?: string; cidr_within?: string; vrf_id?: number; limit?: number }
interface Found { type: ResultType; id: number; title: string; subtitle: string; match: (typeof MATCHES)[number]; cidr?: string; pool?: unknown; account?: unknown }
const MOST_VRFS = 200;
type Kind = 'ip' | 'cidr' | 'range' | 'tag' | 'text';

/** One box that takes anything pasted: an address, a CIDR, a range, a cloud id, a name, a tag. */
@ApiTags('search')
@Controller('api/v1/search')
export class SearchController {
  constructor(@Inject(STORAGE) private readonly storage: Storage) {}

  @Get() @Requires('pools:read', 'within limits') @Described({ query: QUERY, answer: ref('SearchAnswer') })
  search(@Context() context: RequestContext, @QueryOf(QUERY) query: Query): Promise<unknown> {
    const asked = (query.q ?? '').trim();
    const range = asked === '' ? undefined : rangeOf(asked);
    const kind: Kind = range ? (range.first === range.last && !asked.includes('/') ? 'ip' : asked.includes('/') ? 'cidr' : 'range') : /^[^\s:]+[:=]\S/.test(asked) ? 'tag' : 'text';
    return context.seen(this.storage).read(async (stores) => {
      const found = new Results(query.type, query.limit ?? 20);
      const limits: PoolFilter = {
        vrfId: query.vrf_id, contains: query.cidr_contains === undefined ? undefined : parseRange(query.cidr_contains),
        within: query.cidr_within === undefined ? undefined : parseRange(query.cidr_within),
      };
      if (range) await byRange(stores, found, range, limits);
      else if (asked !== '') await byText(stores, found, asked, limits);
      else if (limits.contains ?? limits.within) found.addPools(await pools(stores, limits, found.limit), limits.contains ? 'contains' : 'within');
      return { query_kind: kind, results: found.results, total: found.results.length };
    });
  }
}

/** Results in order, each pool once. */
class Results {
  readonly results: Found[] = [];
  private readonly met = new Set<string>();

  constructor(private readonly type: ResultType | undefined, readonly limit: number) {}

  add(result: Found): void {
    const key = `${result.type} ${result.id}`;
    const wanted = this.type === undefined || this.type === result.type;
    if (!wanted || this.met.has(key) || this.results.length >= this.limit) return;
    this.met.add(key);
    this.results.push(result);
  }

  /** Resources that a pool stands for are found as that pool. */
  addResources(some: readonly DiscoveredResource[], match: (resource: DiscoveredResource) => Found['match']): void {
    for (const each of some.filter((resource) => resource.poolId === null)) {
      const subtitle = `${each.externalId} · ${each.overlapReason || each.managementReason}`;
      this.add({ type: 'resource', id: each.id, title: each.name, subtitle, match: match(each), cidr: formatCidr(each.cidr) });
    }
  }

  /** A block is a pool that has a parent, as in `GET /blocks`. */
  addPools(some: readonly Pool[], match: Found['match']): void {
    for (const pool of some) {
      const type = this.type === 'block' && pool.parentId !== null ? 'block' : 'pool';
      const facts = [pool.kind, pool.region, pool.externalId].filter(Boolean).join(' · ');
      this.add({ type, id: pool.id, title: pool.name, subtitle: facts, match, cidr: formatCidr(pool.cidr), pool: poolView(pool) });
    }
  }
}

function rangeOf(asked: string): AddressRange | undefined {
  try {
    return parseRange(asked);
  } catch {
    return undefined;
  }
}

async function pools(stores: SeenStores, filter: PoolFilter, size: number): Promise<Pool[]> {
  return (await stores.pools.list(filter, { sort: sortOf(), size })).items;
}

async function byRange(stores: SeenStores, found: Results, range: AddressRange, limits: PoolFilter): Promise<void> {
  const around = await pools(stores, { ...limits, contains: range }, 200);
  const equal = around.filter((pool) => pool.cidr.first === range.first && pool.cidr.last === range.last);
  found.addPools(equal, 'equal');
  // The tightest answers best.
  found.addPools(around.filter((pool) => !equal.includes(pool)).reverse(), 'contains');
  if (range.first !== range.last) found.addPools(await pools(stores, { ...limits, within: range }, found.limit), 'within');
  const vrfIds = limits.vrfId === undefined ? (await stores.vrfs.list(1, MOST_VRFS)).items.map((vrf) => vrf.id) : [limits.vrfId];
  for (const vrfId of vrfIds) found.addResources(await stores.discovery.unpooledTouching(vrfId, range, found.limit), () => 'contains');
}

async function byText(stores: SeenStores, found: Results, asked: string, limits: PoolFilter): Promise<void> {
  found.addPools(await pools(stores, { ...limits, externalId: asked }, found.limit), 'external_id');
  const { items: accounts } = await stores.accounts.list({ text: asked }, 1, found.limit);
  for (const account of accounts) {
    found.add({ type: 'account', id: account.id, title: account.name, subtitle: account.key, match: account.externalId === asked ? 'external_id' : 'name', account: accountView(account) });
  }
  const tag = /^([^\s:=]+)[:=](.*)$/.exec(asked);
  if (tag) found.addPools(await pools(stores, { ...limits, tags: [{ key: tag[1] ?? '', value: tag[2] ?? '' }] }, found.limit), 'tag');
  found.addPools(await pools(stores, { ...limits, text: asked }, found.limit), 'name');
  const { items } = await stores.discovery.resources({ text: asked }, 1, found.limit);
  found.addResources(items, (resource) => (resource.externalId === asked ? 'external_id' : 'name'));
}
