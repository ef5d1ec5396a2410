import type { Account, AddressRecord, Pool, RangeRecord, TypedText, Vrf } from '@cloudpam/pools';
import type { DiscoveredResource } from './inventory';

/** What a search can find; a block is a pool that lies in another. */
export const SEARCH_TYPES = ['pool', 'account', 'block', 'resource', 'address', 'range'] as const;
/** One of `SEARCH_TYPES`. */
export type SearchType = (typeof SEARCH_TYPES)[number];
/** Why something was found; `contains`: it contains what was asked for. */
export const SEARCH_MATCHES = [
  'contains',
  'equal',
  'within',
  'external_id',
  'name',
  'tag',
] as const;
/** One of `SEARCH_MATCHES`. */
export type SearchMatch = (typeof SEARCH_MATCHES)[number];

/** Where something lies, as far as the caller may know. */
export interface SearchPlace {
  readonly vrf: Vrf | undefined;
  readonly account: Account | undefined;
}

/** One thing that was found, and why. */
export type SearchResult = { readonly match: SearchMatch } & (
  | { readonly type: 'account'; readonly account: Account }
  | ({ readonly type: 'pool' | 'block'; readonly pool: Pool } & SearchPlace)
  | ({ readonly type: 'resource'; readonly resource: DiscoveredResource } & SearchPlace)
  | ({ readonly type: 'address'; readonly address: AddressRecord } & SearchPlace)
  | ({ readonly type: 'range'; readonly range: RangeRecord } & SearchPlace)
);

/** A result that nothing else was looked up for yet. */
export interface Hit {
  readonly type: SearchType;
  readonly match: SearchMatch;
  readonly one: Pool | Account | DiscoveredResource | AddressRecord | RangeRecord;
}

/** Hits in order, each thing once, as many as asked. */
export class Hits {
  readonly all: Hit[] = [];
  private readonly met = new Set<string>();

  constructor(private readonly limit: number) {}

  add(some: readonly Hit[]): void {
    for (const hit of some) {
      const key = `${hit.type} ${hit.one.id}`;
      if (this.met.has(key) || this.all.length >= this.limit) continue;
      this.met.add(key);
      this.all.push(hit);
    }
  }
}

/** Why a resource is meant by what was typed. */
export function resourceMatch(
  { text, cloudId, range }: TypedText,
  { externalId, cidr, name }: DiscoveredResource,
): SearchMatch {
  if (externalId === (cloudId ?? text)) return 'external_id';
  if (!range)
    return `${name} ${externalId}`.toLowerCase().includes(text.toLowerCase()) ? 'name' : 'tag';
  if (cidr.first === range.first && cidr.last === range.last) return 'equal';
  return range.first <= cidr.first && cidr.last <= range.last ? 'within' : 'contains';
}

/** Why an address record is meant by what was typed. */
export function addressMatch(
  { text, range }: TypedText,
  { cidr, name, dnsName }: AddressRecord,
): SearchMatch {
  if (range && range.first <= cidr.first && cidr.last <= range.last)
    return range.first === range.last ? 'equal' : 'within';
  return `${name} ${dnsName ?? ''}`.toLowerCase().includes(text.toLowerCase()) ? 'name' : 'tag';
}

/** Why a range is meant by what was typed. */
export function rangeMatch({ text, range }: TypedText, { span, name }: RangeRecord): SearchMatch {
  if (!range || range.family !== span.family || range.last < span.first || span.last < range.first)
    return name.toLowerCase().includes(text.toLowerCase()) ? 'name' : 'tag';
  if (range.first === span.first && range.last === span.last) return 'equal';
  return range.first <= span.first && span.last <= range.last ? 'within' : 'contains';
}
