import type { TextQuery } from '../../api/query';

/** Filters of the pool list, as they stand in the URL. */
export interface PoolFilters {
  readonly vrf: string;
  readonly kind: string;
  readonly status: string;
  readonly source: string;
  readonly sync: string;
  readonly account: string;
  readonly region: string;
  readonly vlan: string;
  readonly tags: readonly string[];
  readonly q: string;
  readonly sort: string;
}

/** Takes every filter out of the URL. */
export const NO_FILTERS = {
  kind: null,
  status: null,
  source: null,
  sync: null,
  account: null,
  region: null,
  vlan: null,
  tag: null,
  q: null,
} as const;

interface Params {
  text(name: string): string;
  texts(name: string): readonly string[];
}

/** Reads the filters from the query parameters. */
export function poolFilters(params: Params): PoolFilters {
  return {
    vrf: params.text('vrf'),
    kind: params.text('kind'),
    status: params.text('status'),
    source: params.text('source'),
    sync: params.text('sync'),
    account: params.text('account'),
    region: params.text('region'),
    vlan: params.text('vlan'),
    tags: params.texts('tag'),
    q: params.text('q'),
    sort: params.text('sort') || 'cidr',
  };
}

/**
 * True when the pools are shown as one flat list: something is filtered, or the order isn't by
 * address.
 */
export function isFlat(filters: PoolFilters): boolean {
  return filters.sort !== 'cidr' || filterCount(filters) > 0;
}

/** How many filters are set; the VRF and the sort are none. */
export function filterCount({
  kind,
  status,
  source,
  sync,
  account,
  region,
  vlan,
  tags,
  q,
}: PoolFilters): number {
  return (
    [kind, status, source, sync, account, region, vlan, q].filter((value) => value !== '').length +
    tags.length
  );
}

/** The query of `GET /pools` for the top of the tree, or for the flat list. */
export function poolQuery(filters: PoolFilters): TextQuery<'listPools'> {
  if (!isFlat(filters)) return { vrf_id: filters.vrf, parent_id: 'null', sort: 'cidr' };
  return {
    vrf_id: filters.vrf,
    kind: filters.kind,
    status: filters.status,
    source: filters.source,
    sync_status: filters.sync,
    account_id: filters.account,
    region: filters.region,
    vlan_id: filters.vlan,
    tag: filters.tags,
    q: filters.q,
    sort: filters.sort,
  };
}
